import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type EpochMs, HOUR_MS, MINUTE_MS } from '../../lib/time.ts';
import type { CallingPolicy } from '../location-config/schema.ts';
import { at, counterId, policy, serviceId, visit } from '../views/test/fixtures.ts';
import type { Priority, Visit } from '../visit/visit.ts';
import { type CallingCounter, callingOrder, nextPlace } from './calling-order.ts';
import { peopleAhead } from './people-ahead.ts';
import { compareRanked, createRanking, PRIORITY_HEAD_START } from './rank.ts';

const NOW = at('12:00');
const counter: CallingCounter = {
  id: counterId('counter-1'),
  primaryServiceIds: [serviceId('id-card'), serviceId('extension')],
  fallbackServiceIds: [serviceId('pickup')],
  appointmentsInARow: 0,
};

const minutes = (min: number, max: number) => fc.integer({ min, max });
const priorities = fc.constantFrom<Priority[]>(0, 0, 0, 1, 2);
const reservations = fc.constantFrom(null, null, null, counter.id, counterId('counter-9'));

/** What makes a place, on a coarse grid of minutes so that ties are common. */
const traits = fc.record({
  service: fc.constantFrom('id-card', 'extension', 'pickup', 'permit'),
  arrived: minutes(-200, 0),
  appointment: fc.option(minutes(-120, 60), { nil: null }),
  requeued: fc.option(minutes(-60, 0), { nil: null }),
  lastCalled: fc.option(minutes(-20, 0), { nil: null }),
  priority: priorities,
  reservedFor: reservations,
  state: fc.constantFrom(
    'waiting' as const,
    'waiting' as const,
    'waiting' as const,
    'parked' as const,
    'missed' as const,
  ),
});
type Traits = typeof traits extends fc.Arbitrary<infer T> ? T : never;

const toVisit = (t: Traits, n: number): Visit => {
  const arrivedAt = NOW + t.arrived * MINUTE_MS;
  return visit(n, {
    service: t.service,
    state: t.state,
    arrivedAt,
    queuedAt: t.requeued === null ? arrivedAt : Math.max(arrivedAt, NOW + t.requeued * MINUTE_MS),
    // Rows repeat now and then, as they may between a device's own events and the ordered ones.
    queuedRow: n % 7,
    appointmentAt: t.appointment === null ? null : NOW + t.appointment * MINUTE_MS,
    lastCalledAt: t.lastCalled === null ? null : NOW + t.lastCalled * MINUTE_MS,
    priority: t.priority,
    reservedFor: t.reservedFor,
  });
};
const days = fc.array(traits, { maxLength: 40 }).map((list) => list.map(toVisit));
const shuffledDays = days.chain((visits) =>
  fc.tuple(fc.constant(visits), fc.shuffledSubarray(visits, { minLength: visits.length })),
);
const policies: fc.Arbitrary<CallingPolicy> = fc
  .record({
    agingAfterMin: minutes(5, 60),
    appointmentLateMin: minutes(0, 60),
    appointmentEarlyMin: minutes(0, 30),
    walkInAtLeastEvery: fc.constantFrom(0, 0, 1, 2, 3),
  })
  .map(policy);
const inARow = fc.integer({ min: 0, max: 4 });

const ids = (visits: readonly Visit[], rule: CallingPolicy, appointmentsInARow = 0, now: EpochMs = NOW) =>
  callingOrder(now, visits, { ...counter, appointmentsInARow }, rule).map((place) => place.visit.id);

