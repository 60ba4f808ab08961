import { describe, expect, it } from 'vitest';
import { createOffice, type Office } from '../day/test/office.ts';
import { at, commandId, config, visitId } from '../views/test/fixtures.ts';

const one = { counterId: 'counter-1' };
const two = { counterId: 'counter-2' };

/** Counter 1 open, and so many visitors waiting for it. */
function waiting(count: number, office: Office = createOffice()) {
  office.open('counter-1', 1);
  return { office, visits: Array.from({ length: count }, () => office.ticket()) };
}

/** Opens a counter that serves the same service as counter 1. */
const withSecondCounter = () => {
  const base = config();
  const counters = base.counters.map((counter) =>
    counter.id === 'counter-2' ? { ...counter, primaryServiceIds: base.counters[0]!.primaryServiceIds } : counter,
  );
  return createOffice({ config: { ...base, counters } });
};

describe('callNext', () => {
  it('calls the first in the calling order, with a period for the way', () => {
    const { office, visits } = waiting(2);
    office.wait(3);
    const called = office.must('callNext', one);
    expect(called).toBe(visits[0]);
    const visit = office.visit(called);
    expect(visit).toMatchObject({
      state: 'called',
      counterId: 'counter-1',
      unansweredCalls: 1,
      lastCalledAt: at('09:03'),
      periods: [
        { kind: 'waiting', startedAt: at('09:00'), endedAt: at('09:03'), counterId: null },
        { kind: 'way', startedAt: at('09:03'), endedAt: null, counterId: 'counter-1' },
      ],
    });
    expect(visit.call).toMatchObject({ calledAt: at('09:03'), announcement: 1, announcedAt: at('09:03') });
    expect(office.counter('counter-1').visitId).toBe(called);
  });

  it('refuses at a closed counter, on break, with a visit in progress, and when nobody waits', () => {
    const office = createOffice();
    expect(office.refusal('callNext', one)).toBe('counterNotOpen');
    office.open('counter-1', 1);
    expect(office.refusal('callNext', one)).toBe('nobodyWaiting');
    office.must('beginBreak', { ...one, reason: 'pause' });
    expect(office.refusal('callNext', one)).toBe('counterNotOpen');
    office.must('endBreak', one);
    office.ticket();
    office.ticket();
    office.must('callNext', one);
    expect(office.refusal('callNext', one)).toBe('visitInProgress');
    office.must('markArrived', one);
    expect(office.refusal('callNext', one)).toBe('visitInProgress');
  });

  it('a counter taken out of the configuration while open calls nobody', () => {
    const { office } = waiting(1);
    const { counters, ...rest } = config();
    office.must('publishConfiguration', { config: { ...rest, version: 2, counters: counters.slice(1) } });
    expect(office.refusal('callNext', one)).toBe('counterNotOpen');
  });

  it('Counter: a call claims the visit atomically - two counters pressing "next" at once get two visitors', () => {
    const { office, visits } = waiting(3, withSecondCounter());
    office.open('counter-2', 2);
    expect([office.must('callNext', one), office.must('callNext', two)]).toEqual(visits.slice(0, 2));
  });

  it('O6, O8: of two decisions for one ticket the first in order holds; the other clerk is told', () => {
    const { office, visits } = waiting(1, withSecondCounter());
    office.open('counter-2', 2);
    const decideTwice = ['counter-1', 'counter-2'].map((counterId, i) => {
      const id = commandId(100 + i);
      const fact = { type: 'v1.VisitCalled', payload: { commandId: id, visitId: visits[0], counterId, mode: 'next' } };
      office.put('v1.ClaimMade', { command: { name: 'callNext', commandId: id, input: { counterId } } });
      const receipt = { visitId: visits[0], number: 'A001' };
      office.put('v1.ClaimDecided', { commandId: id, outcome: { type: 'granted', facts: [fact], receipt } });
      return office.store.commands.get(id);
    });
    expect(decideTwice).toMatchObject([
      { status: 'granted', receipt: { number: 'A001' } },
      { status: 'refused', refusal: { type: 'takenByOther' } },
    ]);
    expect(office.store.rejections).toMatchObject([{ type: 'v1.ClaimDecided', reason: 'takenByOther' }]);
    expect(office.visit(visits[0]!).counterId).toBe('counter-1');
    expect(office.counter('counter-2').visitId).toBeNull();
  });

  it('O8: a "next" decided before its decider heard that the visitor was missed is refused', () => {
    const { office, visits } = waiting(1, withSecondCounter());
    office.open('counter-2', 2);
    office.must('callNext', one);
    office.must('recall', one);
    office.must('recall', one);
    office.must('markNoShow', one);
    const id = commandId(100);
    const fact = { type: 'v1.VisitCalled', payload: { commandId: id, visitId: visits[0], ...two, mode: 'next' } };
    const outcome = { type: 'granted', facts: [fact], receipt: { visitId: visits[0], number: 'A001' } };
    office.put('v1.ClaimDecided', { commandId: id, outcome });
    expect(office.visit(visits[0]!).state).toBe('missed');
    expect(office.store.commands.get(id)).toEqual({ status: 'refused', refusal: { type: 'notCallable' } });
  });

  it('counts appointments called in a row, for the ratio, and starts again after a walk-in', () => {
    const office = createOffice();
    office.open('counter-1', 1);
    for (const code of ['1001', '1002']) {
      office.must('bookAppointment', {
        ...{ code, serviceIds: ['id-card'], startsAt: at('09:00'), partySize: 1, language: 'de' as const },
      });
      office.must('checkInAppointment', { kioskId: 'kiosk-1', code });
    }
    office.ticket();
    const counts = [1, 2, 3].map(() => {
      office.must('callNext', one);
      office.must('markArrived', one);
      office.must('finish', { ...one, outcome: 'done', deliveredServiceIds: [] });
      return office.counter('counter-1').appointmentsInARow;
    });
    expect(counts).toEqual([1, 2, 0]);
  });
});

