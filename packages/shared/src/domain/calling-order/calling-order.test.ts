import { describe, expect, it } from 'vitest';
import { at, counterId, policy, serviceId, visit } from '../views/test/fixtures.ts';
import { VISIT_STATES, type Visit } from '../visit/visit.ts';
import { type CallingCounter, callingOrder, nextPlace } from './calling-order.ts';

const counter = (over: Partial<CallingCounter> = {}): CallingCounter => ({
  id: counterId('counter-1'),
  primaryServiceIds: [serviceId('id-card')],
  fallbackServiceIds: [serviceId('pickup')],
  appointmentsInARow: 0,
  ...over,
});
const walkIn = (n: number, time: string, over: Partial<Visit> & { service?: string } = {}) =>
  visit(n, { arrivedAt: at(time), ...over });
const appointment = (n: number, time: string, checkedIn: string, over: Partial<Visit> & { service?: string } = {}) =>
  visit(n, { appointmentAt: at(time), arrivedAt: at(checkedIn), ...over });

/** "number:reason" of the places in order; a blocked one as "number!block". */
function order(now: string, visits: readonly Visit[], over: Partial<CallingCounter> = {}, rule = policy()): string[] {
  return callingOrder(at(now), visits, counter(over), rule).map(
    (place) => `${place.visit.number?.value}${place.blocked === null ? `:${place.reason}` : `!${place.blocked}`}`,
  );
}

