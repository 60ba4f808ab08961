/**
 * A closed day as it would have been, had the hub heard of everything in time (D2): facts that came after the close count
 * in the figures of the day, though they changed no state. A counter that was cut off all evening has served its visitors.
 */
import type { LocalDate } from '../../lib/time.ts';
import type { DayState, LogEntry } from '../day/day-state.ts';
import { createDayStore } from '../day/day-store.ts';
import { evolve } from '../evolve.ts';

/** What the hub writes when it ends a day. */
const ENDING: readonly string[] = ['v1.VisitExpired', 'v1.DayClosed'];

/** Folds the whole log of a day with its end put last. */
export function foldLateFacts(day: LocalDate, entries: Iterable<LogEntry>): DayState {
  const store = createDayStore(day);
  const ending: LogEntry[] = [];
  for (const entry of entries) {
    if (ENDING.includes(entry.type)) ending.push(entry);
    else store.apply(evolve(store, entry));
  }
  for (const entry of ending) store.apply(evolve(store, entry));
  return store;
}
