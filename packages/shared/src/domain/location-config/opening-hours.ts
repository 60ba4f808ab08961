/**
 * When a location or a service is open. Hours are wall-clock times in the location's zone, so that 07:00 stays 07:00 at
 * every change of the clock, without restart and without anybody's hand.
 *
 * Intervals include their start and exclude their end. Each belongs to one local day, and ends at 24:00 at the latest.
 */
import { addDays, toEpochMs, toLocalDate, toLocalTime, weekdayOf } from '../../lib/local-time.ts';
import type { EpochMs, LocalDate, LocalTime } from '../../lib/time.ts';
import type { LocationConfig, OpeningHours, Service } from './schema.ts';

/** How far `opensNext` looks, in days. */
export const OPENS_NEXT_HORIZON_DAYS = 14;

type Interval = OpeningHours['weekly']['mon'][number];
export type HoursException = OpeningHours['exceptions'][number];

/** The exception (holiday or special hours) of a day, if it has one; the first wins. */
export const exceptionOn = (hours: OpeningHours, date: LocalDate): HoursException | null =>
  hours.exceptions.find((exception) => exception.date === date) ?? null;

/** The day's intervals by start; those that touch are joined, so that a noon boundary is not a closing. */
function intervalsOn(hours: OpeningHours, date: LocalDate): readonly Interval[] {
  const intervals = exceptionOn(hours, date)?.intervals ?? hours.weekly[weekdayOf(date)];
  const joined: Interval[] = [];
  for (const interval of [...intervals].sort((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0))) {
    const last = joined.at(-1);
    if (last !== undefined && interval.from <= last.to) {
      if (interval.to > last.to) joined[joined.length - 1] = { from: last.from, to: interval.to };
    } else joined.push(interval);
  }
  return joined;
}

function intervalAt(hours: OpeningHours, timeZone: string, at: EpochMs): Interval | null {
  const time = toLocalTime(at, timeZone);
  const intervals = intervalsOn(hours, toLocalDate(at, timeZone));
  return intervals.find(({ from, to }) => from <= time && time < to) ?? null;
}

export const isOpenAt = (hours: OpeningHours, timeZone: string, at: EpochMs): boolean =>
  intervalAt(hours, timeZone, at) !== null;

/**
 * When the hours that hold at `at` end; null if closed then. A midday closing counts: staff leave the counters. Midnight
 * is none where the next day goes on at 00:00; then it is the end of that day's first hours, and no further.
 */
export function closesAt(hours: OpeningHours, timeZone: string, at: EpochMs): EpochMs | null {
  const interval = intervalAt(hours, timeZone, at);
  if (interval === null) return null;
  const today = toLocalDate(at, timeZone);
  const tomorrow = addDays(today, 1);
  const goesOn =
    interval.to === '24:00' ? intervalsOn(hours, tomorrow).find(({ from }) => from === '00:00') : undefined;
  return goesOn === undefined ? toEpochMs(today, interval.to, timeZone) : toEpochMs(tomorrow, goesOn.to, timeZone);
}

/** The next opening after `at`, looking OPENS_NEXT_HORIZON_DAYS ahead; null if there is none. */
export function opensNext(
  hours: OpeningHours,
  timeZone: string,
  at: EpochMs,
): { readonly date: LocalDate; readonly time: LocalTime } | null {
  const today = toLocalDate(at, timeZone);
  const now = toLocalTime(at, timeZone);
  for (let days = 0; days <= OPENS_NEXT_HORIZON_DAYS; days += 1) {
    const date = addDays(today, days);
    const interval = intervalsOn(hours, date).find(({ from }) => days > 0 || from > now);
    if (interval !== undefined) return { date, time: interval.from };
  }
  return null;
}

/**
 * The hours of a service: its own, else the location's. The location's holidays close every service, unless the
 * service names the same day itself.
 */
export const hoursOfService = (config: LocationConfig, service: Service): OpeningHours =>
  service.openingHours === undefined
    ? config.openingHours
    : {
        weekly: service.openingHours.weekly,
        exceptions: [...service.openingHours.exceptions, ...config.openingHours.exceptions],
      };
