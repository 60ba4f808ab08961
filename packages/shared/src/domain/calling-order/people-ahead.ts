/**
 * "How many people are before me?", in the sense a citizen means it: at the counter where my turn comes first, how many
 * are called before me. 0 = somebody's next call is this visit.
 *
 * Plain on purpose: it counts places, not minutes. For a visit that "next" passes over for now (called a moment ago,
 * appointment not due yet) it tells the place it has once the block ends. The policy's ratio is left out, so a walk-in
 * may be called one place earlier than shown, never later.
 */
import type { EpochMs } from '../../lib/time.ts';
import type { CallingPolicy } from '../location-config/schema.ts';
import type { Visit } from '../visit/visit.ts';
import { compareRanked, createRanking, type Ranked, type ServingCounter } from './rank.ts';

/** Null if the visit waits for none of these counters. Costs one pass over `visits` for each set of services. */
export function peopleAhead(
  now: EpochMs,
  visit: Visit,
  visits: Iterable<Visit>,
  counters: readonly ServingCounter[],
  policy: CallingPolicy,
): number | null {
  const waiting = [...visits].filter((other) => other.state === 'waiting' && other.id !== visit.id);
  let fewest: number | null = null;
  for (const counter of alikeOnlyOnce(counters, visit, waiting)) {
    const rankOf = createRanking(now, counter, policy);
    const own = rankOf(visit);
    if (own === null || own.blocked === 'reservedForOther') continue;
    let ahead = 0;
    for (const other of waiting) {
      const ranked = rankOf(other);
      if (ranked !== null && countsBefore(ranked, own)) ahead += 1;
    }
    if (fewest === null || ahead < fewest) fewest = ahead;
  }
  return fewest;
}

function countsBefore(other: Ranked, own: Ranked): boolean {
  if (other.blocked === 'reservedForOther' || (other.blocked !== null && own.blocked === null)) return false;
  return compareRanked(other, own) < 0;
}

/** Counters with the same services have the same list, unless a visit is reserved for one of them. */
function alikeOnlyOnce(
  counters: readonly ServingCounter[],
  visit: Visit,
  waiting: readonly Visit[],
): readonly ServingCounter[] {
  const reserving = new Set([visit, ...waiting].map((other) => other.reservedFor));
  const byServices = new Map<string, ServingCounter>();
  for (const counter of counters) {
    const services = `${counter.primaryServiceIds.join()}|${counter.fallbackServiceIds.join()}`;
    const key = reserving.has(counter.id) ? `${counter.id}|${services}` : services;
    if (!byServices.has(key)) byServices.set(key, counter);
  }
  return [...byServices.values()];
}
