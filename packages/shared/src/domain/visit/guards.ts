/**
 * Whether something may happen to a visit or at a counter. Deciders ask before they make a fact, evolvers ask again
 * when the fact's turn in the order comes: the same questions, so that what was decided on the same state always fits.
 */
import type { CounterId, ServiceId } from '../../lib/ids.ts';
import type { CounterState } from '../counter/counter.ts';
import type { DayReader } from '../day/day-draft.ts';
import { isClosed, type Visit } from './visit.ts';

/** A new visit can be called to a counter only if a clerk is there and free. */
export function whyCounterCannotTake(counter: CounterState): 'counterNotOpen' | 'visitInProgress' | null {
  if (counter.presence !== 'open') return 'counterNotOpen';
  return counter.visitId === null ? null : 'visitInProgress';
}

/** The visit this counter called and nobody has answered yet. */
export function calledAt(day: DayReader, counterId: CounterId): Visit | null {
  const visit = heldAt(day, counterId);
  return visit?.state === 'called' ? visit : null;
}

/** The visit in service at this counter. */
export function servedAt(day: DayReader, counterId: CounterId): Visit | null {
  const visit = heldAt(day, counterId);
  return visit?.state === 'serving' ? visit : null;
}

function heldAt(day: DayReader, counterId: CounterId): Visit | null {
  const { visitId } = day.counter(counterId);
  return visitId === null ? null : (day.visit(visitId) ?? null);
}

/** Called to or served at another counter. */
export const isHeldByOther = (visit: Visit, counterId: CounterId | null): boolean =>
  visit.counterId !== null && visit.counterId !== counterId;

/** By typed number: waiting and missed visits. Parked ones are resumed, booked ones check in. */
export function whyNotCallable(visit: Visit): 'takenByOther' | 'notCallable' | null {
  if (visit.counterId !== null) return 'takenByOther';
  return visit.state === 'waiting' || visit.state === 'missed' ? null : 'notCallable';
}

export function whyNotResumable(visit: Visit): 'takenByOther' | 'notParked' | null {
  if (visit.counterId !== null) return 'takenByOther';
  return visit.state === 'parked' ? null : 'notParked';
}

/** Missed and parked visits by anybody; a called or served one by the counter that has it. */
export function whyNotRequeueable(visit: Visit, counterId: CounterId): 'takenByOther' | 'notRequeueable' | null {
  if (isHeldByOther(visit, counterId)) return 'takenByOther';
  const { state } = visit;
  return state === 'missed' || state === 'parked' || state === 'called' || state === 'serving'
    ? null
    : 'notRequeueable';
}

/** `counterId` null: not a clerk's wish. */
export function whyNotCancellable(visit: Visit, counterId: CounterId | null): 'takenByOther' | 'visitClosed' | null {
  if (isClosed(visit)) return 'visitClosed';
  return isHeldByOther(visit, counterId) ? 'takenByOther' : null;
}

/** Whether a counter serves a service, as primary or fallback. */
export const servesService = (
  counter: { readonly primaryServiceIds: readonly ServiceId[]; readonly fallbackServiceIds: readonly ServiceId[] },
  serviceId: ServiceId,
): boolean => counter.primaryServiceIds.includes(serviceId) || counter.fallbackServiceIds.includes(serviceId);
