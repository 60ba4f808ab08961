/**
 * The event store on one open SQLite connection. Opening, durability and damaged files are `sqlite-store.ts`'s business,
 * which is the only caller.
 *
 * Every SQL call goes through `sql`: a fault of the disk dooms the running transaction even if the work catches it, since
 * SQLite may have rolled back by itself and would run what follows as single commits.
 */
import { assert } from '@aufruf/shared/lib/assert';
import type { DeviceId, Incarnation } from '@aufruf/shared/lib/ids';
import { eventKey, type JournalEvent, type JournalKey, journalKey } from '@aufruf/shared/sync/event';
import { hashEvent } from '@aufruf/shared/sync/hash';
import type { OrderRow } from '@aufruf/shared/sync/order';
import type { Platform } from '../platform/platform.ts';
import {
  type EventStore,
  type ImportResult,
  type JournalHead,
  type SettingName,
  StorageFault,
  type StoredEvent,
} from './event-store.ts';
import {
  assertStillFits,
  chainNext,
  EMPTY_JOURNAL,
  type ImportVerdict,
  judgeImport,
  judgeOrdered,
  type KnownJournal,
  sealDrafts,
} from './journal-rules.ts';
import { createNoteFile } from './note-file.ts';
import { createRecentEvents, type HeldEvent } from './recent-events.ts';
import { type SealedEvent, sealEvent } from './sealed-event.ts';
import { faultDetail, type SqliteConnection, toStorageFault } from './sqlite-connection.ts';
import { copyDatabase } from './sqlite-copy.ts';
import { createSqliteIndex } from './sqlite-index.ts';
import { createSqliteShelves } from './sqlite-shelves.ts';
import { type EventRow, parseEvent, prepareStatements, toOrderRow } from './sqlite-statements.ts';
import { createTransactionGuard } from './transaction-guard.ts';

export interface SqliteEventStoreOptions {
  readonly connection: SqliteConnection;
  readonly file: string;
  readonly device: DeviceId;
  readonly incarnation: Incarnation;
  readonly platform: Pick<Platform, 'sha256' | 'log'>;
  /** Told of each `corrupt` fault before it is thrown. */
  readonly onDamage: () => void;
}

export interface SqliteEventStore extends EventStore {
  /**
   * Keeps an own event of a damaged file whose predecessors are missing, until they arrive (S2). Inside transact;
   * repetition does nothing.
   */
  keepDetached(event: JournalEvent): void;
  /**
   * Copies the database into a new file while it is being worked on: a state after some commit, whole (S4).
   * Ends early, by an error, when `isGivenUp` says so; to be awaited before the store is closed.
   * @throws StorageFault when the copy cannot be written; what there is of it must not be used
   */
  copyTo(file: string, isGivenUp?: () => boolean): Promise<void>;
}

