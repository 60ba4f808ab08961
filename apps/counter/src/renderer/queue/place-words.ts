/** Why a visit stands where it stands, in words, and how loudly to say it. */
import type { QueueEntry } from '@aufruf/shared/domain/views/view-schemas';
import type { CounterTexts, CounterWord } from '@aufruf/shared/i18n/counter/texts';
import { type EpochMs, MINUTE_MS } from '@aufruf/shared/lib/time';

export interface PlaceWords {
  readonly text: string;
  /** `strong`: deserves the eye (priority, an appointment that is due, a long wait); `blocked`: not callable by "next". */
  readonly tone: 'plain' | 'strong' | 'blocked';
}

const STRONG: ReadonlySet<QueueEntry['reason']> = new Set([
  'priorityFirst',
  'priorityMerged',
  'appointmentDue',
  'waitedLong',
  'reservedForThisCounter',
]);

/** `time` formats as `10:32`. Null for visits that are not waiting. */
export function placeWords(
  t: CounterTexts,
  entry: QueueEntry,
  word: CounterWord,
  time: (at: EpochMs) => string,
): PlaceWords | null {
  const appointment = entry.appointmentAt === null ? null : time(entry.appointmentAt);
  if (entry.blocked !== null) {
    const until = entry.blockedUntil === null ? null : time(entry.blockedUntil);
    return { text: t.queue.blocked(entry.blocked, { until, appointment }), tone: 'blocked' };
  }
  if (entry.reason === null) return null;
  const priority = entry.priorityReason === null ? null : t.visit.priorityReason[entry.priorityReason];
  return {
    text: t.queue.reason(entry.reason, { appointment, priority, word }),
    tone: STRONG.has(entry.reason) ? 'strong' : 'plain',
  };
}

/** Whole minutes since somebody came; 0 before that. */
export const minutesSince = (at: EpochMs | null, now: EpochMs): number =>
  at === null ? 0 : Math.max(0, Math.floor((now - at) / MINUTE_MS));
