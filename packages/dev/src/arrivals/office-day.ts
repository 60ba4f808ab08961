/**
 * Turns an office's snapshots of one day into what must have happened between them: when each visitor came, when each
 * number was called, how many counters were open. Deterministic.
 *
 * Last drawn number = current number + waiting. Its growth from one snapshot to the next is the arrivals in between,
 * spread evenly. It never shrinks: when fewer wait than the numbers say, somebody left, and nobody came.
 * Tickets are counted from 1 within the queue and day, whatever number the office's range begins with (E401, G601).
 */

import { believableGrowth, ownRuns, type Reading } from './number-run.ts';
import type { OfficeDayRows } from './read-snapshots.ts';
import type { Snapshot } from './snapshot-row.ts';

const MINUTE_MS = 60_000;
/** Who waits at the first snapshot of the day came within this time before it. */
const BEFORE_FIRST_SNAPSHOT_MIN = 30;
/** Offices' ranges begin at a full hundred: 1, 401, 601. */
const RANGE_STEP = 100;

export interface QueueDay {
  readonly queueId: string;
  /** The letter its own numbers bear; null when it called nobody. */
  readonly letter: string | null;
  /** When each ticket was drawn, ms since local midnight; entry k is ticket k + 1. Ascending. */
  readonly arrivals: readonly number[];
  /** When each ticket was called, same order; shorter when some were never called. Ascending. */
  readonly calls: readonly number[];
  /** Open counters as reported; each holds until the next. */
  readonly openCounters: readonly { readonly atMin: number; readonly count: number }[];
  /** People waiting as reported; each holds until the next. */
  readonly waiting: readonly { readonly atMin: number; readonly count: number }[];
  /** Minutes the office's system assumes for one service; 0 = unknown. */
  readonly configuredServiceMin: number;
  /** Snapshots whose called number did not belong to the queue's own run. */
  readonly strayReadings: number;
}

export interface OfficeDay {
  readonly office: string;
  readonly fileDate: string;
  readonly trueDate: string;
  /** First and last snapshot, minutes since local midnight. */
  readonly fromMin: number;
  readonly toMin: number;
  /** Ordered by queue id, numerically where they are numbers. */
  readonly queues: readonly QueueDay[];
}

/** `count` moments spread evenly over (fromMin, toMin], in whole ms. */
function spread(count: number, fromMin: number, toMin: number): number[] {
  const spanMs = (toMin - fromMin) * MINUTE_MS;
  return Array.from({ length: count }, (_, index) =>
    Math.round(fromMin * MINUTE_MS + ((index + 0.5) / count) * spanMs),
  );
}

/** The letter with most different numbers; ties go to the smaller letter. */
function ownLetter(rows: readonly Snapshot[]): string | null {
  const numbers = new Map<string, Set<number>>();
  for (const { called } of rows)
    if (called !== null) numbers.set(called.letter, (numbers.get(called.letter) ?? new Set()).add(called.value));
  const ranked = [...numbers].sort(([a, x], [b, y]) => y.size - x.size || (a < b ? -1 : 1));
  return ranked[0]?.[0] ?? null;
}

/** How many tickets had been called at each reading of the queue's own runs, all laps together. */
function calledCounts(runs: readonly (readonly Reading[])[], firstMin: number): ReadonlyMap<number, number> {
  const counts = new Map<number, number>();
  let before = 0;
  for (const [lap, run] of runs.entries()) {
    const first = run[0];
    const last = run.at(-1);
    if (first === undefined || last === undefined) continue;
    const hundred = Math.floor((first.value - 1) / RANGE_STEP) * RANGE_STEP;
    const minutes = first.atMin - (firstMin - BEFORE_FIRST_SNAPSHOT_MIN);
    const stale = lap === 0 && runs.length === 1 && first.atMin === firstMin && first.value === last.value;
    const base = stale ? first.value : believableGrowth(first.value - hundred, minutes) ? hundred : first.value - 1;
    for (const reading of run) counts.set(reading.atMin, before + reading.value - base);
    before += last.value - base;
  }
  return counts;
}

function queueDay(queueId: string, rows: readonly Snapshot[], officeMinutes: readonly number[]): QueueDay {
  const firstMin = officeMinutes[0] ?? 0;
  const letter = ownLetter(rows);
  const readings = rows.flatMap(({ atMin, called }) =>
    called !== null && called.letter === letter ? [{ atMin, value: called.value }] : [],
  );
  const runs = ownRuns(readings);
  const counts = calledCounts(runs, firstMin);

  /** The office's snapshot before this one: an empty queue is not in the data, but the office reported. */
  const before = (atMin: number) =>
    officeMinutes.findLast((minute) => minute < atMin) ?? firstMin - BEFORE_FIRST_SNAPSHOT_MIN;

  const arrivals: number[] = [];
  const calls: number[] = [];
  let called = 0;
  let calledMin = before(rows[0]?.atMin ?? firstMin);
  for (const row of rows) {
    const now = counts.get(row.atMin);
    if (now !== undefined) {
      calls.push(...spread(now - called, calledMin, row.atMin));
      called = now;
    }
    // A stray reading does not tell how far the own run had come by then; no number at all does.
    if (now !== undefined || row.called === null) calledMin = row.atMin;
    const drawn = called + row.waiting;
    if (drawn > arrivals.length) arrivals.push(...spread(drawn - arrivals.length, before(row.atMin), row.atMin));
  }
  const steps = (pick: (row: Snapshot) => number) =>
    rows
      .map((row) => ({ atMin: row.atMin, count: pick(row) }))
      .filter((step, index, all) => index === 0 || step.count !== all[index - 1]?.count);
  return {
    queueId,
    letter,
    arrivals,
    calls,
    openCounters: steps((row) => row.openCounters),
    waiting: steps((row) => row.waiting),
    configuredServiceMin: rows[0]?.configuredServiceMin ?? 0,
    strayReadings: rows.filter((row) => row.called !== null).length - runs.flat().length,
  };
}

export function reconstructOfficeDay(day: OfficeDayRows): OfficeDay {
  const officeMinutes = [...new Set(day.rows.map((row) => row.atMin))].sort((a, b) => a - b);
  const rowsByQueue = Map.groupBy(day.rows, (row) => row.queueId);
  const queueIds = [...rowsByQueue.keys()].sort((a, b) => Number(a) - Number(b) || (a < b ? -1 : 1));
  return {
    office: day.office,
    fileDate: day.fileDate,
    trueDate: day.trueDate,
    fromMin: officeMinutes[0] ?? 0,
    toMin: officeMinutes.at(-1) ?? 0,
    queues: queueIds.map((id) => queueDay(id, rowsByQueue.get(id) ?? [], officeMinutes)),
  };
}

/** What the recorded day says about waiting, in whole ms; tickets never called do not count. */
export function recordedWaits(queues: readonly QueueDay[]): { readonly meanMs: number; readonly longestMs: number } {
  const waits = queues.flatMap((queue) =>
    queue.calls.map((calledAt, index) => Math.max(0, calledAt - (queue.arrivals[index] ?? calledAt))),
  );
  if (waits.length === 0) return { meanMs: 0, longestMs: 0 };
  return {
    meanMs: Math.round(waits.reduce((sum, wait) => sum + wait, 0) / waits.length),
    longestMs: waits.reduce((most, wait) => Math.max(most, wait), 0),
  };
}
