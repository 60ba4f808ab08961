/**
 * What becomes of days that are over (D2): their figures are counted and kept, and when the hub has released them they are
 * deleted whole, events and order. Used by hub and devices alike; each call is one commit, so that a process that is
 * killed in the middle has either a day or its figures.
 */
import type { DayState, LogEntry } from '@aufruf/shared/domain/day/day-state';
import { dayStatistics } from '@aufruf/shared/domain/statistics/day-statistics';
import { foldLateFacts } from '@aufruf/shared/domain/statistics/fold-late-facts';
import type { LocalDate } from '@aufruf/shared/lib/time';
import { canonicalJson } from '@aufruf/shared/sync/canonical-json';
import manifest from '../../package.json' with { type: 'json' };
import type { EventStore } from '../store/event-store.ts';

const CHUNK = 500;

/** The figures of a day that has been folded; null unless it is closed: before that they would not be whole. */
export function figuresOf(state: DayState): string | null {
  const statistics = state.info.status === 'closed' ? dayStatistics(state, manifest.version) : null;
  return statistics === null ? null : canonicalJson(statistics);
}

/** The figures of a held day, late facts included. Folds the whole day: seconds for a large one. */
export function countDay(store: Pick<EventStore, 'entriesAfter'>, day: LocalDate): string | null {
  return figuresOf(foldLateFacts(day, logOf(store, day)));
}

function* logOf(store: Pick<EventStore, 'entriesAfter'>, day: LocalDate): Generator<LogEntry> {
  for (let n = 0; ; n += CHUNK) {
    const entries = store.entriesAfter(day, n, CHUNK);
    for (const { row, event } of entries) {
      const { device: author, type, payload } = event;
      yield { row: row.n, effectiveAt: row.effectiveAt, author, type, payload };
    }
    if (entries.length < CHUNK) return;
  }
}

type Forgets = Pick<EventStore, 'days' | 'statistics' | 'entriesAfter' | 'transact' | 'writeStatistics' | 'forgetDay'>;

/**
 * Deletes the oldest day that is released, and never `today`. Its figures are counted first where they are lacking.
 * @returns the day; null when there is none left to delete
 * @throws StorageFault: then nothing has happened
 */
export function forgetOldestDay(store: Forgets, releasedThrough: LocalDate, today: LocalDate): LocalDate | null {
  const [oldest] = store.days();
  // ISO dates compare as text.
  if (oldest === undefined || oldest > releasedThrough || oldest >= today) return null;
  const figures = store.statistics().has(oldest) ? null : countDay(store, oldest);
  store.transact(() => {
    if (figures !== null) store.writeStatistics(oldest, figures);
    store.forgetDay(oldest);
  });
  return oldest;
}
