/** Opening hours: intervals that make sense, on days that exist, each day once. */
import { isCalendarDate } from '../../lib/local-time.ts';
import type { ConfigProblem } from './config-problem.ts';
import type { OpeningHours } from './schema.ts';

type Interval = OpeningHours['weekly']['mon'][number];

export function checkHours(path: string, hours: OpeningHours): ConfigProblem[] {
  const dates = new Map<string, number>();
  return [
    ...Object.entries(hours.weekly).flatMap(([day, list]) => checkIntervals(`${path}.weekly.${day}`, list)),
    ...hours.exceptions.flatMap(({ date, intervals }, i) => {
      const problems = checkIntervals(`${path}.exceptions[${i}].intervals`, intervals);
      const before = dates.get(date);
      if (!isCalendarDate(date)) {
        problems.unshift({
          path: `${path}.exceptions[${i}].date`,
          expected: `a day of the calendar; "${date}" is none`,
        });
      } else if (before !== undefined) {
        problems.unshift({
          path: `${path}.exceptions[${i}].date`,
          expected: `a day of its own; "${date}" stands already in ${path}.exceptions[${before}]`,
        });
      } else dates.set(date, i);
      return problems;
    }),
  ];
}

/** Times of one form compare as texts. Intervals may touch, and may stand in any order. */
function checkIntervals(path: string, intervals: readonly Interval[]): ConfigProblem[] {
  return intervals.flatMap(({ from, to }, i): ConfigProblem[] => {
    if (from >= to) return [{ path: `${path}[${i}].to`, expected: `a time after from, which is "${from}"` }];
    const other = intervals.findIndex((o, n) => n < i && o.from < o.to && from < o.to && o.from < to);
    if (other < 0) return [];
    return [{ path: `${path}[${i}]`, expected: `hours that do not overlap those of ${path}[${other}]` }];
  });
}