describe('Calling order, for any day', () => {
  it('same input, same order: the order of the collection does not matter', () => {
    fc.assert(
      fc.property(shuffledDays, policies, inARow, ([visits, shuffled], rule, row) => {
        expect(ids(shuffled, rule, row)).toEqual(ids(visits, rule, row));
      }),
    );
  });

  it('total order: only a visit and itself are equal, and the comparison is antisymmetric and transitive', () => {
    fc.assert(
      fc.property(days, policies, (visits, rule) => {
        const rankOf = createRanking(NOW, counter, rule);
        const ranked = visits
          .map(rankOf)
          .filter((one) => one !== null)
          .slice(0, 12);
        for (const a of ranked) {
          for (const b of ranked) {
            expect(Math.sign(compareRanked(a, b))).toBe(-Math.sign(compareRanked(b, a)) + 0);
            expect(compareRanked(a, b) === 0).toBe(a === b);
            for (const c of ranked) {
              if (compareRanked(a, b) < 0 && compareRanked(b, c) < 0) expect(compareRanked(a, c)).toBeLessThan(0);
            }
          }
        }
      }),
    );
  });

  it('without a ratio, who else waits does not change the order of two visits', () => {
    fc.assert(
      fc.property(
        days.chain((visits) => fc.tuple(fc.constant(visits), fc.subarray(visits))),
        policies,
        ([visits, some], rule) => {
          const plain = { ...rule, walkInAtLeastEvery: 0 };
          const kept = new Set(some.map(({ id }) => id));
          expect(ids(some, plain)).toEqual(ids(visits, plain).filter((id) => kept.has(id)));
        },
      ),
    );
  });

  it('FIFO within equal rank: of two visits that differ in nothing else, the one that queued first is called first', () => {
    fc.assert(
      fc.property(traits, minutes(1, 100), policies, (one, later, rule) => {
        const alike = { ...one, state: 'waiting' as const, appointment: null, requeued: null, lastCalled: null };
        const first = toVisit({ ...alike, arrived: alike.arrived - later }, 6);
        const second = toVisit(alike, 5);
        const order = ids([second, first], { ...rule, walkInAtLeastEvery: 0 });
        expect(order.length === 0 || order[0] === first.id).toBe(true);
      }),
    );
  });

  it('holds exactly the waiting visits of its services, each once, those passed over at the end', () => {
    fc.assert(
      fc.property(days, policies, inARow, (visits, rule, row) => {
        const places = callingOrder(NOW, visits, { ...counter, appointmentsInARow: row }, rule);
        const expected = visits.filter((v) => v.state === 'waiting' && v.parts[0]?.serviceId !== serviceId('permit'));
        expect(places.map((place) => place.visit.id).sort()).toEqual(expected.map(({ id }) => id).sort());
        const blocks = places.map((place) => place.blocked !== null);
        expect(blocks).toEqual([...blocks].sort());
      }),
    );
  });

  it('never picks a number called less than 5 minutes ago, one reserved for another counter, or one not due', () => {
    fc.assert(
      fc.property(days, policies, inARow, (visits, rule, row) => {
        const next = nextPlace(callingOrder(NOW, visits, { ...counter, appointmentsInARow: row }, rule))?.visit;
        if (next === undefined) return;
        expect(NOW - (next.lastCalledAt ?? 0)).toBeGreaterThanOrEqual(5 * MINUTE_MS);
        expect(next.reservedFor === null || next.reservedFor === counter.id).toBe(true);
        expect((next.appointmentAt ?? 0) - NOW).toBeLessThanOrEqual(rule.appointmentEarlyMin * MINUTE_MS);
      }),
    );
  });

  it('a block ends when it says: at that moment the visit may be called or another block is named', () => {
    fc.assert(
      fc.property(days, policies, (visits, rule) => {
        for (const { visit: blocked, blockedUntil } of callingOrder(NOW, visits, counter, rule)) {
          if (blockedUntil === null) continue;
          expect(callingOrder(blockedUntil, [blocked], counter, rule)[0]?.blocked).toBeNull();
          expect(callingOrder(blockedUntil - 1, [blocked], counter, rule)[0]?.blocked).not.toBeNull();
        }
      }),
    );
  });

  it('people ahead: without a ratio it is the index in the calling order of the only counter', () => {
    fc.assert(
      fc.property(days, policies, (visits, rule) => {
        const places = callingOrder(NOW, visits, counter, { ...rule, walkInAtLeastEvery: 0 });
        places.forEach((place, index) => {
          if (place.blocked === null) expect(peopleAhead(NOW, place.visit, visits, [counter], rule)).toBe(index);
        });
      }),
    );
  });
});

