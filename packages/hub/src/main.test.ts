import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createNodePlatform } from '@aufruf/engine/platform/node-platform';
import { BRIDGE_VERSION } from '@aufruf/shared/bridge/bridge';
import { BRIDGE_NAMESPACES } from '@aufruf/shared/bridge/wire';
import type { Command } from '@aufruf/shared/domain/commands';
import { SYNC_NAMESPACE } from '@aufruf/shared/protocol/messages';
import { io } from 'socket.io-client';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import manifest from '../package.json' with { type: 'json' };
import { type RunningHub, type StartHubOptions, startHub } from './main.ts';
import { tinyLocation } from './test/tiny-location.ts';

const quiet = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
const draw = {
  name: 'issueTicket',
  commandId: 'command-000000000001',
  input: { kioskId: 'kiosk-1', serviceIds: ['id-card'], language: 'de', partySize: 1 },
} as unknown as Command;

describe('startHub', () => {
  let folder: string;
  let running: RunningHub[];
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'aufruf-hub-'));
    writeFileSync(join(folder, 'tiny.json'), JSON.stringify(tinyLocation));
    running = [];
  });
  afterEach(async () => {
    for (const hub of running) await hub.close();
    rmSync(folder, { recursive: true, force: true });
  });
  const dataFolder = () => join(folder, 'data');
  async function start(options: Partial<StartHubOptions> = {}) {
    const result = await startHub({
      locationFile: join(folder, 'tiny.json'),
      dataFolder: dataFolder(),
      renderers: { kiosk: folder, display: folder, counter: folder },
      port: 0,
      platform: createNodePlatform({ log: quiet }),
      ...options,
    });
    if (result.ok) running.push(result.value);
    return result;
  }
  async function started(options: Partial<StartHubOptions> = {}): Promise<RunningHub> {
    const result = await start(options);
    if (!result.ok) throw new Error(result.refusal.lines.join('\n'));
    return result.value;
  }

  it('serves pages, health, bridges and the sync protocol on one port', async () => {
    const { url, port } = await started();
    expect(await (await fetch(`${url}/health`)).json()).toEqual({
      status: 'ok',
      version: manifest.version,
      day: expect.stringMatching(/^\d{4}-\d\d-\d\d$/),
      epoch: 1,
      mode: 'ORDERED',
      startedAt: expect.any(Number),
      now: expect.any(Number),
      devices: 0,
      eventsWaiting: 0,
      commits: expect.any(Number),
      lastBackupAt: null,
      failedCommits: 0,
      diskFreeBytes: expect.any(Number),
    });
    expect(await (await fetch(url)).text()).toContain('/display/?station=display-2');
    for (const namespace of [SYNC_NAMESPACE, ...Object.values(BRIDGE_NAMESPACES)]) {
      const socket = io(`http://127.0.0.1:${port}${namespace}`, {
        transports: ['websocket'],
        auth: { bridgeVersion: BRIDGE_VERSION },
        forceNew: true,
      });
      await new Promise((resolve, reject) => socket.on('connect', () => resolve(null)).on('connect_error', reject));
      socket.close();
    }
  });

  it('a websocket of a foreign page is refused, and one to a foreign Host', async () => {
    const { url, port } = await started();
    const tryOpen = (extraHeaders: Readonly<Record<string, string>>) =>
      new Promise((resolve) => {
        const auth = { bridgeVersion: BRIDGE_VERSION };
        const options = { transports: ['websocket'], auth, extraHeaders, forceNew: true, reconnection: false };
        const socket = io(`http://127.0.0.1:${port}${BRIDGE_NAMESPACES.clerk}`, options);
        const end = (outcome: string) => () => {
          socket.close();
          resolve(outcome);
        };
        socket.on('bridge:welcome', end('welcome')).on('connect_error', end('refused'));
      });
    expect(await tryOpen({ origin: url })).toBe('welcome');
    expect(await tryOpen({})).toBe('welcome');
    expect(await tryOpen({ origin: 'http://evil.example' })).toBe('refused');
    expect(await tryOpen({ host: 'evil.example', origin: 'http://evil.example' })).toBe('refused');
  });

  it('J4: a ticket drawn is still there after the hub was stopped and started again, and a retry is answered', async () => {
    const first = await started();
    const drawn = await first.hub.execute(draw);
    expect(drawn).toMatchObject({ ok: true, value: { number: 'B001' } });
    await first.close();
    const second = await started();
    expect([...second.hub.state().openVisits.values()].map((visit) => visit.number?.text)).toEqual(['B001']);
    expect(await second.hub.execute(draw)).toEqual(drawn);
    expect(second.hub.stats().epoch).toBe(2);
  });

  it('--fresh starts empty', async () => {
    const first = await started();
    await first.hub.execute(draw);
    await first.close();
    // What the windows of `npm start` keep there goes with it: their numbers are of the day that is deleted.
    mkdirSync(join(dataFolder(), 'aufruf-windows', 'kiosk'), { recursive: true });
    const second = await started({ fresh: true });
    expect(readdirSync(dataFolder())).not.toContain('aufruf-windows');
    expect(second.hub.state().openVisits.size).toBe(0);
    expect(second.hub.stats().epoch).toBe(1);
  });

  it('--fresh refuses a folder that holds something else, and deletes nothing there', async () => {
    mkdirSync(dataFolder());
    writeFileSync(join(dataFolder(), 'hub.db-journal'), 'old');
    writeFileSync(join(dataFolder(), 'thesis.odt'), 'years of work');
    expect(await start({ fresh: true })).toMatchObject({
      ok: false,
      refusal: { type: 'folderForeign', lines: [expect.stringContaining('"thesis.odt"')] },
    });
    expect(readdirSync(dataFolder()).sort()).toEqual(['hub.db-journal', 'thesis.odt']);
  });

  it('a second hub on the same data folder is refused, with --fresh too, and the first one keeps its tickets', async () => {
    const first = await started();
    for (const fresh of [false, true]) {
      expect(await start({ fresh })).toMatchObject({
        ok: false,
        refusal: {
          type: 'folderInUse',
          lines: [expect.stringMatching(/^Another hub is working with .*: stop it, or .*--data/)],
        },
      });
    }
    expect(await first.hub.execute(draw)).toMatchObject({ ok: true });
    expect(existsSync(join(dataFolder(), 'hub.db'))).toBe(true);
  });

  it('a port that was asked for and is busy is refused, and the data folder is not touched', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const { port } = other.address() as AddressInfo;
    expect(await start({ port })).toMatchObject({
      ok: false,
      refusal: {
        type: 'portBusy',
        lines: [expect.stringMatching(`^Port ${port} is in use: choose another one with --port`)],
      },
    });
    expect(existsSync(dataFolder())).toBe(false);
    await new Promise((resolve) => other.close(resolve));
  });

  it('an address this machine lacks is refused', async () => {
    expect(await start({ host: '192.0.2.1' })).toMatchObject({ ok: false, refusal: { type: 'addressUnknown' } });
  });

  it('a data folder that is a file, or cannot be made, is refused in one line', async () => {
    const file = join(folder, 'tiny.json');
    for (const bad of [file, join(file, 'data')]) {
      expect(await start({ dataFolder: bad })).toMatchObject({
        ok: false,
        refusal: { type: 'folderNotWritable', lines: [expect.stringContaining('--data')] },
      });
    }
  });

  // Nothing stops the superuser from writing.
  it.skipIf(process.platform === 'win32' || process.getuid?.() === 0)(
    'an unwritable data folder is refused',
    async () => {
      mkdirSync(dataFolder());
      chmodSync(dataFolder(), 0o500);
      expect(await start()).toMatchObject({ ok: false, refusal: { type: 'folderNotWritable' } });
      chmodSync(dataFolder(), 0o700);
    },
  );

  it('a folder of another location is refused, and can be emptied', async () => {
    await (await started()).close();
    writeFileSync(join(folder, 'other.json'), JSON.stringify({ ...tinyLocation, id: 'other' }));
    const locationFile = join(folder, 'other.json');
    expect(await start({ locationFile })).toMatchObject({
      ok: false,
      refusal: {
        type: 'otherLocation',
        lines: [expect.stringContaining('belongs to the location "tiny", not "other"')],
      },
    });
    expect((await start({ locationFile, fresh: true })).ok).toBe(true);
  });

  it('a broken configuration is refused before anything is opened', async () => {
    writeFileSync(join(folder, 'tiny.json'), JSON.stringify({ ...tinyLocation, counters: [] }));
    expect(await start()).toMatchObject({
      ok: false,
      refusal: { type: 'badLocationFile', lines: [expect.stringMatching(/wrong at counters: expected/)] },
    });
    expect(existsSync(dataFolder())).toBe(false);
  });

  it('D1: a clock that cannot be right is refused, and leaves port and folder free', async () => {
    const { port, close } = await started();
    await close();
    const platform = { ...createNodePlatform({ log: quiet }), now: () => 0 };
    expect(await start({ platform, port })).toMatchObject({
      ok: false,
      refusal: {
        type: 'badClock',
        lines: [
          expect.stringMatching(/^The clock says 1970-01-01, .*correct the clock of this machine.*--accept-clock/),
        ],
      },
    });
    expect((await start({ port })).ok).toBe(true);
  });

  it('closing ends all connections within a second, twice does no harm, and the port is free again', async () => {
    const first = await started();
    const socket = io(`${first.url}${BRIDGE_NAMESPACES.clerk}`, {
      transports: ['websocket'],
      auth: { bridgeVersion: BRIDGE_VERSION },
      reconnection: false,
    });
    await new Promise((resolve) => socket.on('bridge:welcome', resolve));
    const gone = new Promise((resolve) => socket.on('disconnect', resolve));
    const startedAt = performance.now();
    await Promise.all([first.close(), first.close()]);
    await gone;
    expect(performance.now() - startedAt).toBeLessThan(1_000);
    expect((await start({ port: first.port })).ok).toBe(true);
  });

  it('keeps nothing in the data folder but its database', async () => {
    await (await started()).close();
    expect(readdirSync(dataFolder()).every((name) => name.startsWith('hub.db'))).toBe(true);
    expect(readFileSync(join(dataFolder(), 'hub.db')).subarray(0, 15).toString()).toBe('SQLite format 3');
  });
});