export function createSqliteEventStore(options: SqliteEventStoreOptions): SqliteEventStore {
  const { connection, file, device, incarnation, onDamage } = options;
  const { sha256, log } = options.platform;
  const ownJournal = journalKey({ device, incarnation });
  const guard = createTransactionGuard();
  /** What doomed the running transaction. */
  let fault: unknown = null;
  /** Set when even a rollback failed: memory and disk can no longer be brought together. */
  let unusable: unknown = null;

  const sql = <T>(run: () => T): T => {
    if (unusable !== null) throw unusable;
    try {
      return run();
    } catch (error) {
      const translated = toStorageFault(error, file);
      if (translated instanceof StorageFault && translated.type === 'corrupt') onDamage();
      fault ??= translated;
      throw translated;
    }
  };
  const requireTransaction = () => {
    guard.requireTransaction();
    if (fault !== null) throw fault;
  };

  const statements = sql(() => prepareStatements(connection));
  const index = sql(() => createSqliteIndex(connection));
  const recent = createRecentEvents();
  const shelves = createSqliteShelves(file, log);
  const note = createNoteFile(file);
  /** What has been asked for or written; the file's only writer is here. */
  const settings = new Map<SettingName, string | null>();

  const rollBack = () => {
    try {
      // A full or failing disk makes SQLite roll back by itself.
      if (connection.inTransaction) statements.rollback.run();
      index.rolledBack();
      recent.forget();
      settings.clear();
    } catch (error) {
      unusable = toStorageFault(error, file);
    }
  };

  /** S1: what the disk gives back is what was stored, or it is not used. */
  const toStored = (row: EventRow): StoredEvent => {
    const event = parseEvent(row);
    if (event !== null && hashEvent(event, sha256) === row.hash) return { event, hash: row.hash };
    onDamage();
    throw new StorageFault('corrupt', {
      detail: `event ${row.device}/${row.incarnation}/${row.seq} does not match its hash; ${faultDetail('corrupt', file, '')}`,
    });
  };

  /** Writes to disk and index; inside `sql`. What may be kept has been judged before. */
  const keep = ({ event, hash, payloadJson }: SealedEvent): StoredEvent => {
    const { seq, prevHash, day, type, v, deviceAt, monoMs } = event;
    const key = journalKey(event);
    const id = index.journal(key)?.id ?? row(statements.insertJournal.get(event.device, event.incarnation)).id;
    const { position } = row(
      statements.insertEvent.get(id, seq, prevHash, hash, day, type, v, payloadJson, deviceAt, monoMs),
    );
    // An ordered event may fill a gap behind the head.
    const before = index.journalHead(key);
    index.noteEvent(
      key,
      { id, head: seq > before.seq ? { seq, hash } : before, forgotten: forgotten(key) },
      day,
      position,
    );
    const stored = { event, hash };
    recent.note(stored, position);
    return stored;
  };

  const forgotten = (key: JournalKey): JournalHead => index.journal(key)?.forgotten ?? EMPTY_JOURNAL;

  /** Inside `sql`; the caller has the index read again. */
  const writeForgotten = (key: JournalKey, { seq, hash }: JournalHead) => {
    const [ofDevice = '', ofIncarnation = ''] = key.split('/');
    const id = index.journal(key)?.id ?? row(statements.insertJournal.get(ofDevice, ofIncarnation)).id;
    statements.updateForgotten.run(seq, hash, id);
  };

  const known = (event: JournalEvent): KnownJournal => {
    const key = journalKey(event);
    const hashAt = (seq: number) => heldAt({ ...event, seq })?.hash ?? null;
    return { isOwn: key === ownJournal, head: index.journalHead(key), forgotten: forgotten(key), hashAt };
  };

  /**
   * Lets own events that were saved from a damaged file and waited for this one join their journal. Those with a lower
   * seq go: whoever handed this one back holds all before it.
   */
  const attachDetached = (event: JournalEvent) => {
    let last = event;
    for (;;) {
      const next = statements.detached.get(last.device, last.incarnation, last.seq + 1);
      const verdict = next && judgeImport(sealEvent(JSON.parse(next.event) as JournalEvent, sha256), known(event));
      if (verdict?.type !== 'store') break;
      last = keep(verdict.sealed).event;
    }
    statements.deleteDetached.run(last.device, last.incarnation, last.seq);
  };

  const heldAt = (of: Pick<JournalEvent, 'device' | 'incarnation' | 'seq'>): HeldEvent | null =>
    recent.held(eventKey(of)) ??
    sql(() => statements.heldEvent.get(index.journal(journalKey(of))?.id ?? 0, of.seq) ?? null);

  /** A row that has been judged to fit. */
  const addRow = ({ day, n, epoch, receivedAt, effectiveAt, chain }: OrderRow, position: number): void => {
    assert(index.unordered(day).has(position), `row ${n} of ${day} orders an event that has a row already`);
    sql(() => statements.insertOrderRow.run(day, n, epoch, position, receivedAt, effectiveAt, chain));
    index.noteRow({ day, epoch, n, chain }, position);
  };

  /** Does as a verdict says; inside `sql`. */
  const takeIn = (verdict: ImportVerdict): ImportResult => {
    if (verdict.type !== 'store') return verdict;
    const { event } = keep(verdict.sealed);
    if (event.device === device) attachDetached(event);
    return { type: 'stored' };
  };

  return {
    device,
    incarnation,

    transact: (work) =>
      guard.run(() => {
        fault = null;
        recent.forget();
        sql(() => statements.begin.run());
        try {
          const result = guard.refusePromise(work());
          // The work may have caught a fault; what came after it must not be committed.
          if (fault !== null) throw fault;
          sql(() => statements.commit.run());
          index.committed();
          return result;
        } catch (error) {
          rollBack();
          throw error;
        } finally {
          fault = null;
        }
      }),

    writeNote: note.write,
    readNote: note.read,

    append: (drafts, clock) => {
      requireTransaction();
      const sealed = sealDrafts(drafts, { device, incarnation }, index.journalHead(ownJournal), clock, sha256);
      return sql(() => sealed.map(keep));
    },
    importEvent: (event) => {
      requireTransaction();
      return sql(() => takeIn(judgeImport(sealEvent(event, sha256), known(event))));
    },
    importSealed: (sealed) => {
      requireTransaction();
      return sql(() => takeIn(judgeImport(sealed, known(sealed.event))));
    },
    importOrdered: (entry) => {
      requireTransaction();
      assertStillFits(entry, index.dayHead(entry.row.day));
      const result = sql(() => takeIn(judgeOrdered(entry, known(entry.event))));
      if (result.type === 'stored' || result.type === 'held') addRow(entry.row, row(heldAt(entry.row)).position);
      return result;
    },
    keepDetached: (event) => {
      requireTransaction();
      sql(() => statements.insertDetached.run(event.device, event.incarnation, event.seq, JSON.stringify(event)));
    },
    appendOrder: (unchained) => {
      requireTransaction();
      const held = heldAt(unchained);
      // Outside `sql`: a wrong row is a bug of the caller, the disk is well.
      const orderRow = chainNext(unchained, index.dayHead(unchained.day), held, sha256);
      addRow(orderRow, row(held).position);
      return orderRow;
    },
    dropOrder: (day) => {
      requireTransaction();
      sql(() => {
        statements.deleteOrder.run(day);
        index.noteDroppedOrder(day);
      });
    },
    writeSetting: (name, value) => {
      requireTransaction();
      sql(() => statements.upsertSetting.run(name, value));
      settings.set(name, value);
    },

    forgetDay: (day) => {
      requireTransaction();
      sql(() => {
        const lost = statements.lastOfDay.all(day);
        for (const last of lost) {
          if (last.seq > forgotten(journalKey(last)).seq) writeForgotten(journalKey(last), last);
        }
        statements.deleteOrder.run(day);
        statements.deleteEvents.run(day);
        statements.deleteDetachedOfDay.run(day);
        index.noteForgottenDay(day, lost.map(journalKey));
        recent.forget();
      });
    },
    noteForgotten: (key, head) => {
      requireTransaction();
      if (head.seq <= index.journalHead(key).seq) return;
      sql(() => {
        writeForgotten(key, head);
        index.noteForgottenJournal(key);
      });
    },
    attachSaved: (held) => {
      requireTransaction();
      sql(() => {
        for (const { event: text } of statements.allDetached.all()) {
          const event = JSON.parse(text) as JournalEvent;
          const key = journalKey(event);
          const before = event.seq - 1;
          if (held[key] !== before || before <= index.journalHead(key).seq) continue;
          // What this disk lost the hub has: the journal goes on behind it, and the hub checks that it fits.
          writeForgotten(key, { seq: before, hash: event.prevHash });
          index.noteForgottenJournal(key);
          takeIn(judgeImport(sealEvent(event, sha256), known(event)));
        }
      });
    },
    writeStatistics: (day, text) => {
      requireTransaction();
      sql(() => (text === null ? statements.deleteStatistics.run(day) : statements.upsertStatistics.run(day, text)));
    },

    readSetting: (name) => {
      guard.requireOpen();
      const known = settings.get(name);
      if (known !== undefined) return known;
      const value = sql(() => statements.setting.get(name)?.value ?? null);
      settings.set(name, value);
      return value;
    },
    event: (key) => {
      guard.requireOpen();
      const known = recent.event(key);
      if (known !== null) return known;
      const [ofDevice = '', ofIncarnation = '', seq = ''] = key.split('/');
      const journal = index.journal(`${ofDevice}/${ofIncarnation}`);
      if (journal === null) return null;
      const found = sql(() => statements.event.get(journal.id, Number(seq)));
      return found ? toStored(found) : null;
    },
    versionVector: (of) => {
      guard.requireOpen();
      const vector: Record<string, number> = {};
      const prefix = of === undefined ? '' : `${of}/`;
      for (const [key, journal] of index.journals()) if (key.startsWith(prefix)) vector[key] = journal.head.seq;
      return vector;
    },
    journalHead: (key) => {
      guard.requireOpen();
      return index.journalHead(key);
    },
    forgotten: (key) => {
      guard.requireOpen();
      return forgotten(key);
    },
    statistics: () => {
      guard.requireOpen();
      return new Map(sql(() => statements.statistics.all()).map(({ day, statistics }) => [day, statistics]));
    },
    journalAfter: (key, seq, limit) => {
      guard.requireOpen();
      const journal = index.journal(key);
      if (journal === null) return [];
      const known = recent.journalBetween(key, seq, Math.min(journal.head.seq, seq + limit));
      return known ?? sql(() => statements.journalAfter.all(journal.id, seq, limit)).map(toStored);
    },
    head: (day) => {
      guard.requireOpen();
      return index.dayHead(day);
    },
    rowAt: (day, n) => {
      guard.requireOpen();
      const found = sql(() => statements.entry.get(day, n));
      return found ? toOrderRow(found) : null;
    },
    entriesAfter: (day, afterN, limit) => {
      guard.requireOpen();
      const found = sql(() => statements.entriesAfter.all(day, afterN, limit));
      return found.map((entry) => ({ row: toOrderRow(entry), event: toStored(entry).event }));
    },
    unordered: (day) => {
      guard.requireOpen();
      const found = sql(() => [...index.unordered(day)].map((position) => row(statements.eventAt.get(position))));
      return found.map(toStored);
    },
    days: () => {
      guard.requireOpen();
      return [...index.days()].sort();
    },

    copyTo: async (to, isGivenUp) => {
      guard.requireOpen();
      await copyDatabase(connection, to, isGivenUp);
    },

    openShelf: () => {
      guard.requireOpen();
      return shelves.open();
    },

    close: () => {
      guard.close();
      shelves.close();
      note.close();
      connection.close();
    },
  };
}

/** A row that must be there. */
function row<T>(found: T | null | undefined): T {
  assert(found !== null && found !== undefined, 'the database lacks a row that its index has');
  return found;
}
