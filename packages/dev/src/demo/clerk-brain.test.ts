import type { CounterDesk, CounterQueue, LocationView, QueueEntry } from '@aufruf/shared/domain/views/view-schemas';
import type { SessionId } from '@aufruf/shared/lib/ids';
import { describe, expect, it } from 'vitest';
import { type ClerkView, countersForClerks, decideClerkMove } from './clerk-brain.ts';

const own = 'demo-session-0001' as SessionId;
const START = 1_577_692_800_000;
const entry = (visitId: string, state: string, extra: Partial<QueueEntry> = {}) =>
  ({
    visitId,
    number: 'A001',
    state,
    serviceIds: ['passport'],
    since: START,
    blocked: null,
    parkReason: null,
    ...extra,
  }) as unknown as QueueEntry;
const view = (desk: Partial<CounterDesk>, queue: Partial<CounterQueue> = {}, seconds = 0, dayStatus = 'open') =>
  ({
    now: START + seconds * 1_000,
    desk: {
      counterId: 'counter-1',
      presence: 'open',
      since: START,
      sessionId: own,
      visit: null,
      calledAt: null,
      announcement: 0,
      servingSince: null,
      ...desk,
    },
    queue: { counterId: 'counter-1', waiting: [], parked: [], missed: [], booked: [], elsewhere: 0, ...queue },
    location: {
      dayStatus,
      counters: [
        { id: 'counter-1', label: '1', serviceIds: ['passport', 'id-card'] },
        { id: 'counter-2', label: '2', serviceIds: ['licence'] },
      ],
    } as unknown as LocationView,
  }) as unknown as ClerkView;

/** The moves of a clerk who is asked every second while the view stays the same. */
const movesOver = (make: (seconds: number) => ClerkView, seconds: number, seed = 1) =>
  Array.from({ length: seconds }, (_, second) => decideClerkMove(make(second), own, seed)).filter(
    (move) => move !== null,
  );
const firstMoves = (make: (visitId: string) => (seconds: number) => ClerkView) =>
  Array.from({ length: 200 }, (_, index) => movesOver(make(`visit-${index}`), 200)[0]);
const countOf = (moves: readonly unknown[]) =>
  Object.fromEntries(
    Object.entries(Object.groupBy(moves as { name: string }[], (move) => move.name)).map(([name, all]) => [
      name,
      all?.length ?? 0,
    ]),
  );

describe('decideClerkMove', () => {
  it('opens a closed counter and leaves one where somebody else sits', () => {
    expect(decideClerkMove(view({ presence: 'closed', sessionId: null }), own, 1)).toEqual({
      name: 'openCounter',
      input: { counterId: 'counter-1', sessionId: own, takeOver: false },
    });
    expect(decideClerkMove(view({ sessionId: 'a-real-clerk-0001' as SessionId }), own, 1)).toBe('leave');
    expect(decideClerkMove(view({}, {}, 0, 'closed'), own, 1)).toBe('leave');
  });

  it('answers the same for the same view', () => {
    const make = (seconds: number) => view({}, { waiting: [entry('visit-1', 'waiting')] }, seconds);
    expect(movesOver(make, 60)).toEqual(movesOver(make, 60));
  });

  it('calls when somebody can be called, after a breath, and not whom it may not call yet', () => {
    const waiting = movesOver((seconds) => view({}, { waiting: [entry('visit-1', 'waiting')] }, seconds), 60);
    expect(new Set(waiting.map((move) => (move as { name: string }).name))).toEqual(new Set(['callNext']));
    const blocked = [entry('visit-1', 'waiting', { blocked: 'calledRecently' })];
    const names = movesOver((seconds) => view({}, { waiting: blocked }, seconds), 300).map(
      (move) => (move as { name: string }).name,
    );
    expect(names).not.toContain('callNext');
  });

  it('lets most visitors come, recalls some and gives up on a few', () => {
    const made = countOf(
      firstMoves(
        (visitId) => (seconds) =>
          view({ visit: entry(visitId, 'called'), calledAt: START, announcement: 1 }, {}, seconds),
      ),
    );
    expect(made.markArrived).toBeGreaterThan(140);
    expect(made.recall).toBeGreaterThan(5);
    const recalled = countOf(
      firstMoves(
        (visitId) => (seconds) =>
          view({ visit: entry(visitId, 'called'), calledAt: START, announcement: 2 }, {}, seconds),
      ),
    );
    expect(recalled.markNoShow).toBeGreaterThan(2);
    expect(recalled.recall).toBeUndefined();
  });

  it('finishes most visits, parks and transfers some, and takes its time', () => {
    const make = (visitId: string) => (seconds: number) =>
      view({ visit: entry(visitId, 'serving'), servingSince: START }, {}, seconds);
    const made = countOf(firstMoves(make));
    expect(made.finish).toBeGreaterThan(120);
    expect(made.park).toBeGreaterThan(5);
    expect(made.transfer).toBeGreaterThan(2);
    expect(movesOver(make('visit-1'), 25)).toEqual([]);
  });

  it('never adds a follow-up to a visit that has more than one service', () => {
    const two = firstMoves((visitId) => (seconds) => {
      const visit = entry(visitId, 'serving', { serviceIds: ['passport', 'id-card'] as never });
      return view({ visit, servingSince: START }, {}, seconds);
    });
    expect(countOf(two).addFollowUp).toBeUndefined();
  });

  it('takes a parked visitor back in time, and ends a break as soon as somebody waits', () => {
    const parked = movesOver((seconds) => view({}, { parked: [entry('visit-1', 'parked')] }, seconds), 120);
    expect(parked[0]).toMatchObject({ name: 'resume', input: { visitId: 'visit-1' } });
    const onBreak = (waiting: QueueEntry[]) => decideClerkMove(view({ presence: 'break' }, { waiting }, 5), own, 1);
    expect(onBreak([])).toBeNull();
    expect(onBreak([entry('visit-1', 'waiting')])).toMatchObject({ name: 'endBreak' });
  });
});

describe('countersForClerks', () => {
  const counter = (sessionId: string | null) => ({ presence: sessionId === null ? 'closed' : 'open', sessionId });
  const isOwn = (sessionId: string) => sessionId.startsWith('demo');
  it('takes at most half and leaves the only one to the person', () => {
    expect(
      countersForClerks(
        Array.from({ length: 12 }, () => counter(null)),
        isOwn,
      ),
    ).toHaveLength(6);
    expect(countersForClerks([counter(null), counter(null)], isOwn)).toHaveLength(1);
    expect(countersForClerks([counter(null)], isOwn)).toHaveLength(0);
    expect(
      countersForClerks(
        Array.from({ length: 100 }, () => counter(null)),
        isOwn,
      ),
    ).toHaveLength(8);
  });
  it('leaves counters alone where somebody sits, and goes back to its own', () => {
    const counters = [counter('a-person'), counter('demo-1'), counter('a-person'), counter(null)];
    expect(countersForClerks(counters, isOwn)).toEqual([counter('demo-1'), counter(null)]);
  });
});