describe('Calling order', () => {
  it('first come first served within equal rank', () => {
    expect(order('09:30', [walkIn(3, '09:20'), walkIn(1, '09:00'), walkIn(2, '09:10')])).toEqual([
      '1:walkIn',
      '2:walkIn',
      '3:walkIn',
    ]);
  });

  it('no random ties: the same moment is settled by the row in the log, never by the order of the collection', () => {
    const visits = [
      walkIn(2, '09:00', { queuedRow: 10 }),
      walkIn(1, '09:00', { queuedRow: 11 }),
      walkIn(3, '09:00', { queuedRow: 9 }),
    ];
    expect(order('09:30', visits)).toEqual(['3:walkIn', '2:walkIn', '1:walkIn']);
    expect(order('09:30', [...visits].reverse())).toEqual(['3:walkIn', '2:walkIn', '1:walkIn']);
  });

  it('walk-ins with priority 1 first, among themselves by time', () => {
    const visits = [
      walkIn(1, '09:00'),
      appointment(2, '09:15', '09:10'),
      walkIn(3, '09:20', { priority: 1 }),
      walkIn(4, '09:10', { priority: 1 }),
    ];
    expect(order('09:30', visits)).toEqual(['4:priorityFirst', '3:priorityFirst', '2:appointmentDue', '1:walkIn']);
  });

  it('priority 2 merges with appointments by time', () => {
    const visits = [
      appointment(1, '09:20', '09:00'),
      walkIn(2, '09:10', { priority: 2 }),
      appointment(3, '09:00', '08:55'),
      walkIn(4, '08:50'),
    ];
    expect(order('09:30', visits)).toEqual(['3:appointmentDue', '2:priorityMerged', '1:appointmentDue', '4:walkIn']);
  });

  it('an appointment is callable from 2 minutes before its time, not a moment earlier', () => {
    const visits = [walkIn(1, '09:10'), appointment(2, '09:30', '09:00')];
    expect(order('09:27', visits)).toEqual(['1:walkIn', '2!appointmentNotDue']);
    expect(order('09:28', visits)).toEqual(['2:appointmentDue', '1:walkIn']);
    const early = callingOrder(at('09:28') - 1, visits, counter(), policy()).at(-1);
    expect(early).toMatchObject({ blocked: 'appointmentNotDue', blockedUntil: at('09:28') });
  });

  it('the early window is configurable', () => {
    const rule = policy({ appointmentEarlyMin: 10 });
    expect(order('09:20', [appointment(2, '09:30', '09:00')], {}, rule)).toEqual(['2:appointmentDue']);
    expect(order('09:19', [appointment(2, '09:30', '09:00')], {}, rule)).toEqual(['2!appointmentNotDue']);
  });

  it('an appointment that checks in a little late queues by its check-in; beyond the late window like a walk-in', () => {
    const visits = [
      appointment(1, '09:00', '09:15'),
      appointment(2, '09:10', '09:05'),
      appointment(3, '09:00', '09:16'),
      walkIn(4, '09:12'),
      walkIn(5, '09:20'),
    ];
    expect(order('09:30', visits)).toEqual([
      '2:appointmentDue',
      '1:appointmentDue',
      '4:walkIn',
      '3:lateAppointment',
      '5:walkIn',
    ]);
  });

  it('a punctual visitor who is sent to the end of the queue is not late', () => {
    const requeued = appointment(1, '09:00', '08:55', { queuedAt: at('09:30') });
    expect(order('09:35', [requeued, appointment(2, '09:20', '09:15')])).toEqual([
      '2:appointmentDue',
      '1:appointmentDue',
    ]);
  });

  it('aging: from 45 minutes on a walk-in stands with the appointments by time', () => {
    const visits = [walkIn(1, '09:00'), appointment(2, '09:30', '09:20')];
    expect(order('09:44', visits)).toEqual(['2:appointmentDue', '1:walkIn']);
    expect(order('09:45', visits)).toEqual(['1:waitedLong', '2:appointmentDue']);
  });

  it('nobody starves: who has waited 3 hours longer goes before priority 1, one minute less does not', () => {
    const priority = walkIn(2, '12:00', { priority: 1 });
    expect(order('12:10', [walkIn(1, '09:01'), priority])).toEqual(['2:priorityFirst', '1:waitedLong']);
    expect(order('12:10', [walkIn(1, '08:59'), priority])).toEqual(['1:waitedLong', '2:priorityFirst']);
  });

  it('a counter serves its primary services first and a fallback only when nobody waits for a primary', () => {
    const pickup = walkIn(1, '09:00', { service: 'pickup', priority: 1 });
    expect(order('09:30', [pickup, walkIn(2, '09:20')])).toEqual(['2:walkIn', '1:fallbackService']);
    expect(order('09:30', [pickup])).toEqual(['1:fallbackService']);
    const onlyBlocked = [pickup, appointment(2, '11:00', '09:00')];
    expect(order('09:30', onlyBlocked)).toEqual(['1:fallbackService', '2!appointmentNotDue']);
  });

  it('a fallback that has waited 90 minutes counts as primary', () => {
    const visits = [walkIn(1, '09:00', { service: 'pickup' }), walkIn(2, '10:00')];
    expect(order('10:29', visits)).toEqual(['2:walkIn', '1:fallbackService']);
    expect(order('10:30', visits)).toEqual(['1:waitedLong', '2:walkIn']);
  });

  it('reserved for this counter: first within equal rank', () => {
    const mine = { reservedFor: counterId('counter-1') };
    const visits = [
      walkIn(1, '09:00'),
      walkIn(2, '09:20', mine),
      appointment(3, '09:10', '09:00'),
      appointment(4, '09:25', '09:00', mine),
      walkIn(5, '09:29', { priority: 1 }),
    ];
    expect(order('09:30', visits)).toEqual([
      '5:priorityFirst',
      '4:reservedForThisCounter',
      '3:appointmentDue',
      '2:reservedForThisCounter',
      '1:walkIn',
    ]);
  });

  it('reserved for another counter: "next" passes it over, and it stands at the end', () => {
    const visits = [walkIn(1, '09:00', { reservedFor: counterId('counter-9') }), walkIn(2, '09:20')];
    const places = callingOrder(at('09:30'), visits, counter(), policy());
    expect(places.map((place) => place.blocked)).toEqual([null, 'reservedForOther']);
    expect(places.at(-1)?.blockedUntil).toBeNull();
  });

  it('"Next" never picks a number that was called less than 5 minutes ago', () => {
    const visits = [walkIn(1, '09:00', { lastCalledAt: at('09:26') }), walkIn(2, '09:20')];
    expect(order('09:30', visits)).toEqual(['2:walkIn', '1!calledRecently']);
    expect(order('09:31', visits)).toEqual(['1:walkIn', '2:walkIn']);
    const lastMoment = callingOrder(at('09:31') - 1, visits, counter(), policy());
    expect(lastMoment.at(-1)).toMatchObject({ blocked: 'calledRecently', blockedUntil: at('09:31') });
  });

  it('of two blocks the one that lasts longer is named', () => {
    const called = { lastCalledAt: at('09:26') };
    expect(order('09:27', [appointment(1, '09:30', '09:00', called)])).toEqual(['1!calledRecently']);
    expect(order('09:27', [appointment(1, '09:40', '09:00', called)])).toEqual(['1!appointmentNotDue']);
  });

  it('ratio: after two appointments in a row the third call is a walk-in', () => {
    const visits = [
      appointment(1, '09:20', '09:00'),
      appointment(2, '09:25', '09:00'),
      walkIn(3, '09:10'),
      walkIn(4, '09:15'),
    ];
    const rule = policy({ walkInAtLeastEvery: 3 });
    expect(order('09:30', visits, { appointmentsInARow: 1 }, rule)[0]).toBe('1:appointmentDue');
    expect(order('09:30', visits, { appointmentsInARow: 2 }, rule)).toEqual([
      '3:ratioWalkIn',
      '1:appointmentDue',
      '2:appointmentDue',
      '4:walkIn',
    ]);
    expect(order('09:30', visits, { appointmentsInARow: 2 }, policy())[0]).toBe('1:appointmentDue');
  });

  it('ratio: yields to priority 1, to primary services, and to whoever has waited 90 minutes', () => {
    const rule = policy({ walkInAtLeastEvery: 1 });
    const first = (visits: readonly Visit[], now = '09:30') => order(now, visits, {}, rule)[0];
    expect(first([appointment(1, '09:20', '09:00', { priority: 1 }), walkIn(2, '09:10')])).toBe('1:priorityFirst');
    expect(first([appointment(1, '09:20', '09:00'), walkIn(2, '09:10', { service: 'pickup' })])).toBe(
      '1:appointmentDue',
    );
    const old = [appointment(1, '09:20', '09:00'), walkIn(2, '10:40')];
    expect(first(old, '10:49')).toBe('2:ratioWalkIn');
    expect(first(old, '10:50')).toBe('1:appointmentDue');
  });

  it('ratio: fallback walk-ins get their share of fallback calls', () => {
    const visits = [walkIn(1, '09:00', { service: 'pickup' }), appointment(2, '09:20', '09:00', { service: 'pickup' })];
    expect(order('09:30', visits)[0]).toBe('2:fallbackService');
    expect(order('09:30', visits, {}, policy({ walkInAtLeastEvery: 1 }))[0]).toBe('1:ratioWalkIn');
  });

  it('parked, missed, booked, called, served and ended visits are never called by "next"', () => {
    for (const state of VISIT_STATES) {
      const places = callingOrder(at('09:30'), [walkIn(1, '09:00', { state })], counter(), policy());
      expect(places).toHaveLength(state === 'waiting' ? 1 : 0);
    }
  });

  it('the first open part decides which counter serves a visit', () => {
    const parts = [
      { serviceId: serviceId('id-card'), state: 'delivered' as const },
      { serviceId: serviceId('permit'), state: 'open' as const },
      { serviceId: serviceId('id-card'), state: 'open' as const },
    ];
    expect(order('09:30', [walkIn(1, '09:00', { parts })])).toEqual([]);
    expect(order('09:30', [walkIn(1, '09:00', { parts: parts.slice(0, 1) })])).toEqual([]);
    expect(order('09:30', [walkIn(1, '09:00', { parts: parts.slice(2) })])).toEqual(['1:walkIn']);
  });

  it('nextPlace is the first place that is not blocked', () => {
    const blocked = walkIn(1, '09:00', { lastCalledAt: at('09:29') });
    const places = (visits: readonly Visit[]) => callingOrder(at('09:30'), visits, counter(), policy());
    expect(nextPlace(places([blocked, walkIn(2, '09:20')]))?.visit.number?.value).toBe(2);
    expect(nextPlace(places([blocked]))).toBeNull();
    expect(nextPlace([])).toBeNull();
  });

  it('orders 500 visits in well under a few milliseconds', () => {
    const visits = Array.from({ length: 500 }, (_, i) =>
      visit(i + 1, { arrivedAt: at('09:00') + ((i * 7919) % 500) * 1_000, priority: i % 10 === 0 ? 1 : 0 }),
    );
    const run = () => callingOrder(at('09:30'), visits, counter(), policy());
    for (let i = 0; i < 50; i += 1) run();
    const samples = Array.from({ length: 50 }, () => {
      const start = performance.now();
      run();
      return performance.now() - start;
    }).sort((a, b) => a - b);
    // The median of many: a machine busy with other work shows in the tail.
    expect(samples[25]).toBeLessThan(3);
    expect(run()).toHaveLength(500);
  });

  it('a clock that stands before the queue time gives an order, not an error', () => {
    expect(order('08:00', [walkIn(2, '09:10'), walkIn(1, '09:00')])).toEqual(['1:walkIn', '2:walkIn']);
    expect(callingOrder(0, [walkIn(1, '09:00')], counter(), policy({ agingAfterMin: 480 }))).toHaveLength(1);
  });
});