describe('recall and no-show', () => {
  it('a recall keeps the call and raises its announcement', () => {
    const { office } = waiting(1);
    const visitId = office.must('callNext', one);
    const call = office.visit(visitId).call;
    office.wait(1);
    office.must('recall', one);
    expect(office.visit(visitId)).toMatchObject({
      call: { ...call, announcement: 2, announcedAt: at('09:01') },
      unansweredCalls: 2,
      lastCalledAt: at('09:01'),
    });
  });

  it('Calling order: after 3 unanswered calls the visit becomes missed', () => {
    const { office } = waiting(1);
    const visitId = office.must('callNext', one);
    office.must('recall', one);
    office.must('recall', one);
    office.wait(1);
    office.must('markNoShow', one);
    expect(office.visit(visitId)).toMatchObject({ state: 'missed', unansweredCalls: 3, call: null });
    expect(office.visit(visitId).periods.map(({ kind }) => kind)).toEqual(['waiting', 'way', 'missed']);
    expect(office.counter('counter-1').visitId).toBeNull();
  });

  it('Calling order: "next" never picks a number that was called less than 5 minutes ago', () => {
    const { office, visits } = waiting(1);
    const { queuedAt, queuedRow } = office.visit(visits[0]!);
    const visitId = office.must('callNext', one);
    office.must('markNoShow', one);
    expect(office.visit(visitId)).toMatchObject({ state: 'waiting', queuedAt, queuedRow });
    office.wait(4);
    expect(office.refusal('callNext', one)).toBe('nobodyWaiting');
    office.wait(1);
    expect(office.must('callNext', one)).toBe(visitId);
  });

  it('calls over several rounds count until the visitor is seen', () => {
    const { office } = waiting(1);
    for (const state of ['waiting', 'waiting', 'missed']) {
      const visitId = office.must('callNext', one);
      office.must('markNoShow', one);
      expect(office.visit(visitId).state).toBe(state);
      office.wait(5);
    }
    expect(office.refusal('callNext', one)).toBe('nobodyWaiting');
  });

  it('Calling order: missed and parked visits are never called by "next" on their own', () => {
    const { office } = waiting(2);
    office.must('callNext', one);
    office.must('recall', one);
    office.must('recall', one);
    office.must('markNoShow', one);
    office.must('callNext', one);
    office.must('markArrived', one);
    office.must('park', { ...one, reason: 'fillsForm' });
    office.wait(60);
    expect(office.refusal('callNext', one)).toBe('nobodyWaiting');
  });

  it('policy: the number of calls before missed is the location’s', () => {
    const base = config();
    const policy = { ...base.callingPolicy, callsBeforeMissed: 1 };
    const { office } = waiting(1, createOffice({ config: { ...base, callingPolicy: policy } }));
    const visitId = office.must('callNext', one);
    office.must('markNoShow', one);
    expect(office.visit(visitId).state).toBe('missed');
  });

  it('refuses without a called visit', () => {
    const { office } = waiting(1);
    for (const name of ['recall', 'markArrived', 'markNoShow'] as const) {
      expect(office.refusal(name, one)).toBe('noVisitCalled');
    }
    office.must('callNext', one);
    office.must('markArrived', one);
    for (const name of ['recall', 'markArrived', 'markNoShow'] as const) {
      expect(office.refusal(name, one)).toBe('noVisitCalled');
    }
  });
});

