/** What is left after the process, the power or the disk's space is gone. */
import { spawn, spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { journalKey } from '@aufruf/shared/sync/event';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createRandom } from '../platform/seeded-random.ts';
import { createTestPlatform } from '../platform/test-platform.ts';
import type { EventStore } from './event-store.ts';
import { openSqliteStore } from './sqlite-store.ts';
import { logEnd } from './test/log-end.ts';
import {
  append,
  assertIntact,
  CLOCK,
  draft,
  everything,
  faultOf,
  HUB,
  MONDAY,
  nextRow,
  TUESDAY,
} from './test/sample-events.ts';
import { withSmallDisk } from './test/small-disk.ts';

let folder: string;
const platform = createTestPlatform({ now: Date.UTC(2026, 2, 30), seed: 1 });
const open = (file: string) => openSqliteStore({ file, device: HUB, platform });

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'aufruf-crash-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const ownSeq = (store: EventStore): number => store.versionVector()[journalKey(store)] ?? 0;

/** By another process: closing a copied file in this one would drop the store's lock on it (POSIX). */
function copyWhileOpen(from: string, to: string): void {
  const script = 'const { copyFileSync } = require("node:fs"); copyFileSync(process.argv[1], process.argv[2]);';
  const { status, stderr } = spawnSync(process.execPath, ['-e', script, from, to], { encoding: 'utf8' });
  expect(stderr).toBe('');
  expect(status).toBe(0);
}

