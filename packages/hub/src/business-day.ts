/**
 * Which business day it is (rule D1). Offices' systems have reported dates a year or eight years wrong, from a dead
 * battery or a slip of the hand, so neither the clock nor the file is believed when the two are far apart.
 */
import { addDays, toLocalDate } from '@aufruf/shared/lib/local-time';
import type { EpochMs, LocalDate } from '@aufruf/shared/lib/time';

/** No clock of a working hub shows less: 1 January 2015, UTC. A dead battery gives 1970 or 1980. */
export const EARLIEST_CREDIBLE_AT: EpochMs = 1_420_070_400_000;
/** A location may be closed so long, in days; a hub that starts later is likelier to have a wrong clock. */
export const MAX_DAYS_CLOSED = 92;
/** A running hub may sleep through a long weekend, in days. */
export const MAX_DAYS_ASLEEP = 4;

export type DayVerdict =
  | { readonly type: 'same' }
  | { readonly type: 'next'; readonly day: LocalDate }
  /** The clock shows a day before the last opened one, or a time before EARLIEST_CREDIBLE_AT. */
  | { readonly type: 'clockBehind'; readonly day: LocalDate }
  /** The clock shows a day too far after the last opened one. */
  | { readonly type: 'clockAhead'; readonly day: LocalDate };

/** `lastOpened`: null in a new location. `maxDaysApart`: MAX_DAYS_CLOSED at start, MAX_DAYS_ASLEEP while running. */
export function businessDay(
  now: EpochMs,
  timeZone: string,
  lastOpened: LocalDate | null,
  maxDaysApart: number,
): DayVerdict {
  const day = toLocalDate(now, timeZone);
  if (now < EARLIEST_CREDIBLE_AT) return { type: 'clockBehind', day };
  if (lastOpened === null) return { type: 'next', day };
  if (day === lastOpened) return { type: 'same' };
  // ISO dates compare as text.
  if (day < lastOpened) return { type: 'clockBehind', day };
  if (day > addDays(lastOpened, maxDaysApart)) return { type: 'clockAhead', day };
  return { type: 'next', day };
}

/** The hub does not start with a clock it cannot believe: opening a wrong day would spoil the next ones too. */
export class ClockRefused extends Error {
  readonly type: 'clockBehind' | 'clockAhead';
  readonly clockDay: LocalDate;
  readonly lastOpened: LocalDate | null;
  constructor(type: ClockRefused['type'], clockDay: LocalDate, lastOpened: LocalDate | null) {
    super(`the clock says ${clockDay}, the last business day was ${lastOpened ?? 'never'}: correct the clock`);
    this.name = 'ClockRefused';
    this.type = type;
    this.clockDay = clockDay;
    this.lastOpened = lastOpened;
  }
}
