/** The hub that an app hosts, with a real device before it: what a desktop app starts in its two processes. */
import { EventEmitter } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDevice } from '@aufruf/engine/device/open-device';
import { createNodePlatform } from '@aufruf/engine/platform/node-platform';
import { assert } from '@aufruf/shared/lib/assert';
import { type DeviceId, deviceIdSchema, kioskIdSchema } from '@aufruf/shared/lib/ids';
import type { FromHubChild, ToHubChild } from '@aufruf/shared/protocol/hub-child';
import { stationsSchema } from '@aufruf/shared/protocol/stations';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { runHubChild } from './hub-child.ts';
import { startSuccessor } from './test/start-successor.ts';
import { tinyLocation } from './test/tiny-location.ts';

const quiet = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
const platform = createNodePlatform({ log: quiet });

describe('runHubChild', () => {
  let folder: string;
  let port: EventEmitter;
  let said: FromHubChild[];
  let exits: number[];
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'aufruf-hub-child-'));
    writeFileSync(join(folder, 'tiny.json'), JSON.stringify(tinyLocation));
    port = new EventEmitter();
    said = [];
    exits = [];
    const postMessage = (message: FromHubChild) => void said.push(message);
    runHubChild({ port: Object.assign(port, { postMessage }), platform, exit: (code) => void exits.push(code) });
  });
  afterEach(async () => {
    if (exits.length === 0) {
      tell({ type: 'stop' });
      await vi.waitFor(() => expect(exits).not.toEqual([]), { timeout: 5_000 });
    }
    rmSync(folder, { recursive: true });
  });
  const tell = (message: ToHubChild | string) => void port.emit('message', { data: message });
  const settings = (more: { readonly locationFile?: string; readonly port?: number } = {}) => ({
    locationFile: join(folder, 'tiny.json'),
    dataFolder: join(folder, 'hub'),
    renderers: { kiosk: folder, display: folder, counter: folder },
    host: '127.0.0.1',
    port: 0,
    openAllDay: false,
    ...more,
  });
  async function up(): Promise<string> {
    tell({ type: 'start', settings: settings() });
    await vi.waitFor(() => expect(said).not.toEqual([]), { timeout: 5_000 });
    const [first] = said;
    assert(first?.type === 'up', JSON.stringify(first));
    return `http://127.0.0.1:${first.port}`;
  }

  it('serves a device, which shows the location\u2019s own menu', async () => {
    const hubUrl = await up();
    const kioskId = kioskIdSchema.parse('kiosk-1');
    const caller = { role: 'kiosk', kioskId } as const;
    const start = {
      folder: join(folder, 'kiosk'),
      stationId: deviceIdSchema.parse('kiosk-1'),
      hubUrl,
      caller,
      platform,
    };
    const device = openDevice(start);
    const values: unknown[] = [];
    const session = device.openSession((_subscription, value) => values.push(value));
    session.subscribe({ subscription: 1, topic: 'kioskMenu', params: { kioskId } });
    await vi.waitFor(() => expect(values.at(-1)).toMatchObject({ kioskId: 'kiosk-1' }), { timeout: 5_000 });
    expect(device.engine.syncStatus().mode).toBe('ORDERED');
    device.close();
    // Its file is let go of: the next start opens it again.
    openDevice(start).close();
  });

  it('tells devices that are being set up which stations there are', async () => {
    const answer = await fetch(`${await up()}/stations`);
    expect(answer.headers.get('content-type')).toMatch(/json/);
    const stations = stationsSchema.parse(await answer.json());
    expect(stations.kiosk.map(({ id }) => id)).toEqual(tinyLocation.kiosks.map(({ id }) => id));
  });

  it('stops in good order: exit code 0, and nobody answers any more', async () => {
    const url = await up();
    tell({ type: 'stop' });
    await vi.waitFor(() => expect(exits).toEqual([0]), { timeout: 5_000 });
    await expect(fetch(url)).rejects.toThrow();
  });

  it('M5: says that its place is taken, once that is published', async () => {
    const takeOver = { device: 'counter-1' as DeviceId, address: 'http://127.0.0.1:4701' };
    tell({ type: 'start', settings: { ...settings(), takeOver } });
    await vi.waitFor(() => expect(said).toEqual([{ type: 'up', port: expect.any(Number) }, { type: 'tookOver' }]), {
      timeout: 20_000,
    });
  }, 30_000);

  it('M5: says that another hub has taken its place', async () => {
    const successor = await startSuccessor(folder, platform);
    tell({ type: 'start', settings: settings({ locationFile: successor.locationFile }) });
    await vi.waitFor(() => expect(said).toEqual([{ type: 'up', port: expect.any(Number) }, { type: 'moved' }]), {
      timeout: 20_000,
    });
    await successor.close();
  }, 30_000);

  it('answers a ping, before its start and after', async () => {
    tell({ type: 'ping' });
    expect(said).toEqual([{ type: 'pong' }]);
    said.length = 0;
    await up();
    tell({ type: 'ping' });
    expect(said.at(-1)).toEqual({ type: 'pong' });
  });

  it('says why it cannot start, and ends', async () => {
    tell({ type: 'start', settings: settings({ locationFile: join(folder, 'gone.json') }) });
    await vi.waitFor(() => expect(exits).toEqual([1]));
    expect(said).toEqual([
      { type: 'refused', reason: 'badLocationFile', lines: [expect.stringContaining('gone.json')] },
    ]);
  });

  it('says that its port is taken', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    tell({ type: 'start', settings: settings({ port: (other.address() as AddressInfo).port }) });
    await vi.waitFor(() => expect(exits).toEqual([1]));
    expect(said).toMatchObject([{ type: 'refused', reason: 'portBusy' }]);
    await new Promise((resolve) => other.close(resolve));
  });

  it('Bad input: it takes only what its app may say, and starts once', async () => {
    tell('start');
    tell({ type: 'start', settings: { ...settings(), fresh: true } } as never);
    expect(said).toEqual([]);
    await up();
    tell({ type: 'start', settings: settings() });
    tell({ type: 'stop' });
    await vi.waitFor(() => expect(exits).toEqual([0]), { timeout: 5_000 });
    expect(said).toHaveLength(1);
  });
});
