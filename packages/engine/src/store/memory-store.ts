/**
 * The event store without a disk, for tests, simulation and browsers' stand-ins. It keeps every rule of the real one but
 * durability, and hands out frozen events: code that changes an event fails here, where SQLite would have hidden it.
 */
import { createMemoryShelf } from '@aufruf/shared/domain/day/shelf';
import { assert } from '@aufruf/shared/lib/assert';
import type { DeviceId } from '@aufruf/shared/lib/ids';
import type { LocalDate } from '@aufruf/shared/lib/time';
import { type EventKey, eventKey, type JournalEvent, type JournalKey, journalKey } from '@aufruf/shared/sync/event';
import type { OrderRow, VersionVector } from '@aufruf/shared/sync/order';
import type { Platform } from '../platform/platform.ts';
import type { EventStore, ImportResult, JournalHead, OrderedEntry, SettingName, StoredEvent } from './event-store.ts';
import {
  assertStillFits,
  chainNext,
  EMPTY_JOURNAL,
  type ImportVerdict,
  judgeImport,
  judgeOrdered,
  type KnownJournal,
  sealDrafts,
  startOfDay,
} from './journal-rules.ts';
import { type SealedEvent, sealEvent } from './sealed-event.ts';
import { createTransactionGuard } from './transaction-guard.ts';

export interface MemoryStoreOptions {
  readonly device: DeviceId;
  readonly platform: Pick<Platform, 'newIncarnation' | 'sha256'>;
}

interface Day {
  /** In order of journaling here. */
  readonly events: StoredEvent[];
  entries: OrderedEntry[];
  readonly orderedKeys: Set<EventKey>;
  /** `events` without the ordered ones; null until asked for after a change that was more than an addition. */
  unordered: Map<EventKey, StoredEvent> | null;
}

