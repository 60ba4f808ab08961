/** The hub's disk is lost, or set back to a copy: a new hub is refilled from its devices (O3, X4, N2). */

import type { EventStore } from '@aufruf/engine/store/event-store';
import { createMemoryStore } from '@aufruf/engine/store/memory-store';
import { verifyEntry } from '@aufruf/engine/store/verified-entry';
import type { CounterState } from '@aufruf/shared/domain/counter/counter';
import { assertValidDay } from '@aufruf/shared/domain/day/test/assert-valid-day';
import { dayToJson } from '@aufruf/shared/domain/day/test/day-to-json';
import { BLOCK_SIZE } from '@aufruf/shared/domain/ticket/lanes';
import { assert } from '@aufruf/shared/lib/assert';
import type { CounterId, DeviceId } from '@aufruf/shared/lib/ids';
import { HOUR_MS } from '@aufruf/shared/lib/time';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { HELLO_WAIT_MS } from './refill.ts';
import { bigLocation } from './test/big-location.ts';
import { callNext, command, draw, finish, markArrived, openCounter } from './test/commands.ts';
import { createRawDevice } from './test/raw-device.ts';
import { stepsIn } from './test/steps.ts';
import { createWorld, type World } from './test/world.ts';

const DEVICES = ['kiosk-1', 'kiosk-2', 'counter-1', 'counter-3', 'display-3'] as const;
let world: World;
beforeEach(async () => {
  world = createWorld();
  await agreed();
  for (const id of ['counter-1', 'counter-3']) await granted(id, openCounter(id));
});
afterEach(() => world.close());

const { allOrdered: agreed, answerOf, run, granted } = stepsIn(() => world, DEVICES);
const digits = (number: string | null) => Number(number?.slice(1));
const visits = () => {
  const { openVisits, closedVisits } = world.hub().state();
  return [...openVisits.values(), ...closedVisits.values()].map(({ number, state }) => [number?.text, state]);
};
function newHub(): void {
  world.startHub({ mayHavePredecessor: true });
}
function expectHealed(ids: readonly string[] = DEVICES): void {
  const { state, stateHash } = world.hub();
  expect(state().rejections).toEqual([]);
  assertValidDay(state());
  for (const id of ids) {
    expect(dayToJson(world.device(id).state()), id).toBe(dayToJson(state()));
    expect(world.device(id).stateHash(), id).toBe(stateHash());
  }
}
/** Three tickets: one served, one called, one waiting. */
async function morning(): Promise<readonly (string | null)[]> {
  const drawn: (string | null)[] = [];
  for (let i = 0; i < 3; i += 1) drawn.push((await granted('kiosk-1', draw())).number);
  await granted('counter-1', callNext('counter-1'));
  await granted('counter-1', markArrived('counter-1'));
  await granted('counter-1', finish('counter-1'));
  await granted('counter-1', callNext('counter-1'));
  await agreed();
  return drawn;
}

