/**
 * Figures of days as a table for a spreadsheet: one line for each day and service, counter or hour. Sums and counts add up
 * over lines, days and locations; means and percentiles are for reading and do not.
 */
import type { DayStatistics } from './day-statistics.ts';
import { meanMin, percentileMin, type TimeSpread } from './time-spread.ts';

export const CSV_COLUMNS = [
  'location',
  'day',
  'of',
  'id',
  'access',
  'arrived',
  'issued',
  'called',
  'finished',
  'missed',
  'cancelled',
  'voided',
  'expired',
  'absent',
  ...(['waiting', 'way', 'serving'] as const).flatMap((kind) => [
    `${kind}Count`,
    `${kind}SumSec`,
    `${kind}MeanMin`,
    `${kind}MedianMin`,
    `${kind}P90Min`,
  ]),
] as const;

type Row = Readonly<Record<string, string | number | null>>;

/**
 * RFC 4180 with a header; a field that does not apply is empty. `counters`: also one line for each counter, which where a
 * counter is one clerk's all day are figures of that clerk.
 */
export function statisticsCsv(days: readonly DayStatistics[], { counters }: { readonly counters: boolean }): string {
  const rows = days.flatMap((day) => rowsOf(day, counters));
  const lines = rows.map((row) => CSV_COLUMNS.map((column) => row[column] ?? '').join(','));
  return [CSV_COLUMNS.join(','), ...lines].map((line) => `${line}\r\n`).join('');
}

/** Ids, dates and numbers hold neither commas nor quotes. */
function rowsOf({ day, locationId, services, counters, hours }: DayStatistics, withCounters: boolean): Row[] {
  const common = { location: locationId, day };
  return [
    ...services.map(({ serviceId, waiting, way, serving, ...counts }) => ({
      ...common,
      of: 'service',
      id: serviceId,
      ...counts,
      ...spread('waiting', waiting),
      ...spread('way', way),
      ...spread('serving', serving),
    })),
    ...(withCounters ? counters : []).map(({ counterId, called, serving }) => ({
      ...common,
      of: 'counter',
      id: counterId,
      called,
      ...spread('serving', serving),
    })),
    ...hours.map(({ hour, arrived, waiting }) => ({
      ...common,
      of: 'hour',
      id: hour,
      arrived,
      ...spread('waiting', waiting),
    })),
  ];
}

function spread(kind: string, times: TimeSpread): Row {
  const minutes = (value: number | null) => (value === null ? null : value.toFixed(1));
  return {
    [`${kind}Count`]: times.count,
    [`${kind}SumSec`]: times.sumSec,
    [`${kind}MeanMin`]: minutes(meanMin(times)),
    [`${kind}MedianMin`]: minutes(percentileMin(times, 0.5)),
    [`${kind}P90Min`]: minutes(percentileMin(times, 0.9)),
  };
}
