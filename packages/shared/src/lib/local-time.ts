/**
 * Wall-clock time in an IANA zone: the only place where days, clocks and zones meet (rule D1).
 *
 * Built on `Intl`, whose answers depend on the time zone data of the runtime. So nothing here may be called from
 * `evolve` (rule O7): whatever must be the same on every device is decided once and stands in an event.
 */
import { type EpochMs, HOUR_MS, type LocalDate, type LocalTime, MINUTE_MS, SECOND_MS } from './time.ts';

const WEEKDAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const;
export type Weekday = (typeof WEEKDAYS)[number];

const DAY_MS = 24 * HOUR_MS;
const QUARTER_MS = 15 * MINUTE_MS;

/** Making a formatter costs 1000 times as much as using one. Never holds more zones than configurations name. */
const formatters = new Map<string, Intl.DateTimeFormat>();

function formatterFor(timeZone: string): Intl.DateTimeFormat {
  const known = formatters.get(timeZone);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat('en-US', {
    timeZone,
    calendar: 'gregory',
    numberingSystem: 'latn',
    hourCycle: 'h23',
    // The calendar year, never the week-year: the two differ around New Year.
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  });
  formatters.set(timeZone, made);
  return made;
}

/** Whether the runtime knows this IANA zone. Bare offsets like `+01:00` are no zones: they know no summer time. */
export function isTimeZone(timeZone: string): boolean {
  if (!/^[A-Za-z]/.test(timeZone)) return false;
  try {
    formatterFor(timeZone);
    return true;
  } catch {
    return false;
  }
}

/** What the clock on the wall shows, written as if it were UTC. Whole seconds. */
function askWallClock(at: EpochMs, timeZone: string): number {
  let year = 0;
  let month = 0;
  let day = 0;
  let hour = 0;
  let minute = 0;
  let second = 0;
  for (const { type, value } of formatterFor(timeZone).formatToParts(at)) {
    if (type === 'year') year = Number(value);
    else if (type === 'month') month = Number(value);
    else if (type === 'day') day = Number(value);
    else if (type === 'hour') hour = Number(value);
    else if (type === 'minute') minute = Number(value);
    else if (type === 'second') second = Number(value);
  }
  return Date.UTC(year, month - 1, day, hour, minute, second);
}

/**
 * Offsets known, by zone and quarter of an hour. Asking `Intl` is dear, and every ticket and every screen asks several
 * times, mostly about the same moments: now, and when the office closes.
 */
const offsets = new Map<string, number | null>();
const MAX_OFFSETS = 500;

const askOffset = (at: EpochMs, timeZone: string): number => askWallClock(at, timeZone) - at;

/** Of all moments of a quarter of an hour; null where it changes within, which no zone does today. */
function offsetOfQuarter(quarter: number, timeZone: string): number | null {
  const key = `${quarter} ${timeZone}`;
  const known = offsets.get(key);
  if (known !== undefined) return known;
  const first = quarter * QUARTER_MS;
  const offset = askOffset(first, timeZone);
  const found = askOffset(first + QUARTER_MS - SECOND_MS, timeZone) === offset ? offset : null;
  if (offsets.size === MAX_OFFSETS) offsets.clear();
  offsets.set(key, found);
  return found;
}

const offsetAt = (at: EpochMs, timeZone: string): number =>
  offsetOfQuarter(Math.floor(at / QUARTER_MS), timeZone) ?? askOffset(Math.floor(at / SECOND_MS) * SECOND_MS, timeZone);

const wallClock = (at: EpochMs, timeZone: string): number =>
  Math.floor(at / SECOND_MS) * SECOND_MS + offsetAt(at, timeZone);

const utcMidnight = (date: LocalDate): number =>
  Date.UTC(Number(date.slice(0, 4)), Number(date.slice(5, 7)) - 1, Number(date.slice(8, 10)));

const utcToLocalDate = (utc: number): LocalDate => new Date(utc).toISOString().slice(0, 10) as LocalDate;

/** The calendar day in `timeZone` at this moment. */
export const toLocalDate = (at: EpochMs, timeZone: string): LocalDate => utcToLocalDate(wallClock(at, timeZone));

/** The time of day in `timeZone` at this moment, cut to the minute: `00:00` to `23:59`, never `24:00`. */
export const toLocalTime = (at: EpochMs, timeZone: string): LocalTime =>
  new Date(wallClock(at, timeZone)).toISOString().slice(11, 16) as LocalTime;

/**
 * The moment at which the clock on the wall shows `time` on `date`. A time shown twice (end of summer time) is the
 * earlier of the two; a time never shown (its start) is the moment at which the clock jumps. `24:00` is the next midnight.
 */
export function toEpochMs(date: LocalDate, time: LocalTime, timeZone: string): EpochMs {
  const wanted = utcMidnight(date) + Number(time.slice(0, 2)) * HOUR_MS + Number(time.slice(3, 5)) * MINUTE_MS;
  // Zones change their offset at most once within two days, so one of these two offsets holds at the moment sought.
  const before = wanted - offsetAt(wanted - DAY_MS, timeZone);
  const after = wanted - offsetAt(wanted + DAY_MS, timeZone);
  const earlier = Math.min(before, after);
  const later = Math.max(before, after);
  if (wallClock(earlier, timeZone) === wanted) return earlier;
  if (wallClock(later, timeZone) === wanted) return later;
  return jumpBetween(earlier, later, timeZone);
}

/** The first moment in (low, high] with the offset of `high`. */
function jumpBetween(low: EpochMs, high: EpochMs, timeZone: string): EpochMs {
  const newOffset = offsetAt(high, timeZone);
  let from = low;
  let to = high;
  while (to - from > 1) {
    const middle = Math.floor((from + to) / 2);
    if (offsetAt(middle, timeZone) === newOffset) to = middle;
    else from = middle;
  }
  return to;
}

export const weekdayOf = (date: LocalDate): Weekday => WEEKDAYS[new Date(utcMidnight(date)).getUTCDay()] as Weekday;

/** The date `days` later (earlier if negative). */
export const addDays = (date: LocalDate, days: number): LocalDate => utcToLocalDate(utcMidnight(date) + days * DAY_MS);

/** Whether the calendar has this day: the date schema lets `2026-02-30` pass. */
export const isCalendarDate = (date: LocalDate): boolean => utcToLocalDate(utcMidnight(date)) === date;
