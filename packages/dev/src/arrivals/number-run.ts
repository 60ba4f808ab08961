/**
 * Finds, among the numbers a queue showed during a day, the run that is its own: numbers that rise at a believable
 * pace. What does not belong to it is skipped: single falls (an earlier number called again), foreign letters (a
 * visitor sent over from another queue), and jumps into another span (901 ... for reservations) and back.
 *
 * A run that begins below the end of the one before it (998, 999, 1, 2 ...) is the same queue on its next lap.
 */
export interface Reading {
  /** Minutes since local midnight; readings are in order of time. */
  readonly atMin: number;
  readonly value: number;
}

/** A queue cannot call more than this many numbers a minute, plus a few at once. */
const MAX_CALLS_PER_MIN = 5;
const MAX_CALLS_AT_ONCE = 20;
/** A run besides the longest counts as a lap of its own only if it shows so many different numbers. */
const MIN_LAP_NUMBERS = 3;

/** Whether a queue can have come this far in this time. */
export const believableGrowth = (numbers: number, minutes: number): boolean =>
  numbers <= MAX_CALLS_AT_ONCE + MAX_CALLS_PER_MIN * minutes;

/** The chain of readings with most rises (then most readings) that never falls and never leaps. */
function longestRun(readings: readonly Reading[]): { readonly run: readonly Reading[]; readonly rises: number } {
  interface Best {
    readonly rises: number;
    readonly length: number;
    readonly before: number;
  }
  const best: Best[] = [];
  let end = -1;
  const better = (a: Best, b: Best | undefined) =>
    b === undefined || a.rises > b.rises || (a.rises === b.rises && a.length > b.length);
  for (const [index, reading] of readings.entries()) {
    let here: Best = { rises: 0, length: 1, before: -1 };
    for (let earlier = 0; earlier < index; earlier += 1) {
      const from = readings[earlier];
      const so = best[earlier];
      if (from === undefined || so === undefined || from.value > reading.value) continue;
      if (!believableGrowth(reading.value - from.value, reading.atMin - from.atMin)) continue;
      const next = { rises: so.rises + (reading.value > from.value ? 1 : 0), length: so.length + 1, before: earlier };
      if (better(next, here)) here = next;
    }
    best.push(here);
    if (end < 0 || better(here, best[end])) end = index;
  }
  const run: Reading[] = [];
  for (let at = end; at >= 0; at = best[at]?.before ?? -1) {
    const reading = readings[at];
    if (reading !== undefined) run.unshift(reading);
  }
  return { run, rises: best[end]?.rises ?? 0 };
}

/** The queue's own runs, in order of time: one, or several laps. Empty without readings. */
export function ownRuns(readings: readonly Reading[]): readonly (readonly Reading[])[] {
  const { run } = longestRun(readings);
  const first = run[0];
  const last = run.at(-1);
  if (first === undefined || last === undefined) return [];
  const isLap = (rises: number) => rises >= MIN_LAP_NUMBERS - 1;

  const before = readings.slice(0, readings.indexOf(first));
  const earlier = longestRun(before);
  const earlierLaps = isLap(earlier.rises) && (earlier.run.at(-1)?.value ?? 0) > first.value ? ownRuns(before) : [];

  const after = readings.slice(readings.indexOf(last) + 1);
  const later = longestRun(after);
  const laterLaps = isLap(later.rises) && (later.run[0]?.value ?? 0) < last.value ? ownRuns(after) : [];
  return [...earlierLaps, run, ...laterLaps];
}
