/**
 * Shares a limited number of counters out among an office's queues. A queue has counters of its own while they last;
 * with more queues than counters, the least busy queues share some, the load spread as evenly as it goes.
 */
import type { QueueDay } from '../arrivals/office-day.ts';
import { calibrateServiceMs } from './calibrate.ts';
import { BRISK_MS, fitQueue, type QueueFit, type Span } from './queue-fit.ts';

/** A queue that fills a counter to less than this part is quiet. */
const QUIET_LOAD = 0.5;
/** Shared counters are kept busy to this part of their time. */
const SHARED_LOAD = 0.7;

/** A shared counter cannot be busier than all of its time. */
const FULL_LOAD = 0.9;

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
  const fitOf = (queue: QueueDay, most: number) => fitQueue(queue, fromMin, toMin, most);
  const byId = new Map(queues.map((queue) => [queue.queueId, queue]));
  const own = new Map(queues.map((queue): [string, QueueFit] => [queue.queueId, fitOf(queue, maxCounters)]));
  const total = () => [...own.values()].reduce((sum, { counters }) => sum + counters, 0);

  const shared = new Map<string, QueueFit>();
  const pools = () => {
    const load = [...shared.values()].reduce((sum, fit) => sum + fit.load, 0);
    return shared.size === 0 ? 0 : Math.max(1, Math.ceil(load / SHARED_LOAD));
  };
  const isTooMany = () => total() + pools() > maxCounters;

  /** Takes a counter from the queue whose clerks have most time; false when none has two, or all would have to hurry. */
  function takeOne(leastMs: number): boolean {
    const fewer = [...own].flatMap(([queueId, fit]) => {
      const queue = byId.get(queueId);
      return queue === undefined || fit.counters <= 1 ? [] : [{ queueId, fit: fitOf(queue, fit.counters - 1) }];
    });
    const slowest = fewer.sort((a, b) => b.fit.serviceMs - a.fit.serviceMs || (a.queueId < b.queueId ? -1 : 1))[0];
    if (slowest === undefined || slowest.fit.serviceMs < leastMs) return false;
    own.set(slowest.queueId, slowest.fit);
    return true;
  }
  /** Makes the quietest queue share; false when it is busier than that. */
  function shareOne(mostLoad: number): boolean {
    const quietest = [...own].sort(([a, x], [b, y]) => x.load - y.load || (a < b ? -1 : 1))[0];
    const queue = byId.get(quietest?.[0] ?? '');
    if (quietest === undefined || queue === undefined || quietest[1].load > mostLoad) return false;
    own.delete(queue.queueId);
    shared.set(queue.queueId, fitOf(queue, 1));
    return true;
  }

  // Each step only as long as there are too many counters, and the gentlest first.
  while (isTooMany() && takeOne(BRISK_MS));
  while (isTooMany() && shareOne(QUIET_LOAD));
  while (isTooMany() && takeOne(0));
  while (isTooMany() && shareOne(Number.POSITIVE_INFINITY));

  const sharedOnes = sharedCounters(shared, Math.min(pools(), Math.max(1, maxCounters - total())));
  const serviceMs = new Map<string, number>();
  for (const [queueId, fit] of own) {
    const queue = byId.get(queueId);
    if (queue !== undefined) serviceMs.set(queueId, calibrateServiceMs(queue, fit));
  }
  for (const { queueIds, load } of sharedOnes)
    for (const queueId of queueIds) {
      // Far too few counters: their clerks hurry, or the day would not end.
      const fitted = shared.get(queueId)?.serviceMs ?? 0;
      serviceMs.set(queueId, Math.round(fitted * Math.min(1, FULL_LOAD / load)));
    }
  return {
    counters: [
      ...[...own].flatMap(([queueId, fit]) => fit.absences.map((absences) => ({ queueIds: [queueId], absences }))),
      ...sharedOnes.map(({ queueIds }) => ({ queueIds, absences: [] })),
    ],
    serviceMs,
  };
}

/** Spreads queues over counters, the load as evenly as it goes: the busiest first, each to the idlest. */
function sharedCounters(
  queues: ReadonlyMap<string, QueueFit>,
  count: number,
): readonly { readonly queueIds: readonly string[]; readonly load: number }[] {
  const counters = Array.from({ length: count }, () => ({ queueIds: [] as string[], load: 0 }));
  const busiestFirst = [...queues].sort(([a, x], [b, y]) => y.load - x.load || (a < b ? -1 : 1));
  for (const [queueId, { load }] of busiestFirst) {
    const idlest = counters.reduce((best, counter) => (counter.load < best.load ? counter : best));
    idlest.queueIds.push(queueId);
    idlest.load += load;
  }
  return counters.filter(({ queueIds }) => queueIds.length > 0);
}