describe('markArrived', () => {
  it('ends the way, begins the service and forgets unanswered calls', () => {
    const { office } = waiting(1);
    const visitId = office.must('callNext', one);
    office.must('recall', one);
    office.wait(2);
    office.must('markArrived', one);
    expect(office.visit(visitId)).toMatchObject({
      state: 'serving',
      call: null,
      counterId: 'counter-1',
      unansweredCalls: 0,
      periods: [{}, { kind: 'way', endedAt: at('09:02') }, { kind: 'serving', startedAt: at('09:02'), endedAt: null }],
    });
  });

  it('O8: of two counters that called the same visitor, cut off from each other, the one where the visitor stands has it', () => {
    const { office, visits } = waiting(1, withSecondCounter());
    office.open('counter-2', 2);
    office.must('callNext', one);
    const callId = office.visit(visits[0]!).call!.callId;
    const arrived = commandId(100);
    office.put('v1.VisitArrived', { commandId: arrived, visitId: visits[0], counterId: 'counter-2' });
    expect(office.visit(visits[0]!)).toMatchObject({ state: 'serving', counterId: 'counter-2' });
    expect(office.counter('counter-1').visitId).toBeNull();
    expect(office.store.commands.get(callId)).toEqual({ status: 'refused', refusal: { type: 'takenByOther' } });
  });

  it('O8: a visit in service is never taken away', () => {
    const { office, visits } = waiting(1, withSecondCounter());
    office.open('counter-2', 2);
    office.must('callNext', one);
    office.must('markArrived', one);
    office.put('v1.VisitArrived', { commandId: commandId(100), visitId: visits[0], counterId: 'counter-2' });
    expect(office.visit(visits[0]!).counterId).toBe('counter-1');
    expect(office.store.commands.get(commandId(100))).toEqual({
      status: 'refused',
      refusal: { type: 'noVisitCalled' },
    });
    expect(office.refusal('callSpecific', { ...two, visitId: visits[0]! })).toBe('takenByOther');
    expect(office.refusal('resume', { ...two, visitId: visits[0]! })).toBe('takenByOther');
    expect(office.refusal('requeue', { ...two, visitId: visits[0]!, place: 'end' })).toBe('takenByOther');
    expect(office.refusal('cancelVisit', { ...two, visitId: visits[0]!, reason: 'left' })).toBe('takenByOther');
    expect(office.refusal('editServices', { ...two, visitId: visits[0]!, serviceIds: ['pickup'] })).toBe(
      'takenByOther',
    );
  });
});

describe('callSpecific', () => {
  it('calls whoever waits, whatever the order says, even within the five minutes', () => {
    const { office, visits } = waiting(2);
    office.must('callSpecific', { ...one, visitId: visits[1]! });
    office.must('markNoShow', one);
    expect(office.must('callSpecific', { ...one, visitId: visits[1]! })).toBe(visits[1]);
  });

  it('brings back a missed visit', () => {
    const { office, visits } = waiting(1);
    office.must('callNext', one);
    office.must('recall', one);
    office.must('recall', one);
    office.must('markNoShow', one);
    office.must('callSpecific', { ...one, visitId: visits[0]! });
    expect(office.visit(visits[0]!)).toMatchObject({ state: 'called', unansweredCalls: 4 });
    office.must('markNoShow', one);
    expect(office.visit(visits[0]!).state).toBe('missed');
  });

  it('refuses unknown, booked, parked and closed visits, and a busy counter', () => {
    const { office, visits } = waiting(2);
    expect(office.refusal('callSpecific', { ...two, visitId: visits[0]! })).toBe('counterNotOpen');
    expect(office.refusal('callSpecific', { ...one, visitId: visitId(9) })).toBe('unknownVisit');
    const booked = office.must('bookAppointment', {
      ...{ code: '1001', serviceIds: ['permit'], startsAt: at('09:00'), partySize: 1, language: 'de' as const },
    });
    expect(office.refusal('callSpecific', { ...one, visitId: booked })).toBe('notCallable');
    office.must('callNext', one);
    expect(office.refusal('callSpecific', { ...one, visitId: visits[1]! })).toBe('visitInProgress');
    office.must('markArrived', one);
    office.must('park', { ...one, reason: 'pays' });
    expect(office.refusal('callSpecific', { ...one, visitId: visits[0]! })).toBe('notCallable');
    office.must('cancelVisit', { ...one, visitId: visits[0]!, reason: 'left' });
    expect(office.refusal('callSpecific', { ...one, visitId: visits[0]! })).toBe('notCallable');
  });
});

describe('walkDirect', () => {
  const visitor = { ...one, serviceIds: ['permit'], language: 'en', partySize: 2 } as const;

  it('Counter: walk-direct draws a number, calls and serves at once', () => {
    const office = createOffice();
    office.open('counter-1', 1);
    const visitId = office.must('walkDirect', visitor);
    expect(office.visit(visitId)).toMatchObject({
      state: 'serving',
      number: { text: 'B001' },
      counterId: 'counter-1',
      origin: { kind: 'counter', counterId: 'counter-1' },
      partySize: 2,
    });
    expect(office.visit(visitId).periods.map(({ kind }) => kind)).toEqual(['waiting', 'way', 'serving']);
  });

  it('refuses a closed or busy counter and unknown services', () => {
    const office = createOffice();
    expect(office.refusal('walkDirect', visitor)).toBe('counterNotOpen');
    office.open('counter-1', 1);
    expect(office.refusal('walkDirect', { ...visitor, serviceIds: ['wedding'] })).toBe('unknownService');
    office.must('walkDirect', visitor);
    expect(office.refusal('walkDirect', visitor)).toBe('visitInProgress');
  });

  it('refuses when the numbers are used up', () => {
    const base = config();
    const span = { first: 5, last: 4 };
    const office = createOffice({
      config: { ...base, series: base.series.map((s) => ({ ...s, main: span, overflow: span })) },
    });
    office.open('counter-1', 1);
    expect(office.refusal('walkDirect', visitor)).toBe('numbersExhausted');
  });
});
