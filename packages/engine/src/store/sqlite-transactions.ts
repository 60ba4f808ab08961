/**
 * Transactions of one connection: whole or not at all, and on the disk when they return (S1), unless their flush is deferred.
 *
 * Every SQL call goes through `sql`: a fault of the disk dooms the running transaction even if the work catches it, since
 * SQLite may have rolled back by itself and would run what follows as single commits.
 */
import { type EventStore, StorageFault } from './event-store.ts';
import { flushLog, type SqliteConnection, toStorageFault, waitForDisk } from './sqlite-connection.ts';
import { createTransactionGuard, type TransactionGuard } from './transaction-guard.ts';

export interface SqliteTransactions
  extends Pick<EventStore, 'transact' | 'deferFlush' | 'flush'>,
    Pick<TransactionGuard, 'requireOpen' | 'requireTransaction' | 'close'> {
  /** @throws StorageFault for what the disk did, from then on whenever it left memory and disk apart */
  sql<T>(run: () => T): T;
  /** The running transaction is flushed, whatever is deferred. */
  flushThis(): void;
}

export interface SqliteTransactionsOptions {
  readonly connection: SqliteConnection;
  readonly file: string;
  /** Told of each `corrupt` fault before it is thrown. */
  readonly onDamage: () => void;
  readonly onBegin: () => void;
  readonly onCommitted: () => void;
  readonly onRolledBack: () => void;
}

export function createSqliteTransactions(options: SqliteTransactionsOptions): SqliteTransactions {
  const { connection, file, onDamage, onBegin, onCommitted, onRolledBack } = options;
  const guard = createTransactionGuard();
  /** What doomed the running transaction. */
  let fault: unknown = null;
  /** Set when even a rollback or a flush failed: memory and disk can no longer be brought together. */
  let unusable: unknown = null;
  let isFlushDeferred = false;
  let isFlushedAtOnce = false;
  /** Whether the last commit is not on the disk yet. */
  let isUnflushed = false;

  function sql<T>(run: () => T): T {
    if (unusable !== null) throw unusable;
    try {
      return run();
    } catch (error) {
      const translated = toStorageFault(error, file);
      if (translated instanceof StorageFault && translated.type === 'corrupt') onDamage();
      fault ??= translated;
      throw translated;
    }
  }

  // IMMEDIATE: a transaction that will write must not find out in the middle that it cannot.
  const begin = sql(() => connection.prepare('BEGIN IMMEDIATE'));
  const commit = sql(() => connection.prepare('COMMIT'));
  const rollback = sql(() => connection.prepare('ROLLBACK'));

  function rollBack(): void {
    try {
      // A full or failing disk makes SQLite roll back by itself.
      if (connection.inTransaction) rollback.run();
      onRolledBack();
    } catch (error) {
      unusable = toStorageFault(error, file);
    }
  }

  function flush(): void {
    guard.requireOpen();
    if (!isUnflushed) return;
    try {
      sql(() => flushLog(file));
    } catch (refusal) {
      // The system may have dropped what it could not write, and would say of a second try that all is well.
      unusable = refusal;
      throw refusal;
    }
    isUnflushed = false;
  }

  return {
    sql,
    transact(work) {
      // What a loss of power tears is one commit at most (see `wal-damage.ts`).
      flush();
      const result = guard.run(() => {
        fault = null;
        isFlushedAtOnce = false;
        onBegin();
        sql(() => begin.run());
        try {
          const done = guard.refusePromise(work());
          // The work may have caught a fault; what came after it must not be committed.
          if (fault !== null) throw fault;
          sql(() => commit.run());
          isUnflushed = isFlushDeferred;
          onCommitted();
          return done;
        } catch (error) {
          rollBack();
          throw error;
        } finally {
          fault = null;
        }
      });
      if (isFlushedAtOnce) flush();
      return result;
    },
    deferFlush(work) {
      waitForDisk(connection, false);
      isFlushDeferred = true;
      try {
        work();
      } finally {
        isFlushDeferred = false;
        waitForDisk(connection, true);
      }
    },
    flush,
    flushThis() {
      isFlushedAtOnce = true;
    },
    requireTransaction() {
      guard.requireTransaction();
      if (fault !== null) throw fault;
    },
    requireOpen: guard.requireOpen,
    close: guard.close,
  };
}