describe('a hub whose disk is lost', () => {
  it('X4, O3: a new disk is refilled from the devices: every visit, every number, every call, under a higher epoch', async () => {
    const drawn = await morning();
    const before = world.hub().state();
    const { epoch } = world.hub().stats();
    world.crashHub();
    world.replaceHubDisk();
    newHub();
    await agreed();
    expectHealed();
    expect(world.hub().stats().epoch).toBeGreaterThan(epoch + 1);
    expect(visits()).toEqual([
      [drawn[1], 'called'],
      [drawn[2], 'waiting'],
      [drawn[0], 'finished'],
    ]);
    // Times and counters too: it is the same day.
    const { undoable: _, ...counter } = before.counters.get('counter-1' as CounterId) as CounterState;
    expect(
      world
        .hub()
        .state()
        .counters.get('counter-1' as CounterId),
    ).toMatchObject(counter);
    for (const { id, periods } of before.openVisits.values())
      expect(world.hub().state().openVisits.get(id)?.periods).toEqual(periods);
    expect(world.hub().state().commands.size).toBe(before.commands.size);
  });

  it('O6: a claim that it has ordered and not decided is taken back by a device that starts again meanwhile', async () => {
    world.crashHub();
    world.replaceHubDisk();
    newHub();
    const kiosk = world.device('kiosk-1');
    const sent = draw();
    const isOrderedThere = () =>
      kiosk.syncStatus().mode === 'ORDERED' &&
      world.deviceStore('kiosk-1').unordered(world.hub().stats().day).length === 0;
    await world.until(isOrderedThere, 'refilled');
    void kiosk.execute(sent);
    await world.settle();
    expect(world.hub().state().commands.get(sent.commandId)?.status).toBe('pending');
    expect(isOrderedThere()).toBe(true);
    world.crashDevice('kiosk-1');
    await agreed();
    await world.until(() => world.hub().state().commands.get(sent.commandId)?.status !== 'pending', 'decided');
    await agreed();
    expect(world.hub().state().commands.get(sent.commandId)).toEqual({ status: 'withdrawn' });
    expect(visits()).toEqual([]);
    expectHealed();
  });

  it('N1, N2, X2: no number is given twice: a block stays free behind the last one known, and the hub waits for hellos', async () => {
    const drawn = await morning();
    world.crashHub();
    world.replaceHubDisk();
    newHub();
    const since = world.hubPlatform().monoMs();
    // Asked at once, before any device has been heard.
    const first = await answerOf(() => world.hub().execute(draw()));
    expect(world.hubPlatform().monoMs() - since).toBeGreaterThanOrEqual(HELLO_WAIT_MS);
    assert(first.ok, 'a number');
    expect(digits(first.value.number)).toBe(digits(drawn[2] ?? null) + BLOCK_SIZE + 1);
    // Only once: then it goes on as always, after a restart too.
    const second = await granted('kiosk-1', draw());
    expect(digits(second.number)).toBe(digits(first.value.number) + 1);
    world.crashHub();
    newHub();
    await agreed();
    const third = await granted('kiosk-1', draw());
    expect(digits(third.number)).toBe(digits(second.number) + 1);
    await agreed();
    expectHealed();
  });

  it('X4, O6: what was drawn and called while it was away is ordered with the rest; a retry is answered, not repeated', async () => {
    await morning();
    const sent = draw();
    const answer = await run('kiosk-1', sent);
    await agreed();
    world.crashHub();
    world.replaceHubDisk();
    await world.until(() => world.device('kiosk-2').syncStatus().mode === 'ALONE');
    const alone = await granted(
      'kiosk-2',
      command('issueTicket', { kioskId: 'kiosk-2', serviceIds: ['extension'], language: 'de', partySize: 1 }),
    );
    newHub();
    await agreed();
    expectHealed();
    expect(await run('kiosk-1', sent)).toEqual(answer);
    expect(visits()).toContainEqual([alone.number, 'waiting']);
    expect(visits()).toHaveLength(5);
  });

  it('J6, X4: a device that was off during the refill brings what only it holds, and gets the rest', async () => {
    world.crashDevice('counter-3');
    await morning();
    world.cutOff('kiosk-2');
    await world.until(() => world.device('kiosk-2').syncStatus().mode === 'ALONE');
    const alone = await granted(
      'kiosk-2',
      command('issueTicket', { kioskId: 'kiosk-2', serviceIds: ['extension'], language: 'de', partySize: 1 }),
    );
    world.crashHub();
    world.replaceHubDisk();
    newHub();
    await agreed(['kiosk-1', 'counter-1', 'display-3']);
    world.heal('kiosk-2');
    await agreed();
    expectHealed();
    expect(visits()).toContainEqual([alone.number, 'waiting']);
  });

  it('O2: the configuration that was published comes back, and stays in force after the next start', async () => {
    const published = { ...bigLocation(7), counterWord: 'room' } as const;
    const answer = await answerOf(() => world.hub().execute(command('publishConfiguration', { config: published })));
    expect(answer).toMatchObject({ ok: true });
    await agreed();
    world.crashHub();
    world.replaceHubDisk();
    newHub();
    await agreed();
    expect(world.hub().state().info.config).toMatchObject({ version: 7, counterWord: 'room' });
    world.crashHub();
    newHub();
    await agreed();
    expect(world.hub().state().info.config).toMatchObject({ version: 7, counterWord: 'room' });
  });

  it('O3: restored from an older copy it is a new incarnation, which its devices bring up to date', async () => {
    await morning();
    const copy = copyOf(world.hubStore);
    for (let i = 0; i < 2; i += 1) await granted('kiosk-1', draw());
    await granted('counter-3', callNext('counter-3'));
    await agreed();
    const before = visits();
    world.crashHub();
    world.replaceHubDisk(copy);
    newHub();
    await agreed();
    expectHealed();
    expect(visits()).toEqual(before);
    const next = await granted('kiosk-1', draw());
    expect(before.map(([text]) => text)).not.toContain(next.number);
  });

  it('J3: a hub whose disk was set back under its own incarnation stops ordering, and says why', async () => {
    world.close();
    world = createWorld();
    const { incarnation } = world.hubStore;
    const kiosk = createRawDevice(world, 'kiosk-1');
    expect(await kiosk.hello({ versionVector: { [`hub/${incarnation}`]: 2 } })).toMatchObject({ ok: true });
    // One event more than it has written.
    expect(await kiosk.hello({ versionVector: { [`hub/${incarnation}`]: 3 } })).toMatchObject({
      error: { type: 'conflictingEvent' },
    });
    expect(world.hub().stats().isOrdering).toBe(false);
    expect(world.hubPlatform().logged.map(({ message }) => message)).toContainEqual(expect.stringMatching(/set back/));
    expect(await kiosk.hello()).toMatchObject({ error: { type: 'notHub' } });
  });

  it('O3: a hub that is merely started again succeeds nobody: the next epoch, and nothing asked', async () => {
    await morning();
    world.crashHub();
    newHub();
    await agreed();
    const { epoch } = world.hub().stats();
    expect(epoch).toBe(2);
    expect(world.hub().stats().isOrdering).toBe(true);
  });

  it('J6, X4: late beginnings: what a long-lived device wrote on days long gone is not asked for again', async () => {
    await morning();
    for (let day = 0; day < 4; day += 1) {
      world.crashHub();
      for (const id of DEVICES) world.crashDevice(id);
      world.advance(24 * HOUR_MS);
      world.startHub();
      await agreed();
      await granted('kiosk-1', draw());
      await agreed();
    }
    world.crashHub();
    world.replaceHubDisk();
    newHub();
    await agreed();
    expectHealed();
    expect(visits()).toHaveLength(1);
    expect(world.hubStore.days().length).toBeLessThanOrEqual(3);
    await granted('kiosk-1', draw());
    await agreed();
    expectHealed();
  });
});

/** Everything a disk holds, on another one; as a restored one it has another incarnation. */
function copyOf(store: EventStore): EventStore {
  const copy = createMemoryStore({ device: 'hub' as DeviceId, platform: world.hubPlatform() });
  copy.transact(() => {
    for (const day of store.days()) {
      for (const { row, event } of store.entriesAfter(day, 0, Number.MAX_SAFE_INTEGER)) {
        const entry = verifyEntry(row, event, copy.head(day), world.hubPlatform().sha256);
        assert(!('problem' in entry), 'what is held fits');
        copy.importOrdered(entry);
      }
    }
    for (const name of ['epoch', 'currentDay', 'configuration'] as const) {
      const value = store.readSetting(name);
      if (value !== null) copy.writeSetting(name, value);
    }
  });
  return copy;
}
