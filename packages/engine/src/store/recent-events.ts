/**
 * The events of the last transaction, as they were kept. Whoever journals or takes in an event asks for it again at once, to
 * order or to push it, while somebody waits: it is in memory still, and need not be read back and hashed.
 */
import { type EventKey, eventKey, type JournalKey } from '@aufruf/shared/sync/event';
import type { StoredEvent } from './event-store.ts';

export interface RecentEvents {
  note(stored: StoredEvent): void;
  /** A transaction begins, or was undone. */
  forget(): void;
  event(key: EventKey): StoredEvent | null;
  /** The events of a journal after `seq` through `last`; null unless all of them are recent. */
  journalBetween(journal: JournalKey, seq: number, last: number): readonly StoredEvent[] | null;
}

export function createRecentEvents(): RecentEvents {
  const byKey = new Map<EventKey, StoredEvent>();
  return {
    note: (stored) => void byKey.set(eventKey(stored.event), stored),
    forget: () => byKey.clear(),
    event: (key) => byKey.get(key) ?? null,
    journalBetween(journal, seq, last) {
      if (last - seq > byKey.size) return null;
      const found: StoredEvent[] = [];
      for (let next = seq + 1; next <= last; next += 1) {
        const stored = byKey.get(`${journal}/${next}`);
        if (stored === undefined) return null;
        found.push(stored);
      }
      return found;
    },
  };
}
