import { describe, expect, it } from 'vitest';
import { counterQueue } from './counter-queue.ts';
import {
  at,
  calledVisit,
  config,
  counterId,
  type DayFixture,
  dayState,
  openCounter,
  period,
  policy,
  servedVisit,
  visit,
} from './test/fixtures.ts';
import { counterQueueSchema } from './view-schemas.ts';

const queue = (fixture: DayFixture, counter = 'counter-1', now = '09:30') =>
  counterQueueSchema.parse(counterQueue(dayState(fixture), counterId(counter), at(now)));
const numbers = (list: readonly { number: string | null }[]) => list.map(({ number }) => number);

describe('Counter: waiting list', () => {
  it('stands in calling order, each place with its reason, those passed over at the end', () => {
    const visits = [
      visit(1, { lastCalledAt: at('09:29') }),
      visit(2, { arrivedAt: at('09:10') }),
      visit(3, { service: 'pickup' }),
      visit(4, { arrivedAt: at('09:20'), priority: 1, priorityReason: 'pregnancy' }),
    ];
    const { waiting } = queue({ visits });
    expect(waiting.map((entry) => [entry.number, entry.reason, entry.blocked, entry.blockedUntil])).toEqual([
      ['A004', 'priorityFirst', null, null],
      ['A002', 'walkIn', null, null],
      ['A003', 'fallbackService', null, null],
      ['A001', 'walkIn', 'calledRecently', at('09:34')],
    ]);
    expect(waiting[0]).toMatchObject({ priorityReason: 'pregnancy', since: at('09:20'), arrivedAt: at('09:20') });
  });

  it("uses the counter's own calls for the policy's ratio", () => {
    const visits = [visit(1, { appointmentAt: at('09:20') }), visit(2)];
    const counters = [openCounter('counter-1', { appointmentsInARow: 1 })];
    const ratio = config({ callingPolicy: policy({ walkInAtLeastEvery: 2 }) });
    expect(queue({ visits, counters, config: ratio }).waiting[0]).toMatchObject({
      number: 'A002',
      reason: 'ratioWalkIn',
    });
    expect(queue({ visits, config: ratio }).waiting[0]).toMatchObject({ number: 'A001', reason: 'appointmentDue' });
  });

  it('keeps parked and missed visits apart, those of its services and those it had itself', () => {
    const visits = [
      visit(1, { state: 'parked', parkReason: 'pays', periods: [period('parked', at('09:20'))] }),
      visit(2, { state: 'parked', periods: [period('parked', at('09:10'))] }),
      visit(3, { state: 'missed', periods: [period('missed', at('09:15'))] }),
      visit(4, { state: 'parked', service: 'permit', periods: [period('parked', at('09:05'))] }),
      visit(5, {
        state: 'parked',
        service: 'permit',
        periods: [period('serving', at('09:00'), 'id-card', 'counter-1'), period('parked', at('09:25'), 'permit')],
      }),
    ];
    const view = queue({ visits });
    expect(view.waiting).toEqual([]);
    expect(numbers(view.parked)).toEqual(['A002', 'A001', 'B005']);
    expect(view.parked[1]).toMatchObject({ parkReason: 'pays', since: at('09:20'), reason: null, blocked: null });
    expect(numbers(view.missed)).toEqual(['A003']);
  });

  it('lists appointments that have not checked in, by time', () => {
    const booked = (n: number, time: string, service = 'id-card') =>
      visit(n, { state: 'booked', number: null, arrivedAt: null, appointmentAt: at(time), service });
    const visits = [booked(1, '11:00'), booked(2, '10:00'), booked(3, '09:45', 'permit')];
    expect(queue({ visits }).booked.map((entry) => entry.appointmentAt)).toEqual([at('10:00'), at('11:00')]);
  });

  it('counts who waits for services it does not serve, and nobody who does not wait', () => {
    const visits = [
      visit(1, { service: 'permit' }),
      visit(2, { service: 'extension' }),
      visit(3),
      calledVisit(4, 'counter-3', at('09:20'), { service: 'permit' }),
      servedVisit(5, 'counter-3', at('09:20'), { service: 'permit' }),
    ];
    expect(queue({ visits }).elsewhere).toBe(2);
    expect(queue({ visits }, 'counter-3').elsewhere).toBe(0);
  });

  it('looking at a queue calls nobody: the state is the same afterwards', () => {
    const state = dayState({ visits: [visit(1), visit(2)] });
    const before = structuredClone([...state.openVisits.values()]);
    counterQueue(state, counterId('counter-1'), at('09:30'));
    expect([...state.openVisits.values()]).toEqual(before);
  });

  it('is null without a configuration and for an unknown counter', () => {
    expect(counterQueue(dayState({ config: null }), counterId('counter-1'), at('09:30'))).toBeNull();
    expect(counterQueue(dayState(), counterId('counter-9'), at('09:30'))).toBeNull();
  });
});
