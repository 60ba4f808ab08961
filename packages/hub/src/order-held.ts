/**
 * What a store holds of a day and has no place in the order, as it came: on a relay, what the hub had not ordered; on a hub that
 * takes its place back, what it has copied of another's order and dropped since. Nobody sends what is held already.
 */
import type { EventStore } from '@aufruf/engine/store/event-store';
import type { EpochMs, LocalDate } from '@aufruf/shared/lib/time';
import type { SequencerLog } from './sequencer-log.ts';

/** An order is copied of the day and, until its end is here, of the day before. */
const DAYS_COPIED = 2;

/** Of which such things may be held; none before the first day. */
export const copiedDays = (store: Pick<EventStore, 'days'>, current: LocalDate | undefined): readonly LocalDate[] =>
  current === undefined
    ? []
    : store
        .days()
        .filter((day) => day <= current)
        .slice(-DAYS_COPIED);

export function orderHeld(
  store: EventStore,
  log: Pick<SequencerLog, 'order'>,
  days: readonly LocalDate[],
  now: EpochMs,
): void {
  store.transact(() => {
    for (const day of days) {
      const { n } = store.head(day);
      const lastAt = n === 0 ? 0 : (store.rowAt(day, n)?.receivedAt ?? 0);
      for (const stored of store.unordered(day))
        log.order(stored, now, Math.max(Math.min(lastAt, now), Math.min(stored.event.deviceAt, now)));
    }
  });
}
