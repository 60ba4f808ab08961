/** The hub that a station hosts, with a real disk and a real port: taken over, kept over a restart, refused. */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createNodePlatform } from '@aufruf/engine/platform/node-platform';
import { locationConfigSchema } from '@aufruf/shared/domain/location-config/schema';
import type { DeviceId } from '@aufruf/shared/lib/ids';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { freePort } from '../test/free-port.ts';
import { startSuccessor } from '../test/start-successor.ts';
import { tinyLocation } from '../test/tiny-location.ts';
import { createStationHub, type StationHub } from './station-hub.ts';

const PATIENCE = { timeout: 20_000 };
const config = locationConfigSchema.parse(tinyLocation);

describe('createStationHub', { timeout: 60_000 }, () => {
  let dataFolder: string;
  let port: number;
  let errors: string[];
  const hubs: StationHub[] = [];
  beforeEach(async () => {
    dataFolder = mkdtempSync(join(tmpdir(), 'aufruf-station-hub-'));
    port = await freePort();
    errors = [];
  });
  afterEach(async () => {
    for (const { ownHub } of hubs.splice(0)) await ownHub.stop();
    rmSync(dataFolder, { recursive: true, force: true });
  });

  function open(): StationHub {
    const log = { debug: () => {}, info: () => {}, warn: () => {}, error: (line: string) => void errors.push(line) };
    const renderers = { kiosk: dataFolder, display: dataFolder, counter: dataFolder };
    const hub = createStationHub({
      dataFolder,
      renderers,
      discovery: { announce: () => () => {} },
      platform: createNodePlatform({ log }),
    });
    hubs.push(hub);
    return hub;
  }
  const place = () => ({ device: 'counter-1' as DeviceId, address: `http://127.0.0.1:${port}` });
  const kept = () => JSON.parse(readFileSync(join(dataFolder, 'own-hub.json'), 'utf8'));
  const health = async () =>
    ((await (await fetch(`http://127.0.0.1:${port}/health`)).json()) as { status: string }).status;
  const until = ({ ownHub }: StationHub, state: string) =>
    expect.poll(() => ownHub.status().state, PATIENCE).toBe(state);

  it('M5: takes over at the relay\u2019s address, and hosts the hub again after a restart, as a hub like any other', async () => {
    const hub = open();
    expect(hub.ownHub.takeOver(place(), config)).toEqual({ ok: true, value: null });
    expect(kept()).toMatchObject({ port, takeOver: place(), host: '127.0.0.1' });
    await until(hub, 'hub');
    expect([await health(), kept()]).toEqual([
      'ok',
      { locationFile: join(dataFolder, 'hub-location.json'), port, host: '127.0.0.1' },
    ]);
    await hub.ownHub.stop();

    const again = open();
    again.startKept();
    await until(again, 'hub');
    expect([await health(), errors]).toEqual(['ok', []]);
  });

  it('M5: an address that another program has makes it fail, and nothing is kept', async () => {
    const other = createServer().listen(port, '127.0.0.1');
    const hub = open();
    hub.ownHub.takeOver(place(), config);
    await until(hub, 'failed');
    expect(hub.ownHub.status()).toEqual({ state: 'failed', failure: 'port' });
    expect([kept(), errors]).toEqual([null, expect.arrayContaining(['the hub cannot start'])]);
    await new Promise((resolve) => other.close(resolve));
    open().startKept();
    await expect(health()).rejects.toThrow();
  });

  it('M5: another hub has taken its place: the machine hosts none that orders any more', async () => {
    const platform = createNodePlatform({ log: { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} } });
    const successor = await startSuccessor(dataFolder, platform);
    const hub = open();
    hub.ownHub.start({ locationFile: successor.locationFile, port });
    expect(hub.ownHub.status().state).toBe('starting');
    await until(hub, 'none');
    // Devices that find it are shown the way.
    expect(await (await fetch(`http://127.0.0.1:${port}/`)).text()).toContain(successor.url);
    await successor.close();
  });

  it('hosts nothing where nothing was kept', () => {
    const hub = open();
    hub.startKept();
    expect([hub.ownHub.status(), existsSync(join(dataFolder, 'hub')), errors]).toEqual([{ state: 'none' }, false, []]);
  });

  it('Bad input: what was kept and cannot be read is logged, and nothing is hosted', () => {
    writeFileSync(join(dataFolder, 'own-hub.json'), '{"locationFile":7}');
    const hub = open();
    hub.startKept();
    expect([hub.ownHub.status(), errors]).toEqual([{ state: 'none' }, ['a file cannot be read']]);
  });
});