describe('Nobody starves', () => {
  const arrivals = fc.array(
    fc.record({
      gap: minutes(0, 6),
      service: fc.constantFrom('id-card', 'extension', 'pickup'),
      // Mostly those that go first, so that the others have reason to starve.
      kind: fc.constantFrom('priority', 'priority', 'appointment', 'appointment', 'reserved', 'walkIn'),
      offset: minutes(-30, 30),
    }),
    { minLength: 60, maxLength: 120 },
  );
  const timeOf = (v: Visit) => Math.max(v.appointmentAt ?? 0, v.queuedAt ?? 0);

  it('while anybody has waited 2A, nobody is called who queued more than 5A after them, however many come', () => {
    fc.assert(
      fc.property(arrivals, policies, minutes(5, 12), (list, rule, serviceMin) => {
        const aging = rule.agingAfterMin * MINUTE_MS;
        let clock = at('07:00');
        const all = list.map(({ gap, service, kind, offset }, i): Visit => {
          clock += gap * MINUTE_MS;
          return visit(i + 1, {
            service,
            arrivedAt: clock,
            priority: kind === 'priority' ? 1 : 0,
            appointmentAt: kind === 'appointment' ? clock + offset * MINUTE_MS : null,
            reservedFor: kind === 'reserved' ? counter.id : null,
          });
        });
        // More come than can be served: a call every 5 to 12 minutes, an arrival every 3 on average.
        let waiting: Visit[] = [];
        let pending = all;
        let appointmentsInARow = 0;
        const deadline = at('07:00') + 48 * HOUR_MS;
        for (let now = at('07:00'); now < deadline; now += serviceMin * MINUTE_MS) {
          waiting = [...waiting, ...pending.filter((v) => (v.arrivedAt ?? 0) <= now)];
          pending = pending.filter((v) => (v.arrivedAt ?? 0) > now);
          const places = callingOrder(now, waiting, { ...counter, appointmentsInARow }, rule);
          const called = nextPlace(places)?.visit;
          if (called === undefined) continue;
          for (const { visit: other, blocked } of places) {
            if (blocked !== null || now - timeOf(other) < 2 * aging) continue;
            expect(timeOf(called)).toBeLessThanOrEqual(timeOf(other) + (PRIORITY_HEAD_START + 1) * aging);
          }
          appointmentsInARow = called.access === 'appointment' ? appointmentsInARow + 1 : 0;
          waiting = waiting.filter((v) => v !== called);
        }
        expect([pending, waiting]).toEqual([[], []]);
      }),
      { numRuns: 40 },
    );
  });

  it('a walk-in among endless priority 1 and appointments is called within the stated number of calls', () => {
    const rule = policy({ agingAfterMin: 10, walkInAtLeastEvery: 0 });
    const start = at('08:00');
    const patient = visit(1, { arrivedAt: start });
    let waiting: Visit[] = [patient];
    // Every 5 minutes one call, one arrival with priority 1 and one with an appointment: the queue only grows.
    let calls = 0;
    let called: Visit | undefined;
    for (let now = start; called !== patient && calls < 200; now += 5 * MINUTE_MS) {
      waiting.push(visit(2 * calls + 2, { arrivedAt: now, priority: 1 }));
      waiting.push(visit(2 * calls + 3, { arrivedAt: now, appointmentAt: now }));
      called = nextPlace(callingOrder(now, waiting, counter, rule))?.visit;
      calls += 1;
      waiting = waiting.filter((v) => v !== called);
    }
    expect(called).toBe(patient);
    // Queued within 5A = 50 minutes: 10 with priority, 10 with an appointment. One more for the walk-in itself.
    expect(calls).toBeLessThanOrEqual(21);
    // And priority 1 meant something: the walk-in did wait for 4A.
    expect(calls).toBeGreaterThanOrEqual(8);
  });
});
