/** Real processes, real sockets, real SQLite: the hub's disk is gone, or its machine is; devices go on, nothing is lost. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Command } from '@aufruf/shared/domain/commands';
import { dayToJson } from '@aufruf/shared/domain/day/test/day-to-json';
import { assert } from '@aufruf/shared/lib/assert';
import type { DeviceId } from '@aufruf/shared/lib/ids';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { bigLocation } from './test/big-location.ts';
import { callNext, draw, openCounter } from './test/commands.ts';
import { freePort } from './test/free-port.ts';
import { openSocketDevices, type SocketDevices } from './test/socket-devices.ts';
import { type CliProcess, startCli } from './test/start-cli.ts';

/** Long, for a machine that is busy with other things. */
const WAIT = { timeout: 40_000, interval: 20 };
const IDS = ['kiosk-1', 'counter-1', 'counter-3', 'display-3'] as const;
const RELAY = 'counter-3';

describe('a hub is lost', { timeout: 180_000 }, () => {
  let folder: string;
  let port: number;
  let relayPort: number;
  let devices: SocketDevices;
  const hubs: CliProcess[] = [];

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'aufruf-succession-'));
    [port, relayPort] = [await freePort(), await freePort()];
    devices = openSocketDevices(join(folder, 'devices'), `http://127.0.0.1:${port}`);
    const relays = [{ device: RELAY as DeviceId, address: relayUrl() }];
    writeFileSync(join(folder, 'location.json'), JSON.stringify({ ...bigLocation(), sync: { relays } }));
  });
  afterEach(async () => {
    devices.closeAll();
    for (const hub of hubs.splice(0)) await hub.kill();
    rmSync(folder, { recursive: true, force: true });
  });

  const relayUrl = () => `http://127.0.0.1:${relayPort}`;
  async function run(...args: string[]): Promise<CliProcess> {
    const started = await startCli([
      ...args,
      '--location',
      join(folder, 'location.json'),
      '--log',
      '-',
      '--host',
      '127.0.0.1',
    ]);
    hubs.push(started);
    return started;
  }
  const startHub = () => run('--data', join(folder, 'hub'), '--port', String(port));
  const device = (id: string) => devices.device(id);
  const state = (id: string) => device(id).engine.state();
  const inMode = (mode: string, ids: readonly string[] = IDS) =>
    vi.waitFor(() => {
      for (const id of ids) expect(device(id).engine.syncStatus()).toMatchObject({ mode });
    }, WAIT);
  const agreed = (ids: readonly string[] = IDS) =>
    vi.waitFor(() => {
      for (const id of ids) {
        expect(device(id).engine.syncStatus()).toMatchObject({ mode: 'ORDERED', eventsWaiting: 0 });
        expect(device(id).engine.stateHash()).toBe(device(ids[0] ?? '').engine.stateHash());
        expect(dayToJson(state(id))).toBe(dayToJson(state(ids[0] ?? '')));
      }
    }, WAIT);
  async function granted(id: string, command: Command) {
    const answer = await device(id).engine.execute(command);
    assert(answer.ok, `${command.name}: ${answer.ok ? '' : answer.refusal.type}`);
    return answer.value;
  }
  const visits = (id: string) => [...state(id).openVisits.values()].map(({ number, state: is }) => [number?.text, is]);
  const digits = (number: string | null) => Number(number?.slice(1));

  it('X4, O3: its disk is gone: a new one is refilled from the devices, and no number is given twice', async () => {
    const hub = await startHub();
    await inMode('ORDERED');
    await granted('counter-1', openCounter('counter-1'));
    const drawn = [await granted('kiosk-1', draw()), await granted('kiosk-1', draw())];
    await granted('counter-1', callNext('counter-1'));
    await agreed();
    const before = visits('display-3');
    await hub.kill();
    rmSync(join(folder, 'hub'), { recursive: true });
    await startHub();
    await agreed();
    expect(visits('display-3')).toEqual(before);
    expect(state('kiosk-1').rejections).toEqual([]);
    const next = await granted('kiosk-1', draw());
    expect(digits(next.number)).toBeGreaterThan(digits(drawn[1]?.number ?? null));
  });

  it('M5, X4: its machine is gone: the relay’s takes over; it comes back, orders nothing and points to the new one', async () => {
    const hub = await startHub();
    await inMode('ORDERED');
    await granted('counter-1', openCounter('counter-1'));
    const before = await granted('kiosk-1', draw());
    await hub.kill();
    await inMode('RELAY');
    const meanwhile = await granted('kiosk-1', draw());
    // The app on the relay's machine makes room.
    devices.close(RELAY);
    const { out } = await run('takeover', '--device', RELAY, '--address', relayUrl(), '--data', join(folder, 'new'));
    expect(out).toContain('takes over');
    await inMode('ORDERED');
    await vi.waitFor(() => expect(state('kiosk-1').info.config?.sync).toMatchObject({ hubDevice: RELAY }), WAIT);
    await agreed();
    const expected = [
      [before.number, 'waiting'],
      [meanwhile.number, 'waiting'],
    ];
    expect(visits('display-3')).toEqual(expected);
    // Who was told once knows it after a restart.
    devices.close('counter-1');
    await inMode('ORDERED', ['counter-1']);
    expect(await granted('counter-1', callNext('counter-1'))).toEqual(before);

    await startHub();
    const page = (path: string) => fetch(`http://127.0.0.1:${port}${path}`);
    await vi.waitFor(async () => expect((await page('/health')).status).toBe(503), WAIT);
    await vi.waitFor(async () => expect(await (await page('/')).text()).toContain(`href="${relayUrl()}"`), WAIT);
    await agreed();
    expect(state('kiosk-1').rejections).toEqual([]);
    expect(await granted('kiosk-1', draw())).toMatchObject({ number: expect.any(String) });
  });
});
