import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTestPlatform, type TestPlatform } from '../platform/test-platform.ts';
import { openConnection } from './sqlite-connection.ts';
import { openSqliteStore } from './sqlite-store.ts';
import { logEnd } from './test/log-end.ts';
import { append, HUB } from './test/sample-events.ts';
import { isWalDamaged } from './wal-damage.ts';

const HEADER_BYTES = 32;
const FRAME_BYTES = 24 + 4_096;

let folder: string;
let file: string;
let incarnation: string;
let platform: TestPlatform;
const open = () => openSqliteStore({ file, device: HUB, platform });

beforeEach(() => {
  platform = createTestPlatform({ now: Date.UTC(2026, 2, 30), seed: 1 });
  folder = mkdtempSync(join(tmpdir(), 'aufruf-wal-'));
  file = join(folder, 'device.db');
  const store = open();
  for (let i = 1; i <= 20; i += 1) append(store, `event ${i}`);
  // As a killed process leaves it; by another process, see sqlite-connection.ts.
  const script =
    'const f = require("node:fs"); for (const x of ["", "-wal"]) f.copyFileSync(process.argv[1] + x, process.argv[2] + x);';
  expect(spawnSync(process.execPath, ['-e', script, file, join(folder, 'left.db')]).status).toBe(0);
  incarnation = store.incarnation;
  store.close();
  file = join(folder, 'left.db');
});
afterEach(() => rmSync(folder, { recursive: true }));

const wal = () => readFileSync(`${file}-wal`);
/** Those of commits. */
const frames = () => (logEnd(wal()) - HEADER_BYTES) / FRAME_BYTES;
/** The log with this many bytes overwritten from there on. */
function scribble(at: number, count = 64): void {
  const bytes = wal();
  bytes.fill(0xa5, at, at + count);
  writeFileSync(`${file}-wal`, bytes);
}
const frameAt = (index: number) => HEADER_BYTES + index * FRAME_BYTES;

describe('isWalDamaged', () => {
  it('S2: nothing is wrong with no log, a whole one, an empty one, and its header alone', () => {
    expect(isWalDamaged(join(folder, 'none.db'))).toBe(false);
    expect(frames()).toBeGreaterThan(20);
    expect(isWalDamaged(file)).toBe(false);
    truncateSync(`${file}-wal`, HEADER_BYTES);
    expect(isWalDamaged(file)).toBe(false);
    truncateSync(`${file}-wal`, 0);
    expect(isWalDamaged(file)).toBe(false);
  });

  it('S2: an end that is torn, by its length or in its last frame, is none', () => {
    scribble(frameAt(frames() - 1) + 100);
    expect(isWalDamaged(file)).toBe(false);
    truncateSync(`${file}-wal`, frameAt(frames() - 0.5));
    expect(isWalDamaged(file)).toBe(false);
  });

  it('S2: frames of an earlier round behind the end are none', () => {
    const rounds = join(folder, 'rounds.db');
    const connection = openConnection(rounds);
    connection.exec('CREATE TABLE t (x)');
    const insert = connection.prepare('INSERT INTO t VALUES (zeroblob(3000))');
    for (let i = 0; i < 20; i += 1) insert.run();
    const before = statSync(`${rounds}-wal`).size;
    connection.pragma('wal_checkpoint(RESTART)');
    for (let i = 0; i < 3; i += 1) insert.run();
    expect(statSync(`${rounds}-wal`).size).toBe(before);
    expect(isWalDamaged(rounds)).toBe(false);
    connection.close();
  });

  it.each([
    ['its header', () => scribble(0, 8)],
    ['the checksum of its header', () => scribble(24, 8)],
    ['its first page', () => scribble(frameAt(0) + 1_000)],
    ['the header of a frame', () => scribble(frameAt(5), 24)],
    ['a page in its middle', () => scribble(frameAt(Math.floor(frames() / 2)) + 24)],
  ])('S2, J2: garbage in %s is damage: the file is set aside, and a new incarnation begins', (_, damage) => {
    damage();
    expect(isWalDamaged(file)).toBe(true);
    const store = open();
    expect(store.incarnation).not.toBe(incarnation);
    expect(platform.logged.map(({ message }) => message)).toContain('database damaged');
    append(store, 'goes on');
    store.close();
  });

  it('S2: what lies before the damage is saved', () => {
    scribble(frameAt(frames() - 10));
    const store = open();
    const saved = store.versionVector()[`${HUB}/${incarnation}`] ?? 0;
    expect(saved).toBeGreaterThan(0);
    expect(saved).toBeLessThan(20);
    store.close();
  });
});
