/**
 * `npm run hub -- statistics DIR`: the figures of closed days, those that are still held and those long deleted, as a
 * table or as JSON. No ticket numbers, no visits, no names: there are none in it.
 */

import { countDay } from '@aufruf/engine/ledger/old-days';
import type { Platform } from '@aufruf/engine/platform/platform';
import { openSqliteStore } from '@aufruf/engine/store/sqlite-store';
import { verifyDatabase } from '@aufruf/engine/verify/verify-database';
import { type DayStatistics, dayStatisticsSchema } from '@aufruf/shared/domain/statistics/day-statistics';
import { statisticsCsv } from '@aufruf/shared/domain/statistics/statistics-csv';
import type { DeviceId } from '@aufruf/shared/lib/ids';
import { ok, type Result } from '@aufruf/shared/lib/result';
import type { LocalDate } from '@aufruf/shared/lib/time';
import { findDatabase } from './find-database.ts';
import { withPrivateCopy } from './private-copy.ts';
import { refuseTool, type ToolRefusal } from './tool-refusal.ts';

export interface StatisticsWish {
  /** First and last day, both included; null: all there are. */
  readonly from: LocalDate | null;
  readonly to: LocalDate | null;
  readonly format: 'csv' | 'json';
  /** Figures of each counter too. */
  readonly counters: boolean;
}

/** @returns the text to be written, ending with a line end */
export async function statisticsTool(
  place: string,
  wish: StatisticsWish,
  platform: Platform,
): Promise<Result<string, ToolRefusal>> {
  const database = findDatabase(place);
  if (!database.ok) return database;
  return withPrivateCopy(database.value, async ({ file }) => {
    const report = verifyDatabase({ file, sha256: platform.sha256, depth: 'structure' });
    if (report === null || report.problems.length > 0) {
      return refuseTool(`${database.value} is damaged: npm run hub -- verify says how.`);
    }
    const days = readDays(file, report.device as DeviceId, platform)
      .filter(({ day }) => (wish.from === null || day >= wish.from) && (wish.to === null || day <= wish.to))
      .map((day) => (wish.counters ? day : { ...day, counters: [] }));
    return ok(wish.format === 'csv' ? statisticsCsv(days, wish) : `${JSON.stringify(days, null, 2)}\n`);
  });
}

/** Ascending. A held day without figures has had late facts, or was closed by nobody yet; the former are counted now. */
function readDays(file: string, device: DeviceId, platform: Platform): readonly DayStatistics[] {
  const store = openSqliteStore({ file, device, platform });
  try {
    const kept = store.statistics();
    const held = store.days().filter((day) => !kept.has(day));
    const counted = held.map((day) => [day, countDay(store, day)] as const);
    return [...kept, ...counted]
      .flatMap(([, text]) => (text === null ? [] : [dayStatisticsSchema.parse(JSON.parse(text))]))
      .sort((a, b) => (a.day < b.day ? -1 : 1));
  } finally {
    store.close();
  }
}
