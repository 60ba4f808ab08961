import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MIGRATIONS, migrate } from './migrations.ts';
import { openConnection, type SqliteConnection } from './sqlite-connection.ts';
import { faultOf } from './test/sample-events.ts';

let folder: string;
let connection: SqliteConnection;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'aufruf-migrations-'));
  connection = openConnection(join(folder, 'device.db'));
});
afterEach(() => {
  connection.close();
  rmSync(folder, { recursive: true });
});

const version = () => connection.pragma('user_version', { simple: true });
const tables = () =>
  connection.prepare(`SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name`).pluck().all();

const FIRST = 'CREATE TABLE firsts (a TEXT) STRICT';
const SECOND = "CREATE TABLE seconds (a TEXT) STRICT; INSERT INTO firsts VALUES ('from the second step')";

describe('migrations', () => {
  it('S1: brings a new file to the version the program knows', () => {
    migrate(connection);
    expect(version()).toBe(MIGRATIONS.length);
  });

  it('S1: runs each step once, in order, from wherever the file is', () => {
    migrate(connection, [FIRST]);
    expect([version(), tables()]).toEqual([1, ['firsts']]);
    migrate(connection, [FIRST, SECOND]);
    migrate(connection, [FIRST, SECOND]);
    expect([version(), tables()]).toEqual([2, ['firsts', 'seconds']]);
    expect(connection.prepare('SELECT a FROM firsts').pluck().all()).toEqual(['from the second step']);
  });

  it('S1: refuses the file of a newer version and leaves it alone', () => {
    migrate(connection, [FIRST, SECOND]);
    const fault = faultOf(() => migrate(connection, [FIRST]));
    expect([fault.type, fault.message]).toEqual(['other', expect.stringContaining('install the newer version again')]);
    expect([version(), tables()]).toEqual([2, ['firsts', 'seconds']]);
  });

  it('S1: leaves nothing of a step that fails, when its caller rolls back', () => {
    migrate(connection, [FIRST]);
    const all = connection.transaction(() => migrate(connection, [FIRST, SECOND, 'CREATE TABLE firsts (a TEXT)']));
    expect(() => all()).toThrow('already exists');
    expect([version(), tables()]).toEqual([1, ['firsts']]);
  });
});
