/** "One clerk per counter, one counter per clerk". */
import type { CounterId, SessionId } from '../../lib/ids.ts';
import type { DayReader } from '../day/day-draft.ts';
import type { CounterState } from './counter.ts';

/** The other counter at which this clerk is signed in, or null. */
export function sessionElsewhere(day: DayReader, sessionId: SessionId, counterId: CounterId): CounterState | null {
  for (const counter of day.counters()) {
    if (counter.sessionId === sessionId && counter.id !== counterId) return counter;
  }
  return null;
}
