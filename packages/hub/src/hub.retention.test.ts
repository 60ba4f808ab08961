/** Days that are over: figures, release, deletion, and journals that go on behind it. */
import { figuresOf } from '@aufruf/engine/ledger/old-days';
import { dayStatisticsSchema } from '@aufruf/shared/domain/statistics/day-statistics';
import { at, DAY, ZONE } from '@aufruf/shared/domain/views/test/fixtures';
import { addDays, toLocalDate } from '@aufruf/shared/lib/local-time';
import type { LocalDate } from '@aufruf/shared/lib/time';
import { eventKey, journalKey } from '@aufruf/shared/sync/event';
import { afterEach, describe, expect, it } from 'vitest';
import { bigLocation } from './test/big-location.ts';
import { callNext, command, draw, finish, markArrived, openCounter } from './test/commands.ts';
import { createForger, createRawDevice } from './test/raw-device.ts';
import { createWorld, type World } from './test/world.ts';

const RETENTION_DAYS = 2;
let world: World;
afterEach(() => world.close());

const start = (retentionDays = RETENTION_DAYS) => {
  world = createWorld({ now: at('18:00'), config: { ...bigLocation(), retentionDays } });
};
const today = () => world.hub().state().info.day;
const dayAfter = (days: number) => addDays(DAY, days);
const execute = async (sent: ReturnType<typeof draw>) =>
  (await Promise.all([world.hub().execute(sent), world.settle()]))[0];
const atKiosk = async (sent: ReturnType<typeof draw>) => {
  let answer: Awaited<ReturnType<typeof execute>> | null = null;
  void world
    .device('kiosk-1')
    .execute(sent)
    .then((given) => {
      answer = given;
    });
  await world.until(() => answer !== null, 'the answer');
  return answer;
};
const figures = (store = world.hubStore) =>
  new Map([...store.statistics()].map(([day, text]) => [day, dayStatisticsSchema.parse(JSON.parse(text))]));
const onDisk = (...ids: string[]) => ids.map((id) => world.deviceStore(id).days());

/** The hub's clock is set to shortly after the next midnight: what happens then is all that matters here. */
async function untilNextDay(): Promise<void> {
  setClock(addDays(today(), 1));
  await world.until(caughtUp, 'the next day');
}
let clock = at('18:00');
const setClock = (day: LocalDate) => {
  clock = at('00:01', day);
  world.hubPlatform().setWallClock(clock);
};
const restartHub = () => {
  world.crashHub();
  world.hubPlatform().setWallClock(clock);
  world.startHub();
};
const caughtUp = (): boolean =>
  today() === toLocalDate(clock, ZONE) && connected.every((id) => world.device(id).state().info.day === today());
let connected: string[] = [];
const connect = async (...ids: string[]) => {
  connected = ids;
  for (const id of ids) world.device(id);

  await world.until(() => ids.every((id) => world.device(id).syncStatus().mode === 'ORDERED'));
};

