/**
 * The day a file date really means. Offices sent wrong years: 2020-12-30 for 2019-12-30 (the ISO week's year printed
 * with the calendar's day), one 2012 throughout. Month and day are right in all of them, so the true date is the one
 * with the same month and day that lies nearest to the middle of the whole collection.
 */
const DAY_MS = 86_400_000;

const dayNumber = (date: string): number => Math.round(Date.parse(`${date}T00:00:00Z`) / DAY_MS);

/** The middle date of all rows: half of them are not later. `rowsByDate`: file date -> number of rows; not empty. */
export function middleDate(rowsByDate: ReadonlyMap<string, number>): string {
  const dates = [...rowsByDate].sort(([a], [b]) => (a < b ? -1 : 1));
  const half = dates.reduce((sum, [, rows]) => sum + rows, 0) / 2;
  let seen = 0;
  for (const [date, rows] of dates) {
    seen += rows;
    if (seen >= half) return date;
  }
  throw new Error('middleDate needs at least one row');
}

/** `fileDate` with the year that brings it nearest to `middle`; unchanged if its own year does. */
export function trueDate(fileDate: string, middle: string): string {
  const monthDay = fileDate.slice(4);
  const middleYear = Number(middle.slice(0, 4));
  const candidates = [fileDate, ...[middleYear - 1, middleYear, middleYear + 1].map((year) => `${year}${monthDay}`)];
  // 29 February exists in some candidate years only; Date.parse rolls it over to 1 March instead of failing.
  const real = candidates.filter((date) => new Date(`${date}T00:00:00Z`).toISOString().startsWith(date));
  const distance = (date: string) => Math.abs(dayNumber(date) - dayNumber(middle));
  return real.reduce((best, date) => (distance(date) < distance(best) ? date : best), fileDate);
}
