/**
 * Who is called next at a counter, and why: one pure function, the same answer on every device.
 *
 * In the list are the visits in `waiting` whose open part this counter serves; parked, missed, called and served visits
 * never are. Each visit has a time `t`: when it queued, or its appointment's time if that is later. The order is
 *
 *   1. rank   2. `t` less the visit's head start   3. when it queued   4. the row of the log that queued it.
 *
 * Ranks, for the counter's primary services and after them for its fallback services ("served when nobody waits for a
 * primary service", so a fallback's priority counts among fallbacks only):
 * - front: priority 1 and 2, punctual appointments, and everybody who has waited `agingAfterMin`;
 * - rear: other walk-ins, and appointments that checked in more than `appointmentLateMin` after their time.
 *
 * "First" is a matter of time too, which is why nobody starves: priority 1 counts as if it had queued
 * PRIORITY_HEAD_START x `agingAfterMin` earlier (by default 3 hours: it stands before everybody who has not waited
 * 3 hours longer); a visit reserved for this counter as if it had queued `agingAfterMin` earlier, which makes it first
 * in the rear (nobody there has waited that long) and, in the front, first among those who have not waited that much
 * longer. A fallback visit that has waited OVERDUE x `agingAfterMin` counts as primary.
 *
 * Nobody starves, precisely: let A = `agingAfterMin`. A visit that a counter serves and that is not blocked stands in
 * the front of that counter's list from t + 2A on, and from then on only visits that queued before t + 5A can stand
 * before it: every later one has a later key. So it is called no later than all those are, however many more come, at
 * whatever priority. The ratio rests while anybody is overdue, so it cannot break this.
 */
import type { EpochMs } from '../../lib/time.ts';
import type { CallingPolicy } from '../location-config/schema.ts';
import type { BlockReason, PlaceReason } from '../views/view-schemas.ts';
import type { Visit } from '../visit/visit.ts';
import { compareRanked, createRanking, RANKS, type Ranked, type ServingCounter } from './rank.ts';

/** What the calling order must know of a counter: its services, and its last calls for the policy's ratio. */
export interface CallingCounter extends ServingCounter {
  readonly appointmentsInARow: number;
}

export interface Place {
  readonly visit: Visit;
  readonly reason: PlaceReason;
  /** Why "next" passes it over for now; null = it may be called. */
  readonly blocked: BlockReason | null;
  /** When the block ends by itself; null = not blocked, or it does not end by itself. */
  readonly blockedUntil: EpochMs | null;
}

/**
 * All visits waiting for this counter, in calling order; those that "next" passes over for now stand at the end, in the
 * same order among themselves. The order of `visits` does not matter.
 */
export function callingOrder(
  now: EpochMs,
  visits: Iterable<Visit>,
  counter: CallingCounter,
  policy: CallingPolicy,
): readonly Place[] {
  const rankOf = createRanking(now, counter, policy);
  const free: Ranked[] = [];
  const blocked: Ranked[] = [];
  for (const visit of visits) {
    const ranked = rankOf(visit);
    if (ranked !== null) (ranked.blocked === null ? free : blocked).push(ranked);
  }
  free.sort(compareRanked);
  blocked.sort(compareRanked);
  return [...applyRatio(free, counter.appointmentsInARow, policy), ...blocked].map(toPlace);
}

/** The place that "next" calls: the first that is not blocked. */
export const nextPlace = (places: readonly Place[]): Place | null => places.find((p) => p.blocked === null) ?? null;

const toPlace = ({ visit, reason, blocked, blockedUntil }: Ranked): Place => ({ visit, reason, blocked, blockedUntil });

/**
 * The policy's ratio: after `walkInAtLeastEvery` - 1 appointments in a row, the first walk-in comes next. It never
 * jumps over priority 1, never lifts a fallback service above a primary one, and rests while anybody is overdue.
 */
function applyRatio(free: readonly Ranked[], appointmentsInARow: number, policy: CallingPolicy): readonly Ranked[] {
  const every = policy.walkInAtLeastEvery;
  const head = free[0];
  if (every === 0 || appointmentsInARow < every - 1 || head === undefined) return free;
  if (head.visit.access === 'walkIn' || head.visit.priority === 1 || free.some((place) => place.overdue)) return free;
  const lastRank = head.rank <= RANKS.rear ? RANKS.rear : RANKS.fallbackRear;
  const index = free.findIndex((place) => place.visit.access === 'walkIn' && place.rank <= lastRank);
  const walkIn = free[index];
  if (walkIn === undefined) return free;
  return [{ ...walkIn, reason: 'ratioWalkIn' }, ...free.slice(0, index), ...free.slice(index + 1)];
}