describe('days that are over', () => {
  it('D2: the day’s figures are kept in the commit that closes it', async () => {
    start();
    await connect('display-1');
    for (const sent of [draw(), draw(), openCounter('counter-1'), callNext('counter-1')]) await execute(sent);
    for (const sent of [markArrived('counter-1'), finish('counter-1')]) await execute(sent);
    await untilNextDay();
    expect(figures().get(DAY)?.services).toMatchObject([{ serviceId: 'id-card', issued: 2, finished: 1, expired: 1 }]);
    // The display counts the same when it leaves the day.
    expect(figures(world.deviceStore('display-1')).get(DAY)).toEqual(figures().get(DAY));
  });

  it('D2: after the retention period a day is deleted as a whole, on hub and devices; figures stay', async () => {
    start();
    await connect('display-1', 'kiosk-1');
    await atKiosk(draw());
    for (let day = 0; day < 4; day += 1) await untilNextDay();
    await world.until(() => world.hubStore.days()[0] === dayAfter(2), 'the deletion');
    // The open day and the two closed ones before it.
    expect(world.hubStore.days()).toEqual([dayAfter(2), dayAfter(3), dayAfter(4)]);
    await world.until(() => onDisk('display-1', 'kiosk-1').every(([first]) => first === dayAfter(2)));
    for (const store of [world.hubStore, world.deviceStore('kiosk-1'), world.deviceStore('display-1')]) {
      expect([...store.statistics().keys()].sort()).toEqual([DAY, dayAfter(1), dayAfter(2), dayAfter(3)]);
      expect(figures(store).get(DAY)?.services).toMatchObject([{ issued: 1 }]);
    }
    expect(world.hub().state().info.releasedThrough).toBe(dayAfter(1));
  });

  it('D2, J1: journals go on behind deleted days: draws, restarts, catch-up, a device that comes new', async () => {
    start();
    await connect('display-1', 'kiosk-1');
    for (let day = 0; day < 4; day += 1) {
      await atKiosk(draw());
      await untilNextDay();
    }
    await world.until(() => world.deviceStore('kiosk-1').days()[0] === dayAfter(2));
    const kiosk = world.deviceStore('kiosk-1');
    expect(kiosk.forgotten(journalKey(kiosk)).seq).toBeGreaterThan(0);
    world.crashDevice('kiosk-1');
    restartHub();
    await connect('display-1', 'kiosk-1', 'counter-1');
    expect(await atKiosk(draw())).toMatchObject({ ok: true, value: { number: 'A0001' } });
    const { n } = world.hubStore.head(today());
    await world.until(() => connected.every((id) => world.device(id).rows() === n));
    for (const id of connected) expect(world.device(id).stateHash()).toBe(world.hub().stateHash());
    expect(world.hubStore.versionVector()[journalKey(kiosk)]).toBe(kiosk.versionVector()[journalKey(kiosk)]);
  });

  it('J5: a day that only its author and the hub hold is kept twice as long', async () => {
    start();
    await connect('kiosk-1', 'display-1');
    await atKiosk(draw());
    world.cutOff('display-1');
    connected = ['kiosk-1'];
    for (let day = 0; day < 4; day += 1) await untilNextDay();
    expect(world.hubStore.days()[0]).toBe(DAY);
    await untilNextDay();
    await world.until(() => world.hubStore.days()[0] === dayAfter(1), 'the deletion');
  });

  it('J5: a device that is cut off deletes nothing; when it is back it follows', async () => {
    start();
    await connect('kiosk-1', 'display-1');
    await atKiosk(draw());
    await untilNextDay();
    world.cutOff('kiosk-1');
    const before = world.deviceStore('kiosk-1').days();
    connected = ['display-1'];
    for (let day = 0; day < 4; day += 1) await untilNextDay();
    // The days since are held by one device only, and kept longer.
    await world.until(() => world.hubStore.days()[0] === dayAfter(1), 'the deletion');
    expect(world.deviceStore('kiosk-1').days()).toEqual(expect.arrayContaining([...before]));
    world.heal('kiosk-1');
    await world.until(() => !world.deviceStore('kiosk-1').days().includes(DAY), 'the deletion at the kiosk');
  });

  it('D2: a clock that jumps ahead once deletes nothing', async () => {
    start();
    await connect('display-1');
    for (let day = 0; day < 2; day += 1) await untilNextDay();
    clock = at('00:01', dayAfter(60));
    restartHub();
    world.advance(10_000);
    await world.settle();
    expect(today()).toBe(dayAfter(60));
    expect(world.hubStore.days()).toEqual([dayAfter(1), dayAfter(2), today()]);
  });

  it('D1, D2: a day that is opened again, after a clock that was years ahead, is a day like any other', async () => {
    start();
    await connect('kiosk-1', 'display-1');
    world.crashHub();
    for (const day of [3_000, 3_001, 3_002, 3_003, 3_004]) {
      clock = at('00:01', dayAfter(day));
      if (day > 3_000) world.hubPlatform().setWallClock(clock);
      else {
        world.hubPlatform().setWallClock(clock);
        world.startHub({ acceptClock: true });
      }
      await world.until(caughtUp, 'the day ahead');
    }
    await world.until(() => world.hub().state().info.releasedThrough !== null && !world.hubStore.days().includes(DAY));
    world.crashHub();
    clock = at('09:00');
    world.hubPlatform().setWallClock(clock);
    world.startHub({ acceptClock: true });
    const ahead = world.hubStore.days();
    await world.until(() => world.device('kiosk-1').syncStatus().mode === 'ORDERED');
    const forged = createForger('counter-1')('v9.Unknown', {}, { day: DAY });
    const counter = createRawDevice(world, 'counter-1');
    await counter.hello();
    expect(await counter.push([forged])).toMatchObject({ ok: true });
    expect(world.hubStore.entriesAfter(DAY, 0, 100).map(({ event }) => event.type)).toContain('v9.Unknown');
    expect(await execute(draw())).toMatchObject({ ok: true });
    expect(world.hubStore.days()).toEqual(ahead);
  });

  it('D2: longer retention keeps more days from then on, shorter deletes at the next opening', async () => {
    start(30);
    await connect('display-1');
    for (let day = 0; day < 4; day += 1) await untilNextDay();
    expect(world.hubStore.days()).toHaveLength(5);
    await execute(command('publishConfiguration', { config: { ...bigLocation(2), retentionDays: 1 } }));
    await untilNextDay();
    await world.until(() => world.hubStore.days().length === 2, 'the deletion');
    expect(world.hubStore.days()).toEqual([dayAfter(4), dayAfter(5)]);
  });
});

