/**
 * Ticket numbers of one day (rules N1, N2, X2): the hub draws the next one of the main span, then of its half of the
 * overflow span; who else gives numbers, and which, is said in `lanes.ts`.
 * A number is used once a day; a void one is never given again.
 *
 * Used numbers are kept as spans, so that asking for one and adding one cost the same at 8 o'clock and at 18 o'clock.
 */

import type { SeriesState, UsedSpan } from '../day/day-state.ts';
import type { NumberSeries } from '../location-config/schema.ts';
import type { TicketNumber } from '../visit/visit.ts';

/** Index of the first span that ends at `value` or later; `used.length` if there is none. */
function spanAtOrAfter(used: readonly UsedSpan[], value: number): number {
  let low = 0;
  let high = used.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((used[middle]?.last ?? 0) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

export function isUsed(used: readonly UsedSpan[], value: number): boolean {
  const span = used[spanAtOrAfter(used, value)];
  return span !== undefined && span.first <= value;
}

/** The spans with `value` added. `value` must not be used yet. */
export function addUsed(used: readonly UsedSpan[], value: number): readonly UsedSpan[] {
  const index = spanAtOrAfter(used, value);
  const before = used[index - 1];
  const after = used[index];
  const joinsBefore = before?.last === value - 1;
  const joinsAfter = after?.first === value + 1;
  const first = joinsBefore ? before.first : value;
  const last = joinsAfter ? after.last : value;
  return [
    ...used.slice(0, joinsBefore ? index - 1 : index),
    { first, last },
    ...used.slice(joinsAfter ? index + 1 : index),
  ];
}

/** Lowest unused value above `last` within the span, or null. */
export function nextInSpan(span: UsedSpan, last: number, used: readonly UsedSpan[]): number | null {
  let value = Math.max(span.first, last + 1);
  for (let i = spanAtOrAfter(used, value); (used[i]?.first ?? Infinity) <= value; i++)
    value = (used[i]?.last ?? value) + 1;
  return value <= span.last ? value : null;
}

/** What is printed, shown and spoken: the series' letter and the padded digits, `B007`. */
export const numberText = (series: NumberSeries, value: number): string =>
  series.prefix + String(value).padStart(series.digits, '0');

/** Part of the overflow span that the hub gives from: the first half, the middle one included. */
export function hubOverflow({ overflow: { first, last } }: NumberSeries): UsedSpan {
  return { first, last: Math.floor((first + last) / 2) };
}

/**
 * The number the hub gives next, with so many before it left free in the span it is from; null when its lane is used up.
 * Draws nothing: the fact that names it does.
 */
export function nextNumber(
  series: NumberSeries,
  state: SeriesState | undefined,
  leavesFree: (span: UsedSpan) => number = () => 0,
): TicketNumber | null {
  const used = state?.used ?? [];
  const next = (span: UsedSpan, last: number): number | null =>
    nextInSpan(span, Math.max(last, span.first - 1) + leavesFree(span), used);
  const value = next(series.main, state?.lastMain ?? 0) ?? next(hubOverflow(series), state?.lastOverflow ?? 0);
  return value === null ? null : { seriesId: series.id, value, text: numberText(series, value) };
}

const contains = (span: UsedSpan | undefined, value: number): boolean =>
  span !== undefined && span.first <= value && value <= span.last;

/**
 * The series after `number` was given, by whatever lane; null if it was given before. `config` is null when the
 * series has left the configuration meanwhile: a number that somebody holds in hand counts all the same (rule O5).
 */
export function useNumber(
  number: TicketNumber,
  state: SeriesState | undefined,
  config: NumberSeries | null,
): SeriesState | null {
  const { lastMain, lastOverflow, issued, used } = state ?? { lastMain: 0, lastOverflow: 0, issued: 0, used: [] };
  if (isUsed(used, number.value)) return null;
  return {
    id: number.seriesId,
    lastMain: contains(config?.main, number.value) ? Math.max(lastMain, number.value) : lastMain,
    // Counters alone give from the other half, which does not move the hub on.
    lastOverflow: contains(config === null ? undefined : hubOverflow(config), number.value)
      ? Math.max(lastOverflow, number.value)
      : lastOverflow,
    issued: issued + 1,
    used: addUsed(used, number.value),
  };
}
