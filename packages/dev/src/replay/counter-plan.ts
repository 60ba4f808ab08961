/**
 * Shares a limited number of counters out among an office's queues. A queue has counters of its own while they last;
 * with more queues than counters, the least busy queues share some, the load spread as evenly as it goes.
 */
import type { QueueDay } from '../arrivals/office-day.ts';
import { fitQueue, type QueueFit, type Span } from './queue-fit.ts';

/** Of a limited number of counters, one in so many is shared when there are more queues than counters. */
const SHARED_ONE_IN = 3;

export interface PlannedCounter {
  readonly queueIds: readonly string[];
  /** While nobody staffs it; ms since local midnight. */
  readonly absences: readonly Span[];
}

export interface CounterPlan {
  readonly counters: readonly PlannedCounter[];
  /** Mean time from call to finish by queue, ms. */
  readonly serviceMs: ReadonlyMap<string, number>;
}

export function planCounters(
  queues: readonly QueueDay[],
  fromMin: number,
  toMin: number,
  maxCounters: number,
): CounterPlan {
  const fitOf = (queue: QueueDay, most: number): [string, QueueFit] => [
    queue.queueId,
    fitQueue(queue, fromMin, toMin, most),
  ];
  const fits = new Map(queues.map((queue) => fitOf(queue, maxCounters)));
  const total = () => [...fits.values()].reduce((sum, { counters }) => sum + counters, 0);
  // One after the other comes down from the tallest: everybody keeps one while anybody has more.
  while (total() > maxCounters) {
    const tallest = queues.reduce((best, queue) => {
      const [here, there] = [fits.get(queue.queueId), fits.get(best.queueId)];
      const taller = (here?.counters ?? 0) - (there?.counters ?? 0) || (there?.load ?? 0) - (here?.load ?? 0);
      return taller > 0 ? queue : best;
    });
    const counters = fits.get(tallest.queueId)?.counters ?? 1;
    if (counters <= 1) break;
    fits.set(...fitOf(tallest, counters - 1));
  }

  const byLoad = [...fits].sort(([a, x], [b, y]) => y.load - x.load || (a < b ? -1 : 1));
  const shared = total() > maxCounters ? Math.max(1, Math.floor(maxCounters / SHARED_ONE_IN)) : 0;
  const owners = shared > 0 ? byLoad.slice(0, maxCounters - shared) : byLoad;
  const sharers = byLoad.slice(owners.length);

  const pools = Array.from({ length: shared }, () => ({ queueIds: [] as string[], load: 0 }));
  for (const [queueId, fit] of sharers) {
    const idlest = pools.reduce((best, pool) => (pool.load < best.load ? pool : best));
    idlest.queueIds.push(queueId);
    idlest.load += fit.load;
  }
  return {
    counters: [
      ...owners.flatMap(([queueId, fit]) => fit.absences.map((absences) => ({ queueIds: [queueId], absences }))),
      ...pools.map(({ queueIds }) => ({ queueIds, absences: [] })),
    ],
    serviceMs: new Map([...fits].map(([queueId, fit]) => [queueId, fit.serviceMs])),
  };
}