describe('late facts', () => {
  const late = (forge: ReturnType<typeof createForger>, day: LocalDate) =>
    forge(
      'v1.TicketHandedOver',
      { commandId: 'late-command-000001', visitId: 'v'.repeat(20), kioskId: 'kiosk-1', means: 'print' },
      { day },
    );

  it('D2: a late fact takes the figures of its day back, and they are counted again before the day goes', async () => {
    start();
    await connect('display-1');
    const ticket = await execute(draw());
    for (const sent of [openCounter('counter-1'), callNext('counter-1')]) await execute(sent);
    await untilNextDay();
    expect(figures().get(DAY)?.services).toMatchObject([{ finished: 0, expired: 1 }]);
    const before = { hash: world.hub().stateHash(), rows: world.hub().stats().head.n };
    const counter = createRawDevice(world, 'counter-1');
    await counter.hello();
    const forge = createForger('counter-1');
    const visitId = ticket.ok ? ticket.value.visitId : null;
    const common = { visitId, counterId: 'counter-1' };
    const answer = await counter.push([
      forge('v1.VisitArrived', { commandId: 'late-command-000001', ...common }, { deviceAt: at('18:10') }),
      forge(
        'v1.VisitFinished',
        { commandId: 'late-command-000002', ...common, outcome: 'done', deliveredServiceIds: ['id-card'] },
        { deviceAt: at('18:20') },
      ),
    ]);
    expect(answer).toMatchObject({ ok: true });
    expect(figures().has(DAY)).toBe(false);
    expect({ hash: world.hub().stateHash(), rows: world.hub().stats().head.n }).toEqual(before);
    for (let day = 0; day < 5; day += 1) await untilNextDay();
    await world.until(() => world.hubStore.days()[0] !== DAY, 'the deletion');
    expect(figures().get(DAY)?.services).toMatchObject([{ finished: 1, expired: 0 }]);
  });

  it('D2: a fact of a deleted day is taken, so that its journal goes on, and counts nowhere', async () => {
    start();
    await connect('display-1');
    for (let day = 0; day < 4; day += 1) await untilNextDay();
    await world.until(() => world.hubStore.days()[0] === dayAfter(2), 'the deletion');
    const before = figures().get(DAY);
    const kiosk = createRawDevice(world, 'kiosk-1');
    await kiosk.hello();
    const forge = createForger('kiosk-1');
    const event = late(forge, DAY);
    expect(await kiosk.push([event])).toMatchObject({ ok: true });
    expect([world.hubStore.head(DAY).n, figures().get(DAY)]).toEqual([0, before]);
    await world.until(() => !world.hubStore.days().includes(DAY), 'the second deletion');
    expect(world.hubStore.event(eventKey(event))).toBeNull();
    // Its successor is taken, and a repetition changes nothing.
    const next = forge('v9.Unknown', {}, { day: today() });
    expect(await kiosk.push([event, next])).toMatchObject({ ok: true });
    expect(world.hubStore.event(eventKey(next))?.event).toEqual(next);
  });

  it('D2: a restart between two deletions goes on with them', async () => {
    start(10);
    await connect('display-1');
    for (let day = 0; day < 5; day += 1) await untilNextDay();
    await execute(command('publishConfiguration', { config: { ...bigLocation(2), retentionDays: 1 } }));
    const before = today();
    setClock(addDays(before, 1));
    await world.until(() => today() !== before);
    // One a tick: the first may have gone, the last has not.
    expect(world.hubStore.days().length).toBeGreaterThan(2);
    restartHub();
    await world.until(() => world.hubStore.days().length === 2);
    expect(figuresOf(world.hub().state())).toBeNull();
  });
});
