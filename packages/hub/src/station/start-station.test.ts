/** A station in web mode over real sockets: its page, its one browser, and what it does without the hub. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createNodePlatform } from '@aufruf/engine/platform/node-platform';
import { BRIDGE_VERSION } from '@aufruf/shared/bridge/bridge';
import { BRIDGE_NAMESPACES } from '@aufruf/shared/bridge/wire';
import { io, type Socket } from 'socket.io-client';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createMemoryAir } from '../discovery/test/memory-discovery.ts';
import { type RunningHub, startHub } from '../main.ts';
import { freePort } from '../test/free-port.ts';
import { tinyLocation } from '../test/tiny-location.ts';
import { type RunningStation, type StartStationOptions, startStation } from './start-station.ts';

const quiet = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
const platform = createNodePlatform({ log: quiet });
const PATIENCE = { timeout: 20_000 };

describe('startStation', { timeout: 60_000 }, () => {
  let folder: string;
  let port: number;
  let hub: RunningHub | null;
  let stations: RunningStation[];
  let sockets: Socket[];
  let commands: number;
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'aufruf-station-'));
    writeFileSync(join(folder, 'tiny.json'), JSON.stringify(tinyLocation));
    writeFileSync(join(folder, 'index.html'), '<p>kiosk</p>');
    port = await freePort();
    stations = [];
    sockets = [];
    commands = 0;
    hub = await runHub();
  });
  afterEach(async () => {
    for (const socket of sockets) socket.close();
    for (const station of stations) await station.close();
    await hub?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  async function runHub(): Promise<RunningHub> {
    const started = await startHub({
      locationFile: join(folder, 'tiny.json'),
      dataFolder: join(folder, 'hub'),
      renderers: { kiosk: folder, display: folder, counter: folder },
      port,
      platform,
    });
    if (!started.ok) throw new Error(started.refusal.lines.join('\n'));
    return started.value;
  }
  const start = (wish: Partial<StartStationOptions> = {}) =>
    startStation({
      caller: { role: 'kiosk', kioskId: 'kiosk-1' as never },
      hubUrl: `http://127.0.0.1:${port}`,
      dataFolder: join(folder, 'station'),
      renderers: { kiosk: folder, display: folder, counter: folder },
      host: '127.0.0.1',
      port: 0,
      discovery: createMemoryAir().discovery(),
      platform,
      ...wish,
    });
  async function started(wish: Partial<StartStationOptions> = {}): Promise<RunningStation> {
    const result = await start(wish);
    if (!result.ok) throw new Error(result.refusal.lines.join('\n'));
    stations.push(result.value);
    return result.value;
  }

  /** What a page is told first. */
  function open(url: string, auth: object, role: keyof typeof BRIDGE_NAMESPACES = 'kiosk') {
    const socket = io(new URL(url).origin + BRIDGE_NAMESPACES[role], {
      transports: ['websocket'],
      auth: { bridgeVersion: BRIDGE_VERSION, ...auth },
      forceNew: true,
      reconnection: false,
    });
    sockets.push(socket);
    const told = new Promise<unknown>((resolve) => {
      for (const name of ['bridge:welcome', 'bridge:refused']) socket.on(name, (body) => resolve({ name, ...body }));
      socket.on('connect_error', ({ message }) => resolve({ name: message }));
    });
    return { socket, told };
  }
  const health = async (url: string) => (await fetch(new URL('/health', url))).json();
  const untilMode = (url: string, mode: string) =>
    expect.poll(async () => ((await health(url)) as { mode: string }).mode, PATIENCE).toBe(mode);
  const draw = (socket: Socket) => {
    commands += 1;
    const input = { kioskId: 'kiosk-1', serviceIds: ['id-card'], language: 'de', partySize: 1 };
    return socket.emitWithAck('bridge:call', {
      name: 'issueTicket',
      commandId: `command-00000000000${commands}`,
      input,
    });
  };
  const waiting = () => [...(hub?.hub.state().openVisits.values() ?? [])].map(({ number }) => number?.text);

  it('serves the page of its one app, and no other', async () => {
    const { url } = await started();
    expect(new URL(url).pathname).toBe('/kiosk/');
    expect(await (await fetch(new URL('/', url))).text()).toBe('<p>kiosk</p>');
    for (const path of ['/counter/', '/display/', '/ticket/'])
      expect((await fetch(new URL(path, url))).status).toBe(404);
  });

  it('binds a screen to itself, says where the hub’s pages are, and has no other station and no other role', async () => {
    const { url } = await started();
    const hubUrl = `http://127.0.0.1:${port}`;
    const welcome = { name: 'bridge:welcome', station: 'kiosk-1', hubUrl };
    expect(await open(url, {}).told).toMatchObject(welcome);
    expect(await open(url, { station: 'kiosk-1', isNewPage: true }).told).toMatchObject(welcome);
    expect(await open(url, { station: 'kiosk-2' }).told).toMatchObject({ name: 'bridge:refused', type: 'unknownName' });
    expect(await open(url, { bridgeVersion: 1 }).told).toMatchObject({ name: 'bridge:refused', type: 'wrongVersion' });
    expect(await open(url, { isNewPage: 'yes' }).told).toMatchObject({ name: 'bridge:refused', type: 'malformed' });
    expect(await open(url, {}, 'clerk').told).toEqual({ name: 'Invalid namespace' });
  });

  it('M3, M4: draws through the hub, goes on alone without it, and brings it what happened', async () => {
    const { url } = await started();
    await untilMode(url, 'ORDERED');
    const { socket, told } = open(url, {});
    await told;
    expect(await draw(socket)).toMatchObject({ ok: true, value: { number: 'B001' } });
    await hub?.close();
    hub = null;
    await untilMode(url, 'ALONE');
    const alone = (await draw(socket)) as { readonly value: { readonly number: string } };
    expect(alone).toMatchObject({ ok: true, value: { number: expect.stringMatching(/^B[56]\d\d$/) } });
    hub = await runHub();
    await untilMode(url, 'ORDERED');
    await expect.poll(waiting, PATIENCE).toEqual(['B001', alone.value.number]);
    expect(await health(url)).toMatchObject({ status: 'ok', eventsWaiting: 0 });
  });

  it('N3: a page that has just been opened voids what the one before it drew and showed nobody; one that comes back does not', async () => {
    const { url } = await started();
    await untilMode(url, 'ORDERED');
    const first = open(url, { isNewPage: true });
    await first.told;
    await draw(first.socket);
    await expect.poll(waiting, PATIENCE).toEqual(['B001']);
    first.socket.close();
    await open(url, {}).told;
    await open(url, { isNewPage: false }).told;
    expect(waiting()).toEqual(['B001']);
    await open(url, { isNewPage: true }).told;
    await expect.poll(waiting, PATIENCE).toEqual([]);
  });

  it('Bad input: a port or a folder that is in use is refused in words', async () => {
    const { url } = await started();
    expect(await start({ port: Number(new URL(url).port) })).toMatchObject({ refusal: { type: 'portBusy' } });
    expect(await start()).toMatchObject({
      refusal: { type: 'folderInUse', lines: [expect.stringContaining('kiosk-1.db')] },
    });
    expect(await start({ dataFolder: join(folder, 'tiny.json') })).toMatchObject({
      refusal: { type: 'folderNotWritable' },
    });
  });
});
