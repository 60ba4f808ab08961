/** Days and clocks that real offices have stumbled over (D1): turns of the year, leap days, summer time, clocks that jump. */
import { at, DAY, ZONE } from '@aufruf/shared/domain/views/test/fixtures';
import type { Visit } from '@aufruf/shared/domain/visit/visit';
import type { VisitId } from '@aufruf/shared/lib/ids';
import { addDays, toEpochMs } from '@aufruf/shared/lib/local-time';
import { type EpochMs, HOUR_MS, type LocalDate, type LocalTime, MINUTE_MS } from '@aufruf/shared/lib/time';
import { afterEach, describe, expect, it } from 'vitest';
import { ClockRefused } from './business-day.ts';
import { callNext, draw, markArrived, openCounter } from './test/commands.ts';
import { createWorld, type World } from './test/world.ts';

let world: World;
afterEach(() => world.close());

const local = (day: string, time = '08:00') => toEpochMs(day as LocalDate, time as LocalTime, ZONE);
const execute = async (sent: ReturnType<typeof draw>) =>
  (await Promise.all([world.hub().execute(sent), world.settle()]))[0];
const types = (day: LocalDate) => world.hubStore.entriesAfter(day, 0, 1_000).map(({ event }) => event.type);
async function setClock(now: EpochMs): Promise<void> {
  world.hubPlatform().setWallClock(now);
  world.advance(2_000);
  await world.settle();
}
/** Draws a ticket and answers which visit it is. */
async function ticket(): Promise<VisitId> {
  const answer = await execute(draw());
  if (!answer.ok || answer.value.visitId === null) throw new Error('no ticket');
  return answer.value.visitId;
}
const visit = (id: VisitId): Visit => world.hub().state().openVisits.get(id) as Visit;
/** Who is called next, and how long each waited until then, in minutes. */
async function callAll(count: number): Promise<{ called: VisitId[]; waitedMin: number[] }> {
  await execute(openCounter('counter-1'));
  const called: VisitId[] = [];
  for (let i = 0; i < count; i += 1) {
    const answer = await execute(callNext('counter-1'));
    if (!answer.ok || answer.value.visitId === null) throw new Error('nobody was called');
    called.push(answer.value.visitId);
    await execute(markArrived('counter-1'));
    await execute({
      ...draw(),
      name: 'finish',
      input: { counterId: 'counter-1', outcome: 'done', deliveredServiceIds: [] },
    } as never);
  }
  const waits = called.map((id) => world.hub().state().closedVisits.get(id)?.periods[0]);
  return {
    called,
    waitedMin: waits.map((period) => Math.round(((period?.endedAt ?? 0) - (period?.startedAt ?? 0)) / MINUTE_MS)),
  };
}

describe('a hub over the calendar', () => {
  it.each([
    ['the turn of a year of 53 weeks', '2026-12-29', 5],
    ['the turn of a year whose week 1 began before it', '2024-12-29', 5],
    ['a leap day', '2028-02-28', 2],
    ['the end of February in a common year', '2027-02-28', 1],
  ])('D1: %s: every day is opened under its own date, and closed', async (_, first, count) => {
    world = createWorld({ now: local(first) });
    const days = Array.from({ length: count + 1 }, (_day, n) => addDays(first as LocalDate, n));
    for (const day of days.slice(1)) await setClock(local(day));
    expect(world.hubStore.days()).toEqual(days);
    for (const day of days.slice(0, -1))
      expect([types(day)[0], types(day).at(-1)]).toEqual(['v1.DayOpened', 'v1.DayClosed']);
    expect(world.hub().state().info).toMatchObject({ day: days.at(-1), status: 'open' });
  });

  it('D1, T1: who came at the first 02:30 of the autumn Sunday is called before who came at the second', async () => {
    world = createWorld({ now: local('2026-10-25', '02:30') });
    const first = await ticket();
    await setClock(local('2026-10-25', '02:30') + HOUR_MS);
    const second = await ticket();
    await setClock(local('2026-10-25', '03:30'));
    expect(await callAll(2)).toEqual({ called: [first, second], waitedMin: [120, 60] });
    expect(world.hubStore.days()).toEqual(['2026-10-25']);
  });

  it('D1, T1: on the spring Sunday nobody has waited the hour that was left out', async () => {
    world = createWorld({ now: local('2026-03-29', '01:50') });
    const early = await ticket();
    await setClock(local('2026-03-29', '03:10'));
    expect(await callAll(1)).toEqual({ called: [early], waitedMin: [20] });
  });

  it('T1: the hub’s clock is set forward by an hour and back while tickets wait: first come first served, no wait below zero', async () => {
    world = createWorld({ now: at('09:00') });
    const first = await ticket();
    await setClock(at('10:05'));
    const second = await ticket();
    await setClock(at('09:10'));
    const third = await ticket();
    const { called, waitedMin } = await callAll(3);
    expect([...called].sort()).toEqual([first, second, third].sort());
    expect(called[0]).toBe(first);
    expect(waitedMin.every((min) => min >= 0)).toBe(true);
    // Nobody is lost, and the day goes on under its date.
    expect(world.hub().state().info).toMatchObject({ day: DAY, status: 'open' });
  });

  it('T1: a kiosk’s clock that jumps by an hour moves nobody in the queue', async () => {
    world = createWorld({ now: at('09:00') });
    const kiosk = world.device('kiosk-1');
    await world.until(() => kiosk.syncStatus().mode === 'ORDERED');
    const drawn: VisitId[] = [];
    for (const jump of [HOUR_MS, -HOUR_MS, 0]) {
      world.devicePlatform('kiosk-1').setWallClock(world.hub().now() + jump);
      void kiosk
        .execute(draw())
        .then((answer) => answer.ok && answer.value.visitId && drawn.push(answer.value.visitId));
      const count = drawn.length;
      await world.until(() => drawn.length > count);
    }
    for (const id of drawn) {
      const { arrivedAt } = visit(id);
      expect(Math.abs((arrivedAt ?? 0) - world.hub().now())).toBeLessThan(MINUTE_MS);
    }
    expect((await callAll(3)).called).toEqual(drawn);
  });

  it('D1: a clock of 1970 opens nothing, neither at the start nor while the hub runs', async () => {
    expect(() => createWorld({ now: 86_400_000 })).toThrow(ClockRefused);
    world = createWorld();
    const { n } = world.hub().stats().head;
    await setClock(86_400_000);
    expect([world.hub().state().info.day, world.hub().stats().head.n]).toEqual([DAY, n]);
    await setClock(at('09:10'));
    expect(await execute(draw())).toMatchObject({ ok: true });
  });
});
