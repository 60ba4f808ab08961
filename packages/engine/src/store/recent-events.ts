/**
 * The events of the last transaction, as they were kept. Whoever journals or takes in an event asks for it again at once, to
 * order or to push it, while somebody waits: it is in memory still, and need not be read back and hashed.
 */
import type { LocalDate } from '@aufruf/shared/lib/time';
import { type EventKey, eventKey, type Hash, type JournalKey } from '@aufruf/shared/sync/event';
import type { StoredEvent } from './event-store.ts';

/** Where an event is held, and what a row of the order has to fit. */
export interface HeldEvent {
  /** `events.position` */
  readonly position: number;
  readonly hash: Hash;
  readonly day: LocalDate;
}

export interface RecentEvents {
  note(stored: StoredEvent, position: number): void;
  /** A transaction begins, or was undone. */
  forget(): void;
  event(key: EventKey): StoredEvent | null;
  held(key: EventKey): HeldEvent | null;
  /** The events of a journal after `seq` through `last`; null unless all of them are recent. */
  journalBetween(journal: JournalKey, seq: number, last: number): readonly StoredEvent[] | null;
}

export function createRecentEvents(): RecentEvents {
  const byKey = new Map<EventKey, { readonly stored: StoredEvent; readonly position: number }>();
  return {
    note: (stored, position) => void byKey.set(eventKey(stored.event), { stored, position }),
    forget: () => byKey.clear(),
    event: (key) => byKey.get(key)?.stored ?? null,
    held(key) {
      const found = byKey.get(key);
      return found === undefined
        ? null
        : { position: found.position, hash: found.stored.hash, day: found.stored.event.day };
    },
    journalBetween(journal, seq, last) {
      if (last - seq > byKey.size) return null;
      const found: StoredEvent[] = [];
      for (let next = seq + 1; next <= last; next += 1) {
        const known = byKey.get(`${journal}/${next}`);
        if (known === undefined) return null;
        found.push(known.stored);
      }
      return found;
    },
  };
}
