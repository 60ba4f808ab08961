import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createDayLedger } from '@aufruf/engine/ledger/day-ledger';
import { createNodePlatform } from '@aufruf/engine/platform/node-platform';
import type { Log } from '@aufruf/engine/platform/platform';
import { createRandom } from '@aufruf/engine/platform/seeded-random';
import { createMemoryStore } from '@aufruf/engine/store/memory-store';
import { openSqliteStore } from '@aufruf/engine/store/sqlite-store';
import { createDeviceEngine, type DeviceEngine } from '@aufruf/engine/sync/device-engine';
import { createSocketLink } from '@aufruf/engine/transport/socket-io-client';
import { dayToJson } from '@aufruf/shared/domain/day/test/day-to-json';
import type { DeviceId, VisitId } from '@aufruf/shared/lib/ids';
import type { LocalDate } from '@aufruf/shared/lib/time';
import { afterEach, expect, it, vi } from 'vitest';
import { callNext, draw, finish, markArrived, openCounter } from './test/commands.ts';
import { type HubProcess, startHubProcess } from './test/start-hub-process.ts';

const KILLS = 4;
const silent: Log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
const folder = mkdtempSync(join(tmpdir(), 'aufruf-kill-'));
const platform = createNodePlatform({ log: silent });
const ends: (() => void)[] = [];
afterEach(() => {
  for (const end of ends.splice(0)) end();
  rmSync(folder, { recursive: true, force: true });
});

it('X4, X5, J4: a hub killed at any moment loses no acknowledged ticket and repeats no call', {
  timeout: 90_000,
}, async () => {
  const file = join(folder, 'hub.db');
  const drawnByHub = new Map<string, string>();
  const start = (port: number, load: 'busy' | 'quiet'): Promise<HubProcess> =>
    startHubProcess({ file, port, load, onDrawn: (visitId, number) => drawnByHub.set(visitId, number) });
  let hub = await start(0, 'busy');
  const { port } = hub;
  const device = (id: string): DeviceEngine => {
    const store = createMemoryStore({ device: id as DeviceId, platform });
    const engine = createDeviceEngine({
      store,
      platform,
      link: createSocketLink({ url: `http://127.0.0.1:${port}`, platform }),
    });
    ends.push(() => engine.close());
    return engine;
  };
  const [kiosk, display] = [device('kiosk-1'), device('display-3')];
  const counters = ['counter-1', 'counter-3'].map((id) => ({ id, engine: device(id) }));
  await vi.waitFor(() => expect(kiosk.syncStatus().mode).toBe('ORDERED'), 5_000);

  let isOver = false;
  const drawn = new Map<string, string>();
  const calls: { visitId: VisitId; counter: string }[] = [];
  const load = [
    (async () => {
      while (!isOver) {
        const answer = await kiosk.execute(draw('id-card', platform.newCommandId()));
        if (answer.ok) drawn.set(String(answer.value.visitId), String(answer.value.number));
      }
    })(),
    ...counters.map(async ({ id, engine }) => {
      while (!isOver && !(await engine.execute(openCounter(id))).ok);
      while (!isOver) {
        const answer = await engine.execute(callNext(id, platform.newCommandId()));
        if (!answer.ok) continue;
        calls.push({ visitId: answer.value.visitId as VisitId, counter: id });
        await engine.execute(markArrived(id));
        await engine.execute(finish(id));
      }
    }),
  ];

  const random = createRandom(7);
  for (let kill = 0; kill < KILLS; kill += 1) {
    const callsBefore = calls.length;
    const enough = callsBefore + 5 + (random.uint32() % 40);
    await vi.waitFor(() => expect(calls.length).toBeGreaterThan(enough), { timeout: 15_000, interval: 1 });
    await hub.kill();
    hub = await start(port, kill === KILLS - 1 ? 'quiet' : 'busy');
  }
  isOver = true;
  await Promise.all(load);
  const engines = [kiosk, display, ...counters.map(({ engine }) => engine)];
  await vi.waitFor(() => {
    for (const engine of engines) expect(engine.syncStatus()).toMatchObject({ mode: 'ORDERED', eventsWaiting: 0 });
  }, 15_000);
  await hub.kill();

  const store = openSqliteStore({ file, device: 'hub' as DeviceId, platform });
  ends.push(() => store.close());
  const ledger = createDayLedger({
    store,
    sha256: platform.sha256,
    day: store.readSetting('currentDay') as LocalDate,
    estimateAt: ({ deviceAt }) => deviceAt,
  });
  const state = ledger.ordered();
  const numberOf = (id: string) =>
    (state.openVisits.get(id as VisitId) ?? state.closedVisits.get(id as VisitId))?.number?.text;
  expect(drawn.size).toBeGreaterThan(KILLS);
  expect(drawnByHub.size).toBeGreaterThan(KILLS);
  for (const [visitId, number] of [...drawn, ...drawnByHub]) expect(numberOf(visitId)).toBe(number);
  const numbers = [...state.openVisits.values(), ...state.closedVisits.values()].map(({ number }) => number?.text);
  expect(new Set(numbers).size).toBe(numbers.length);
  expect(new Set(calls.map(({ visitId }) => visitId)).size).toBe(calls.length);
  expect(state.rejections).toEqual([]);

  for (const engine of engines) expect(dayToJson(engine.state())).toBe(dayToJson(state));
});
