import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readdirSync, rmSync, statSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTestPlatform } from '../platform/test-platform.ts';
import { openConnection } from './sqlite-connection.ts';
import { openSqliteStore } from './sqlite-store.ts';
import { append, assertIntact, everything, HUB } from './test/sample-events.ts';
import { withSmallDisk } from './test/small-disk.ts';
import { isWalDamaged } from './wal-damage.ts';
import { layOutWal, WAL_LAYOUT_PAGES } from './wal-layout.ts';

const LAID_OUT_BYTES = WAL_LAYOUT_PAGES * (24 + 4_096);

let folder: string;
let file: string;
const platform = createTestPlatform({ now: Date.UTC(2026, 2, 30), seed: 1 });
const open = (at = file) => openSqliteStore({ file: at, device: HUB, platform });
const logBytes = (of = file) => statSync(`${of}-wal`).size;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'aufruf-layout-'));
  file = join(folder, 'device.db');
});
afterEach(() => rmSync(folder, { recursive: true }));

/** What a process that is killed now leaves; copied by another process, see sqlite-connection.ts. */
function leftBehind(name: string): string {
  const left = join(folder, name);
  const script =
    'const f = require("node:fs"); for (const x of ["", "-wal"]) f.copyFileSync(process.argv[1] + x, process.argv[2] + x);';
  expect(spawnSync(process.execPath, ['-e', script, file, left]).status).toBe(0);
  return left;
}

describe('layOutWal', () => {
  it('S1: the log has its full length from the start, and no commit makes it longer, round after round', () => {
    const store = open();
    const before = logBytes();
    expect(before).toBeGreaterThanOrEqual(LAID_OUT_BYTES);
    const databaseBytes = () => statSync(file).size;
    // The database file changes when the log is written back: three times.
    for (let writtenBack = 0, i = 1; writtenBack < 3; i += 1) {
      const last = databaseBytes();
      append(store, `event ${i} ${'x'.repeat(500)}`);
      if (databaseBytes() !== last) writtenBack += 1;
    }
    expect(logBytes()).toBe(before);
    assertIntact(store);
    store.close();
  });

  it('S1: nothing of it is in the database, which is no larger for it, and a closed one has no log', () => {
    const connection = openConnection(file);
    connection.exec('CREATE TABLE t (x)');
    layOutWal(connection, file);
    expect(connection.prepare('SELECT name FROM sqlite_schema').pluck().all()).toEqual(['t']);
    connection.pragma('wal_checkpoint(TRUNCATE)');
    expect(statSync(file).size).toBe(2 * 4_096);
    connection.close();
    expect(readdirSync(folder)).toEqual(['device.db']);
  });

  it('J4, S1, S2: a process that is killed right behind it leaves no damage, and what was there is there', () => {
    const store = open();
    append(store, 'kept');
    const before = everything(store);
    store.close();

    const connection = openConnection(file);
    layOutWal(connection, file);
    const left = leftBehind('left.db');
    connection.close();
    expect(isWalDamaged(left)).toBe(false);
    // Its end may be torn, too.
    const torn = join(folder, 'torn.db');
    for (const part of ['', '-wal']) copyFileSync(left + part, torn + part);
    truncateSync(`${torn}-wal`, LAID_OUT_BYTES / 2 + 100);
    expect(isWalDamaged(torn)).toBe(false);
    for (const one of [left, torn]) {
      const again = open(one);
      expect(everything(again)).toEqual(before);
      expect(logBytes(one)).toBeGreaterThanOrEqual(LAID_OUT_BYTES);
      append(again, 'goes on');
      assertIntact(again);
      again.close();
    }
  });

  it('S1: a log that a killed process has left at its length stays as it is, a shorter one is filled from its beginning', () => {
    const store = open();
    append(store, 'kept');
    const [long, short] = [leftBehind('long.db'), leftBehind('short.db')];
    const before = everything(store);
    const size = logBytes();
    store.close();
    truncateSync(`${short}-wal`, LAID_OUT_BYTES / 2);
    for (const one of [long, short]) {
      const again = open(one);
      expect(everything(again)).toEqual(before);
      expect(Math.abs(logBytes(one) - size)).toBeLessThan(LAID_OUT_BYTES / 10);
      again.close();
    }
  });

  it('S3: without room for it the disk is left as it was, and commits have it', (context) =>
    withSmallDisk(folder, context, (disk) => {
      file = join(disk.folder, 'device.db');
      const store = open();
      expect(logBytes()).toBeLessThan(100_000);
      append(store, 'kept');
      assertIntact(store);
      store.close();
    }));
});
