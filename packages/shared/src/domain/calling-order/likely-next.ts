/**
 * Who is likely next in a waiting room with several counters. Each counter takes the first of its own calling order,
 * once each before any takes a second, and the numbers of a round are shown in calling order. So a number that a free
 * counter would call is not hidden behind six others that wait for a busy one.
 */
import type { EpochMs } from '../../lib/time.ts';
import type { CallingPolicy } from '../location-config/schema.ts';
import type { Visit } from '../visit/visit.ts';
import { compareRanked, createRanking, type Ranked, type ServingCounter } from './rank.ts';

/** At most `limit` visits that "next" may call now. Costs a pass over `waiting` for each counter and round. */
export function likelyNext(
  now: EpochMs,
  waiting: readonly Visit[],
  counters: readonly ServingCounter[],
  policy: CallingPolicy,
  limit: number,
): readonly Visit[] {
  const rankings = counters.map((counter) => createRanking(now, counter, policy));
  const taken = new Set<Visit>();
  const next: Visit[] = [];
  while (next.length < limit) {
    const round: Ranked[] = [];
    for (const rankOf of rankings) {
      const best = firstFree(waiting, taken, rankOf);
      if (best === null) continue;
      taken.add(best.visit);
      round.push(best);
    }
    if (round.length === 0) break;
    next.push(...round.sort(compareRanked).map(({ visit }) => visit));
  }
  return next.slice(0, limit);
}

function firstFree(
  waiting: readonly Visit[],
  taken: ReadonlySet<Visit>,
  rankOf: (visit: Visit) => Ranked | null,
): Ranked | null {
  let best: Ranked | null = null;
  for (const visit of waiting) {
    if (taken.has(visit)) continue;
    const ranked = rankOf(visit);
    if (ranked?.blocked === null && (best === null || compareRanked(ranked, best) < 0)) best = ranked;
  }
  return best;
}