export function createMemoryStore({ device, platform }: MemoryStoreOptions): EventStore {
  const { sha256 } = platform;
  const incarnation = platform.newIncarnation();
  const ownJournal = journalKey({ device, incarnation });
  /** By seq - 1; sparse where days were slept through. */
  const journals = new Map<JournalKey, StoredEvent[]>();
  const days = new Map<LocalDate, Day>();
  const settings = new Map<SettingName, string>();
  /** The last event each journal has lost with its day. */
  const forgotten = new Map<JournalKey, JournalHead>();
  const statistics = new Map<LocalDate, string>();
  /** How to take back what the running transaction did, oldest first. */
  const undo: (() => void)[] = [];
  const guard = createTransactionGuard();
  let note: string | null = null;

  const lost = (journal: JournalKey): JournalHead => forgotten.get(journal) ?? EMPTY_JOURNAL;
  const journalHead = (journal: JournalKey): JournalHead => {
    const last = journals.get(journal)?.at(-1);
    return last && last.event.seq > lost(journal).seq ? { seq: last.event.seq, hash: last.hash } : lost(journal);
  };
  const held = (event: { device: string; incarnation: string; seq: number }): StoredEvent | null =>
    journals.get(`${event.device}/${event.incarnation}`)?.[event.seq - 1] ?? null;
  const head = (day: LocalDate) => {
    const last = days.get(day)?.entries.at(-1)?.row;
    return last ? { day, epoch: last.epoch, n: last.n, chain: last.chain } : startOfDay(day);
  };

  const change = <K, V>(map: Map<K, V>, key: K, value: V | undefined): void => {
    const before = map.get(key);
    const put = (to: V | undefined) => (to === undefined ? map.delete(key) : map.set(key, to));
    put(value);
    undo.push(() => void put(before));
  };
  /** What may be kept has been judged before. Each write leaves the way to take it back. */
  const keep = ({ event, hash }: SealedEvent): StoredEvent => {
    const stored = deepFreeze({ event, hash });
    const journal = getOrAdd(journals, journalKey(event), () => []);
    const day = getOrAdd(days, event.day, emptyDay);
    const lengthBefore = journal.length;
    journal[event.seq - 1] = stored;
    day.events.push(stored);
    day.unordered?.set(eventKey(event), stored);
    undo.push(() => {
      delete journal[event.seq - 1];
      journal.length = lengthBefore;
      day.events.pop();
      day.unordered?.delete(eventKey(event));
      if (journal.length === 0) journals.delete(journalKey(event));
      if (day.events.length === 0) days.delete(event.day);
    });
    return stored;
  };

  /** A row that has been judged to fit. */
  const addRow = (row: OrderRow): void => {
    const stored = held(row);
    const day = days.get(row.day);
    assert(stored && day, 'a row that fits has an event and a day');
    const key = eventKey(row);
    assert(!day.orderedKeys.has(key), `${key} has a row already`);
    day.entries.push(deepFreeze({ row: { ...row }, event: stored.event }));
    day.orderedKeys.add(key);
    day.unordered?.delete(key);
    undo.push(() => {
      day.entries.pop();
      day.orderedKeys.delete(key);
      day.unordered = null;
    });
  };

  const known = (event: JournalEvent): KnownJournal => ({
    isOwn: journalKey(event) === ownJournal,
    head: journalHead(journalKey(event)),
    forgotten: lost(journalKey(event)),
    hashAt: (seq) => held({ ...event, seq })?.hash ?? null,
  });
  const store = (verdict: ImportVerdict): ImportResult => {
    guard.requireTransaction();
    if (verdict.type !== 'store') return verdict;
    keep(verdict.sealed);
    return { type: 'stored' };
  };

  return {
    device,
    incarnation,

    transact: (work) =>
      guard.run(() => {
        try {
          const result = guard.refusePromise(work());
          undo.length = 0;
          return result;
        } catch (error) {
          for (const takeBack of undo.splice(0).reverse()) takeBack();
          throw error;
        }
      }),

    append: (drafts, clock) => {
      guard.requireTransaction();
      return sealDrafts(drafts, { device, incarnation }, journalHead(ownJournal), clock, sha256).map(keep);
    },
    importEvent: (event) => store(judgeImport(sealEvent(event, sha256), known(event))),
    importSealed: (sealed) => store(judgeImport(sealed, known(sealed.event))),
    importOrdered: (entry) => {
      guard.requireTransaction();
      assertStillFits(entry, head(entry.row.day));
      const result = store(judgeOrdered(entry, known(entry.event)));
      if (result.type === 'stored' || result.type === 'held') addRow(entry.row);
      return result;
    },
    appendOrder: (unchained) => {
      guard.requireTransaction();
      const stored = held(unchained);
      const day = stored && { hash: stored.hash, day: stored.event.day };
      const row = chainNext(unchained, head(unchained.day), day, sha256);
      addRow(row);
      return row;
    },
    dropOrder: (date) => {
      guard.requireTransaction();
      const day = days.get(date);
      if (!day) return;
      // The array goes as a whole and comes back as a whole.
      const { entries } = day;
      day.entries = [];
      day.orderedKeys.clear();
      day.unordered = null;
      undo.push(() => {
        day.entries = entries;
        for (const { row } of entries) day.orderedKeys.add(eventKey(row));
        day.unordered = null;
      });
    },
    writeSetting: (name, value) => {
      guard.requireTransaction();
      change(settings, name, value);
    },
    forgetDay: (date) => {
      guard.requireTransaction();
      const day = days.get(date);
      if (!day) return;
      for (const { event, hash } of day.events) {
        const key = journalKey(event);
        const journal = journals.get(key);
        assert(journal, 'a held event has a journal');
        const stored = journal[event.seq - 1] as StoredEvent;
        delete journal[event.seq - 1];
        undo.push(() => {
          journal[event.seq - 1] = stored;
        });
        if (event.seq > lost(key).seq) change(forgotten, key, { seq: event.seq, hash });
      }
      change(days, date, undefined);
    },
    noteForgotten: (journal, head) => {
      guard.requireTransaction();
      if (head.seq > journalHead(journal).seq) change(forgotten, journal, head);
    },
    // No file, no damage.
    attachSaved: guard.requireTransaction,
    writeStatistics: (day, text) => {
      guard.requireTransaction();
      change(statistics, day, text ?? undefined);
    },

    readSetting: (name) => {
      guard.requireOpen();
      return settings.get(name) ?? null;
    },
    event: (key) => {
      guard.requireOpen();
      const [ofDevice = '', ofIncarnation = '', seq = ''] = key.split('/');
      return held({ device: ofDevice, incarnation: ofIncarnation, seq: Number(seq) });
    },
    versionVector: (of) => {
      guard.requireOpen();
      const prefix = of === undefined ? '' : `${of}/`;
      const vector: VersionVector = {};
      for (const known of [journals, forgotten])
        for (const key of known.keys()) if (key.startsWith(prefix)) vector[key] = journalHead(key).seq;
      return vector;
    },
    journalHead: (journal) => {
      guard.requireOpen();
      return journalHead(journal);
    },
    forgotten: (journal) => {
      guard.requireOpen();
      return lost(journal);
    },
    journalAfter: (journal, seq, limit) => {
      guard.requireOpen();
      const events = journals.get(journal) ?? [];
      const page: StoredEvent[] = [];
      for (let i = seq; i < events.length && page.length < limit; i++) {
        const stored = events[i];
        if (stored) page.push(stored);
      }
      return page;
    },
    head: (day) => {
      guard.requireOpen();
      return head(day);
    },
    rowAt: (day, n) => {
      guard.requireOpen();
      return days.get(day)?.entries[n - 1]?.row ?? null;
    },
    entriesAfter: (day, afterN, limit) => {
      guard.requireOpen();
      return days.get(day)?.entries.slice(afterN, afterN + limit) ?? [];
    },
    unordered: (date) => {
      guard.requireOpen();
      const day = days.get(date);
      if (!day) return [];
      // From `events`, since order of journaling cannot be told from what is left.
      day.unordered ??= new Map(
        day.events
          .map((stored) => [eventKey(stored.event), stored] as const)
          .filter(([key]) => !day.orderedKeys.has(key)),
      );
      return [...day.unordered.values()];
    },
    days: () => {
      guard.requireOpen();
      return [...days.keys()].sort();
    },
    statistics: () => {
      guard.requireOpen();
      return new Map(statistics);
    },

    writeNote: (text) => {
      note = text;
    },
    readNote: () => note,
    openShelf: () => {
      guard.requireOpen();
      return { ...createMemoryShelf(), close: () => {} };
    },

    close: guard.close,
  };
}

const emptyDay = (): Day => ({ events: [], entries: [], orderedKeys: new Set(), unordered: new Map() });

function getOrAdd<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const found = map.get(key);
  if (found !== undefined) return found;
  const made = make();
  map.set(key, made);
  return made;
}

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const inner of Object.values(value)) deepFreeze(inner);
  }
  return value;
}
