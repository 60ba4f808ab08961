/**
 * Lays the write-ahead log out at its full length before the first commit (S1). A commit that makes a file longer waits for
 * the file system to note the new length as well, which costs half as much again; a log that has been filled once is
 * written over from then on, round by round, and SQLite would fill it only by the first thousand pages of each start.
 *
 * It is filled by a transaction that is taken back: SQLite writes its pages into the log as they grow too many to be kept
 * in memory, and leaves them there without a commit. For whoever reads the log they were never written, whether the
 * process is killed in the middle or the power goes; the database file has not seen them at all.
 */
import { statSync } from 'node:fs';
import { StorageFault } from './event-store.ts';
import { CACHE_KIB, type SqliteConnection, toStorageFault } from './sqlite-connection.ts';

/**
 * The log is written back into the database, and begun anew, by the commit that fills 1,000 pages (SQLite's default); the
 * rest is for that commit itself.
 */
export const WAL_LAYOUT_PAGES = 1_024;
const PAGE_BYTES = 4_096;
const FRAME_BYTES = 24 + PAGE_BYTES;

/** Pages kept in memory meanwhile. They do not reach the log. */
const KEPT_PAGES = 16;

/**
 * Before the first write of an opening, whose commit makes it durable; after a look at what is left of an earlier one, see
 * `wal-damage.ts`. Where the disk has no room for it, nothing is done: what is there is for commits.
 * @throws StorageFault other than `full`
 */
export function layOutWal(connection: SqliteConnection, file: string): void {
  if (isLaidOut(file)) return;
  try {
    // What a killed process left is in the database first: a log is filled from its beginning.
    connection.pragma('wal_checkpoint(RESTART)');
    connection.pragma(`cache_size = ${KEPT_PAGES}`);
    connection.exec('BEGIN IMMEDIATE; CREATE TABLE wal_layout (content BLOB)');
    connection.prepare('INSERT INTO wal_layout VALUES (zeroblob(?))').run((WAL_LAYOUT_PAGES + KEPT_PAGES) * PAGE_BYTES);
    connection.exec('ROLLBACK');
  } catch (error) {
    const fault = toStorageFault(error, file);
    if (!(fault instanceof StorageFault && fault.type === 'full')) throw fault;
    if (connection.inTransaction) connection.exec('ROLLBACK');
    connection.pragma('wal_checkpoint(TRUNCATE)');
  } finally {
    connection.pragma(`cache_size = -${CACHE_KIB}`);
  }
}

/** Left behind by a process that was killed. */
const isLaidOut = (file: string): boolean =>
  (statSync(`${file}-wal`, { throwIfNoEntry: false })?.size ?? 0) >= WAL_LAYOUT_PAGES * FRAME_BYTES;
