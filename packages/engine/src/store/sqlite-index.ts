/**
 * What the SQLite store keeps in memory so that the frequent questions cost no query: the head of each journal and day,
 * and which events of a day wait for a row. It equals the committed file, plus what the running transaction wrote; after
 * a rollback it is read from the disk again, never computed back.
 */
import type { LocalDate } from '@aufruf/shared/lib/time';
import type { Hash, JournalKey } from '@aufruf/shared/sync/event';
import type { Position } from '@aufruf/shared/sync/order';
import type { JournalHead } from './event-store.ts';
import { EMPTY_JOURNAL, startOfDay } from './journal-rules.ts';
import type { SqliteConnection } from './sqlite-connection.ts';

interface IndexedJournal {
  /** `journals.id` */
  readonly id: number;
  /** Its last event, held or deleted. */
  readonly head: JournalHead;
  /** The last event deleted with its day. */
  readonly forgotten: JournalHead;
}

interface IndexedDay {
  head: Position;
  /** `events.position` of events without a row, ascending. */
  readonly unordered: Set<number>;
}

export interface SqliteIndex {
  journals(): Iterable<readonly [JournalKey, IndexedJournal]>;
  journal(key: JournalKey): IndexedJournal | null;
  journalHead(key: JournalKey): JournalHead;
  days(): Iterable<LocalDate>;
  dayHead(day: LocalDate): Position;
  /** `events.position` of a day's events without a row, in order of journaling. */
  unordered(day: LocalDate): ReadonlySet<number>;

  noteEvent(key: JournalKey, journal: IndexedJournal, day: LocalDate, position: number): void;
  noteRow(head: Position, position: number): void;
  noteDroppedOrder(day: LocalDate): void;
  noteForgottenDay(day: LocalDate, journals: readonly JournalKey[]): void;
  noteForgottenJournal(key: JournalKey): void;
  /** What was noted since the last of these two is on disk. */
  committed(): void;
  /** It is not: reads what it touched from the disk again. */
  rolledBack(): void;
}

const NONE: ReadonlySet<number> = new Set();

export function createSqliteIndex(connection: SqliteConnection): SqliteIndex {
  const journals = new Map<JournalKey, IndexedJournal>();
  const days = new Map<LocalDate, IndexedDay>();
  /** What the running transaction changed. */
  const touchedJournals = new Set<JournalKey>();
  const touchedDays = new Set<LocalDate>();

  const selectJournal = connection.prepare<[string, string], { id: number; seq: number; hash: Hash }>(
    `SELECT id, forgotten_seq AS seq, forgotten_hash AS hash FROM journals WHERE device = ? AND incarnation = ?`,
  );
  const selectLast = connection.prepare<[number], JournalHead>(
    'SELECT seq, hash FROM events WHERE journal_id = ? ORDER BY seq DESC LIMIT 1',
  );
  const selectHead = connection.prepare<[string], { epoch: number; n: number; chain: Hash }>(
    'SELECT epoch, n, chain FROM order_rows WHERE day = ? ORDER BY n DESC LIMIT 1',
  );
  const selectAnyOfDay = connection.prepare<[string]>('SELECT 1 FROM events WHERE day = ? LIMIT 1');
  const selectUnordered = connection
    .prepare<[string], number>(
      `SELECT position FROM events WHERE day = ? AND position NOT IN (SELECT position FROM order_rows) ORDER BY position`,
    )
    .pluck();

  // Reading is the only way in, at the start and after a rollback alike: one code path, no bookkeeping to get wrong.
  const readJournal = (key: JournalKey) => {
    const [device = '', incarnation = ''] = key.split('/');
    const row = selectJournal.get(device, incarnation);
    if (!row) {
      journals.delete(key);
      return;
    }
    const forgotten = { seq: row.seq, hash: row.hash };
    const last = selectLast.get(row.id) ?? EMPTY_JOURNAL;
    journals.set(key, { id: row.id, head: last.seq > forgotten.seq ? last : forgotten, forgotten });
  };
  const readDay = (day: LocalDate) => {
    if (selectAnyOfDay.get(day) === undefined) {
      days.delete(day);
      return;
    }
    const head = selectHead.get(day);
    days.set(day, { head: head ? { day, ...head } : startOfDay(day), unordered: new Set(selectUnordered.all(day)) });
  };
  const rereadJournal = (key: JournalKey) => {
    touchedJournals.add(key);
    readJournal(key);
  };
  const forgetTouched = () => {
    touchedJournals.clear();
    touchedDays.clear();
  };
  const dayToChange = (day: LocalDate): IndexedDay => {
    touchedDays.add(day);
    const known = days.get(day);
    if (known) return known;
    const added = { head: startOfDay(day), unordered: new Set<number>() };
    days.set(day, added);
    return added;
  };

  const allJournals = connection.prepare<[], JournalKey>(`SELECT device || '/' || incarnation FROM journals`).pluck();
  const allDays = connection.prepare<[], LocalDate>('SELECT DISTINCT day FROM events').pluck();
  for (const key of allJournals.all()) readJournal(key);
  for (const day of allDays.all()) readDay(day);

  return {
    journals: () => journals,
    journal: (key) => journals.get(key) ?? null,
    journalHead: (key) => journals.get(key)?.head ?? EMPTY_JOURNAL,
    days: () => days.keys(),
    dayHead: (day) => days.get(day)?.head ?? startOfDay(day),
    unordered: (day) => days.get(day)?.unordered ?? NONE,

    noteEvent: (key, journal, day, position) => {
      touchedJournals.add(key);
      journals.set(key, journal);
      dayToChange(day).unordered.add(position);
    },
    noteRow: (head, position) => {
      const day = dayToChange(head.day);
      day.head = head;
      day.unordered.delete(position);
    },
    // Rare, so the day is simply read again; its unordered events must be in order of journaling.
    noteDroppedOrder: (day) => {
      touchedDays.add(day);
      readDay(day);
    },
    // Once a day, so all is read again.
    noteForgottenDay: (day, lost) => {
      touchedDays.add(day);
      readDay(day);
      for (const key of lost) rereadJournal(key);
    },
    noteForgottenJournal: rereadJournal,
    committed: forgetTouched,
    rolledBack: () => {
      for (const key of touchedJournals) readJournal(key);
      for (const day of touchedDays) readDay(day);
      forgetTouched();
    },
  };
}