describe('SQLite store after kill -9', () => {
  it('J4, S1: has every event it acknowledged, six times over', { timeout: 60_000 }, async () => {
    const file = join(folder, 'device.db');
    const random = createRandom(20_260_330);
    let before = 0;
    for (let round = 0; round < 6; round++) {
      const acknowledged = await runUntilKilled('append-loop', file, 1 + (random.uint32() % 120));
      const store = open(file);
      expect(acknowledged).toBeGreaterThan(before);
      expect(ownSeq(store)).toBeGreaterThanOrEqual(acknowledged);
      // The pair of a transaction came whole or not at all, ordered with it.
      expect(ownSeq(store) % 2).toBe(0);
      expect(store.head(MONDAY).n).toBe(ownSeq(store));
      expect(store.unordered(MONDAY)).toEqual([]);
      assertIntact(store);
      before = ownSeq(store);
      store.close();
    }
    expect(readdirSync(folder)).toEqual(['device.db']);
  });

  it('D2, J4: a day that was being deleted is there as a whole or gone as a whole, eight times over', {
    timeout: 60_000,
  }, async () => {
    const file = join(folder, 'device.db');
    const random = createRandom(7);
    for (let round = 0; round < 8; round++) {
      await runUntilKilled('forget-loop', file, 1 + (random.uint32() % 12), random.uint32() % 12);
      const store = open(file);
      const events = store.days().includes(MONDAY) ? store.entriesAfter(MONDAY, 0, 1_000).length : 0;
      expect([0, 400]).toContain(events);
      expect(store.unordered(MONDAY)).toEqual([]);
      // Of each round 400 events and one that stays, none lost and none twice.
      const kept = store.journalAfter(journalKey(store), 0, 100_000).filter(({ event }) => event.day === TUESDAY);
      expect(ownSeq(store)).toBe(kept.length * 401);
      assertIntact(store);
      store.close();
    }
  });

  /** Kills the process when so many commits have been said, and a little later. @returns the last seq it said */
  async function runUntilKilled(name: string, file: string, commits: number, laterMs = 0): Promise<number> {
    const script = fileURLToPath(new URL(`./test/${name}.ts`, import.meta.url));
    const child = spawn(process.execPath, [script, file], { stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    let complaint = '';
    child.stderr.on('data', (text) => {
      complaint += text;
    });
    child.stdout.on('data', (text) => {
      said += text;
      if (said.split('\n').length > commits) setTimeout(() => child.kill('SIGKILL'), laterMs);
    });
    const signal = await new Promise((resolve) => child.on('close', (_, closedBy) => resolve(closedBy)));
    expect([complaint, signal]).toEqual(['', 'SIGKILL']);
    // The last line may be cut.
    return Number(said.split('\n').at(-2));
  }
});

describe('SQLite store after loss of power', () => {
  it('J4, S1: a copy of the files taken right after a commit has everything acknowledged', () => {
    const store = open(join(folder, 'device.db'));
    for (let i = 1; i <= 5; i++) {
      const { event } = append(store, `event ${i}`);
      store.transact(() => store.appendOrder(nextRow(store, event)));
      const copy = join(folder, `copy-${i}`);
      mkdirSync(copy);
      for (const name of ['device.db', 'device.db-wal']) copyWhileOpen(join(folder, name), join(copy, name));
      const restored = open(join(copy, 'device.db'));
      expect(everything(restored)).toEqual(everything(store));
      expect(restored.incarnation).toBe(store.incarnation);
      restored.close();
    }
    append(store, 'still locked and alive');
    store.close();
  });

  it('J4, S1: a torn end of the -wal costs what was not acknowledged and nothing else', () => {
    const file = join(folder, 'device.db');
    const store = open(file);
    const readLog = (): Buffer => {
      copyWhileOpen(`${file}-wal`, join(folder, 'wal'));
      return readFileSync(join(folder, 'wal'));
    };
    for (let i = 1; i <= 4; i++) append(store, `acknowledged ${i}`);
    const durable = readLog();
    // A commit of many pages, none of which the disk has finished when the power goes.
    store.transact(() =>
      store.append(
        Array.from({ length: 40 }, (_, i) => draft(`torn ${i} ${'x'.repeat(1_000)}`)),
        CLOCK,
      ),
    );
    const written = readLog();
    const [from, to] = [logEnd(durable), logEnd(written)];
    expect(to).toBeGreaterThan(from + 10 * 4_096);
    copyWhileOpen(file, join(folder, 'main'));
    store.close();

    const random = createRandom(7);
    for (let cut = 0; cut < 8; cut++) {
      // All of the last commit is missing, or a part: then what was there before is there still, or the log ends.
      const at = cut === 0 ? from : from + (random.uint32() % (to - from));
      const behind = cut % 2 === 0 ? durable.subarray(at) : Buffer.alloc(0);
      const torn = join(folder, `torn-${cut}.db`);
      copyFileSync(join(folder, 'main'), torn);
      writeFileSync(`${torn}-wal`, Buffer.concat([written.subarray(0, at), behind]));
      const restored = open(torn);
      expect([restored.incarnation, ownSeq(restored)]).toEqual([store.incarnation, 4]);
      append(restored, 'goes on');
      assertIntact(restored);
      restored.close();
    }
  });
});

describe('SQLite store on a full disk', () => {
  it('S3: stores nothing by halves, says that the disk is full, and goes on when there is space', (context) =>
    withSmallDisk(folder, context, (disk) => {
      const file = join(disk.folder, 'device.db');
      const store = open(file);
      const first = append(store, 'kept').event;
      disk.fill('filler');

      let acknowledged = everything(store);
      const appendUntilFull = () => {
        // Some fit into pages that have been allocated.
        for (;;) {
          store.transact(() => {
            store.append([draft('x'.repeat(5_000)), draft('second of the same commit')], CLOCK);
            if (store.head(MONDAY).n === 0) store.appendOrder(nextRow(store, first));
            store.writeSetting('epoch', String(ownSeq(store)));
          });
          acknowledged = everything(store);
        }
      };
      const fault = faultOf(appendUntilFull);
      expect([fault.type, fault.message]).toEqual(['full', expect.stringContaining('no space left')]);
      expect(everything(store)).toEqual(acknowledged);
      expect(faultOf(appendUntilFull).type).toBe('full');
      expect(everything(store)).toEqual(acknowledged);

      rmSync(join(disk.folder, 'filler'));
      append(store, 'there is space again');
      assertIntact(store);
      const after = everything(store);
      expect(after.journals[0]?.slice(0, -1)).toEqual(acknowledged.journals[0]);
      store.close();

      disk.fill('filler');
      expect(faultOf(() => open(file)).type).toBe('full');
      rmSync(join(disk.folder, 'filler'));
      const again = open(file);
      expect([again.incarnation, everything(again)]).toEqual([store.incarnation, after]);
      again.close();
    }));
});
