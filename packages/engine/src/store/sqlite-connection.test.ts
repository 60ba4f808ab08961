import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { migrate } from './migrations.ts';
import {
  assertDurable,
  assertSafeVersion,
  MIN_SQLITE_VERSION,
  openConnection,
  openForSalvage,
  type SqliteConnection,
  toStorageFault,
} from './sqlite-connection.ts';
import { faultOf } from './test/sample-events.ts';

let folder: string;
let file: string;
let connection: SqliteConnection;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'aufruf-connection-'));
  file = join(folder, 'device.db');
  connection = openConnection(file);
});
afterEach(() => {
  connection.close();
  rmSync(folder, { recursive: true });
});

const pragma = (name: string) => connection.pragma(name, { simple: true });

describe('SQLite connection', () => {
  it('S1: still commits durably after its first write, on a new file and on an old one', () => {
    migrate(connection);
    expect([pragma('journal_mode'), pragma('synchronous'), pragma('foreign_keys')]).toEqual(['wal', 2, 1]);
    assertDurable(connection);
    connection.close();

    connection = openConnection(file);
    connection.exec(`INSERT INTO settings VALUES ('epoch', '1')`);
    expect([pragma('journal_mode'), pragma('synchronous'), pragma('foreign_keys')]).toEqual(['wal', 2, 1]);
    assertDurable(connection);
  });

  it('S1: is refused when a commit could be lost with the power', () => {
    connection.pragma('synchronous = NORMAL');
    migrate(connection);
    expect(faultOf(() => assertDurable(connection)).message).toContain('would not survive loss of power');
  });

  it('S1: has only strict tables, each in snake case and plural, and enforces foreign keys', () => {
    migrate(connection);
    const tables = connection
      .prepare<[], { name: string; strict: number }>(
        `SELECT name, strict FROM pragma_table_list WHERE schema = 'main' AND name NOT LIKE 'sqlite_%'`,
      )
      .all();
    expect(tables.length).toBeGreaterThan(4);
    for (const { name, strict } of tables)
      expect([name, strict]).toEqual([expect.stringMatching(/^[a-z]+(_[a-z]+)*s$/), 1]);
    const orphan = `INSERT INTO events VALUES (1, 99, 1, '', '', '2026-03-30', 'v1.Sample', 1, '{}', 0, 0)`;
    expect(() => connection.exec(orphan)).toThrow('FOREIGN KEY');
  });

  it('S1: refuses an SQLite that can damage files', () => {
    const [major, minor, patch] = MIN_SQLITE_VERSION.split('.').map(Number) as [number, number, number];
    for (const version of [
      `${major}.${minor}.${patch}`,
      `${major}.${minor}.${patch + 9}`,
      `${major}.${minor + 1}.0`,
      '4.0.0',
    ]) {
      expect(() => assertSafeVersion(version)).not.toThrow();
    }
    for (const version of [`${major}.${minor}.${patch - 1}`, `${major}.${minor - 1}.${patch}`, '3.9.99', '2.99.99']) {
      expect(faultOf(() => assertSafeVersion(version)).message).toContain(`${MIN_SQLITE_VERSION} is needed`);
    }
    expect(() => assertSafeVersion('unknown')).toThrow('not a version');
  });

  it('S3: says that a file cannot be written', () => {
    migrate(connection);
    connection.close();
    const readOnly = openForSalvage(file);
    const attempt = () => {
      try {
        readOnly.exec(`INSERT INTO settings VALUES ('epoch', '1')`);
      } catch (error) {
        throw toStorageFault(error, file);
      }
    };
    const fault = faultOf(attempt);
    expect([fault.type, fault.message]).toEqual(['readOnly', expect.stringContaining('check the permissions')]);
    readOnly.close();
  });

  it('S3: leaves a bug a bug', () => {
    const bug = new TypeError('not the disk');
    expect(toStorageFault(bug, file)).toBe(bug);
    migrate(connection);
    const duplicate = () => connection.exec(`INSERT INTO settings VALUES ('epoch', '1'), ('epoch', '2')`);
    expect(duplicate).toThrow('UNIQUE');
    try {
      duplicate();
    } catch (error) {
      expect(toStorageFault(error, file)).toBe(error);
    }
  });
});
