/** What a commit waits for, and what becomes of one that does not wait. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTestPlatform } from '../platform/test-platform.ts';
import { openConnection, waitForDisk } from './sqlite-connection.ts';
import { type DatabaseStore, openSqliteStore } from './sqlite-store.ts';
import { append, CLOCK, createAuthor, draft, faultOf, HUB } from './test/sample-events.ts';

let folder: string;
let file: string;
let store: DatabaseStore;
const platform = createTestPlatform({ now: Date.UTC(2026, 2, 30), seed: 1 });

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'aufruf-transactions-'));
  file = join(folder, 'device.db');
  store = openSqliteStore({ file, device: HUB, platform });
});
afterEach(() => {
  store.close();
  rmSync(folder, { recursive: true });
});

const importOne = (event = createAuthor().next()) => store.transact(() => store.importEvent(event));
/** From now on the log cannot be flushed, though it can be written. */
const loseLog = (): void => rmSync(`${file}-wal`);

describe('a deferred flush', () => {
  it('S1: commits stand at once; the flush follows', () => {
    store.deferFlush(() => void importOne());
    expect(Object.values(store.versionVector())).toEqual([1]);
    loseLog();
    expect(faultOf(() => store.flush()).type).toBe('other');
  });

  it('S1: nothing waits for a flush otherwise, and none is done twice', () => {
    append(store, 'flushed by its commit');
    store.deferFlush(() => void importOne());
    store.flush();
    loseLog();
    store.flush();
    append(store, 'goes on');
  });

  it('S1: it is done before the next commit begins, since a loss of power tears one at most', () => {
    store.deferFlush(() => void importOne());
    loseLog();
    expect(faultOf(() => append(store, 'not written')).type).toBe('other');
  });

  it('S1: also before the next whose flush is deferred', () => {
    store.deferFlush(() => {
      const author = createAuthor();
      importOne(author.next());
      loseLog();
      expect(faultOf(() => importOne(author.next())).type).toBe('other');
    });
  });

  it('J3: own events are on the disk when they are journaled, since they may leave at once', () => {
    loseLog();
    store.deferFlush(() => {
      expect(faultOf(() => store.transact(() => store.append([draft('a')], CLOCK))).type).toBe('other');
    });
  });

  it('S1: a disk that has refused a flush is not asked again: the store is of no use until it is opened anew', () => {
    store.deferFlush(() => void importOne());
    loseLog();
    const refusal = faultOf(() => store.flush());
    expect(faultOf(() => append(store, 'not written'))).toBe(refusal);
  });

  it('S1: commits wait for the disk again afterwards, even when the work fails', () => {
    const other = openConnection(join(folder, 'other.db'));
    other.exec('CREATE TABLE t (x)');
    const waits = () => other.pragma('synchronous', { simple: true });
    waitForDisk(other, false);
    expect(waits()).toBe(1);
    waitForDisk(other, true);
    expect(waits()).toBe(2);
    other.close();
    expect(() =>
      store.deferFlush(() => {
        throw new Error('work failed');
      }),
    ).toThrow('work failed');
    loseLog();
    append(store, 'flushed by its commit');
    store.flush();
  });
});
