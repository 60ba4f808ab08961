/**
 * Brings a database file to the schema this program knows. Forward only: each step runs once, in the caller's
 * transaction, and `user_version` counts the steps done. A program older than its file refuses it, because it could not
 * know what it would destroy.
 */
import { StorageFault } from './event-store.ts';
import { SCHEMA_V1, SCHEMA_V2 } from './schema.ts';
import type { SqliteConnection } from './sqlite-connection.ts';

/** Step n leads from `user_version` n to n + 1. Add at the end; never edit one that has shipped. */
export const MIGRATIONS: readonly string[] = [SCHEMA_V1, SCHEMA_V2];

/** @throws StorageFault when the file was written by a newer version; it is left as it was */
export function migrate(connection: SqliteConnection, migrations: readonly string[] = MIGRATIONS): void {
  const version = Number(connection.pragma('user_version', { simple: true }));
  if (version > migrations.length) {
    throw new StorageFault('other', {
      detail: `the database has schema ${version}, this version knows ${migrations.length}: install the newer version again`,
    });
  }
  for (const step of migrations.slice(version)) connection.exec(step);
  connection.pragma(`user_version = ${migrations.length}`);
}
