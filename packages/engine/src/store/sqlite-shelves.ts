/**
 * Shelves on the disk: tables of a scratch database beside the device's own. What stands there can be folded again from
 * the log at any time (rule 3), so nothing waits for the disk, and a file left behind by a killed process is thrown away.
 *
 * Its pages are written with each change and not, as in a temporary database of SQLite's, when a reader needs room: on a
 * full disk changes are refused and everything can still be read.
 */
import { rmSync } from 'node:fs';
import { SHELF_KINDS, type ShelfChanges, type ShelfKind } from '@aufruf/shared/domain/day/shelf';
import { fnv1a } from '@aufruf/shared/lib/fnv1a';
import type { Log } from '../platform/platform.ts';
import { type OpenShelf, StorageFault } from './event-store.ts';
import { openScratch, type SqliteConnection, toStorageFault } from './sqlite-connection.ts';

/** Entries read at a time: no other statement may run on the connection while one is being iterated over. */
const PAGE = 200;

export interface SqliteShelves {
  open(): OpenShelf;
  close(): void;
}

/** `databaseFile`: locked by this process, so that nobody else uses the file beside it. */
export function createSqliteShelves(databaseFile: string, log: Log): SqliteShelves {
  const file = `${databaseFile}-shelves`;
  const discard = () => rmSync(file, { force: true });
  /** Null until something is shelved: most days of most devices stay so small that nothing ever is. */
  let connection: SqliteConnection | null = null;
  let count = 0;
  let isRefused = false;

  const sql = <T>(run: () => T): T => {
    try {
      return run();
    } catch (error) {
      throw toStorageFault(error, file);
    }
  };
  /** False when the disk does not do it, which is told once. */
  function isDone(work: () => void): boolean {
    try {
      sql(work);
      isRefused = false;
    } catch (error) {
      if (!(error instanceof StorageFault)) throw error;
      if (!isRefused) log.warn('what a day no longer needs stays in memory: the disk takes nothing', { error });
      isRefused = true;
    }
    return !isRefused;
  }
  function openBoards(shelf: number): Boards {
    connection ??= openScratch(file);
    return prepareBoards(connection, shelf);
  }

  discard();
  return {
    open() {
      const shelf = count++;
      let boards: Boards | null = null;
      return {
        get: (kind, key) => sql(() => boards?.[kind].get.get(fnv1a(key), key)),
        has: (kind, key) => sql(() => boards?.[kind].has.get(fnv1a(key), key)) !== undefined,
        size: (kind) => sql(() => boards?.[kind].size.get()) ?? 0,
        *entries(kind) {
          for (let last = 0; ; ) {
            const page = sql(() => boards?.[kind].page.all(last, PAGE)) ?? [];
            for (const { place, key, text } of page) {
              last = place;
              yield [key, text];
            }
            if (page.length < PAGE) return;
          }
        },
        change: (kind, changes) =>
          isDone(() => {
            boards ??= openBoards(shelf);
            boards[kind].change(changes);
          }),
        close() {
          const scratch = connection;
          if (boards === null || scratch?.open !== true) return;
          boards = null;
          // What a failing disk does not let go of is thrown away with the file.
          isDone(() => {
            for (const kind of SHELF_KINDS) scratch.exec(`DROP TABLE ${kind}_${shelf}`);
          });
        },
      };
    },
    close() {
      connection?.close();
      discard();
    },
  };
}

type Boards = Record<ShelfKind, ReturnType<typeof prepareBoard>>;

function prepareBoards(connection: SqliteConnection, shelf: number): Boards {
  const board = (kind: ShelfKind) => prepareBoard(connection, `${kind}_${shelf}`);
  return connection.transaction(() => ({
    visits: board('visits'),
    commands: board('commands'),
    codes: board('codes'),
  }))();
}

function prepareBoard(connection: SqliteConnection, table: string) {
  // Entries are appended; what goes to a random place is a short hash alone, so that all hashes fit the cache.
  connection.exec(
    `CREATE TABLE ${table} (place INTEGER PRIMARY KEY, hash INTEGER NOT NULL, key TEXT NOT NULL, text TEXT NOT NULL) STRICT;
     CREATE INDEX ${table}_by_hash ON ${table} (hash)`,
  );
  type Key = [hash: number, key: string];
  const remove = connection.prepare<Key>(`DELETE FROM ${table} WHERE hash = ? AND key = ?`);
  const replace = connection.prepare<[text: string, ...Key]>(`UPDATE ${table} SET text = ? WHERE hash = ? AND key = ?`);
  const add = connection.prepare<[...Key, text: string]>(`INSERT INTO ${table} (hash, key, text) VALUES (?, ?, ?)`);
  return {
    get: connection.prepare<Key, string>(`SELECT text FROM ${table} WHERE hash = ? AND key = ?`).pluck(),
    has: connection.prepare<Key, number>(`SELECT 1 FROM ${table} WHERE hash = ? AND key = ?`).pluck(),
    size: connection.prepare<[], number>(`SELECT count(*) FROM ${table}`).pluck(),
    page: connection.prepare<[after: number, limit: number], { place: number; key: string; text: string }>(
      `SELECT place, key, text FROM ${table} WHERE place > ? ORDER BY place LIMIT ?`,
    ),
    change: connection.transaction(({ removed, changed, added }: ShelfChanges) => {
      for (const key of removed) remove.run(fnv1a(key), key);
      for (const [key, text] of changed) replace.run(text, fnv1a(key), key);
      for (const [key, text] of added) add.run(fnv1a(key), key, text);
    }),
  };
}
