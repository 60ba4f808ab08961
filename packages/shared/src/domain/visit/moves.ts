/**
 * Moves of a visit from one state to another, as values: each returns the visit as it is afterwards, one revision on.
 * They trust that the move is allowed; the evolvers beside this file check that first.
 */
import type { CounterId } from '../../lib/ids.ts';
import type { EpochMs } from '../../lib/time.ts';
import { endPeriod, nextPeriod } from './periods.ts';
import type { CancelReason, Visit, VisitPart } from './visit.ts';

/** The visit with `patch`, one revision on. Every change of a visit goes through here. */
export const changeVisit = (visit: Visit, patch: Partial<Omit<Visit, 'id' | 'revision'>>): Visit => ({
  ...visit,
  ...patch,
  revision: visit.revision + 1,
});

/** Whom no counter holds, and who is not parked. */
const loose = { call: null, counterId: null, parkReason: null } as const;

/** Back to the queue, at the place it has: whoever wants another place patches `queuedAt` and `queuedRow`. */
export const toWaiting = (visit: Visit, at: EpochMs, patch: Partial<Visit> = {}): Visit => {
  const next = { ...visit, ...patch };
  return changeVisit(next, { ...loose, state: 'waiting', periods: nextPeriod(next, 'waiting', at, null) });
};

export const toServing = (visit: Visit, at: EpochMs, counterId: CounterId): Visit =>
  changeVisit(visit, {
    ...loose,
    state: 'serving',
    counterId,
    // The visitor was seen, and the counter it was kept for has it.
    unansweredCalls: 0,
    reservedFor: null,
    periods: nextPeriod(visit, 'serving', at, counterId),
  });

export const toMissed = (visit: Visit, at: EpochMs): Visit =>
  changeVisit(visit, { ...loose, state: 'missed', periods: nextPeriod(visit, 'missed', at, null) });

/** A checked-in appointment whose number became void: booked again, as if nobody had come. */
export const toBooked = (visit: Visit): Visit =>
  changeVisit(visit, {
    ...loose,
    state: 'booked',
    number: null,
    origin: { kind: 'portal' },
    arrivedAt: null,
    queuedAt: null,
    queuedRow: 0,
    unansweredCalls: 0,
    lastCalledAt: null,
    handedOver: false,
    periods: [],
  });

const dropOpenParts = (parts: readonly VisitPart[]): readonly VisitPart[] =>
  parts.map((part) => (part.state === 'open' ? { ...part, state: 'dropped' } : part));

const close = (visit: Visit, at: EpochMs, patch: Partial<Visit>): Visit =>
  changeVisit(visit, { ...loose, parts: dropOpenParts(visit.parts), periods: endPeriod(visit.periods, at), ...patch });

export const toCancelled = (visit: Visit, at: EpochMs, cancelReason: CancelReason): Visit =>
  close(visit, at, { state: 'cancelled', cancelReason });

export const toExpired = (visit: Visit, at: EpochMs): Visit => close(visit, at, { state: 'expired' });

export const toFinished = (
  visit: Visit,
  at: EpochMs,
  end: { readonly outcome: NonNullable<Visit['outcome']>; readonly parts: readonly VisitPart[] },
): Visit => close(visit, at, { state: 'finished', ...end });
