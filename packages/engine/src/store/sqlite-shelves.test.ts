import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DeviceId } from '@aufruf/shared/lib/ids';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTestPlatform } from '../platform/test-platform.ts';
import { shelfContract } from './shelf.contract.ts';
import { openSqliteStore } from './sqlite-store.ts';
import { HUB } from './test/sample-events.ts';
import { withSmallDisk } from './test/small-disk.ts';

let folder: string;
let file: string;
const platform = createTestPlatform({ now: Date.UTC(2026, 10, 30), seed: 1 });
const open = (device: DeviceId = HUB) => openSqliteStore({ file, device, platform });
const shelvesFile = () => `${file}-shelves`;
const some = { removed: [], changed: [], added: [['a', '1']] } as const;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'aufruf-shelves-'));
  file = join(folder, 'device.db');
});
afterEach(() => rmSync(folder, { recursive: true }));

let files = 0;
shelfContract('SQLite store', (device) => openSqliteStore({ file: join(folder, `${files++}.db`), device, platform }));

describe('shelves on the disk', () => {
  it('S5: make a file when something is shelved, and leave none behind', () => {
    const store = open();
    const shelf = store.openShelf();
    expect(existsSync(shelvesFile())).toBe(false);
    shelf.change('visits', some);
    expect(existsSync(shelvesFile())).toBe(true);
    store.close();
    shelf.close();
    expect(readdirSync(folder)).toEqual(['device.db']);
  });

  it('S5: what a killed process left is thrown away unread', () => {
    writeFileSync(shelvesFile(), 'no database');
    const shelf = open().openShelf();
    expect(existsSync(shelvesFile())).toBe(false);
    expect(shelf.change('visits', some)).toBe(true);
  });

  it('S5: are no part of the transaction around them', () => {
    const store = open();
    const shelf = store.openShelf();
    const failed = () =>
      store.transact(() => {
        store.writeSetting('epoch', '7');
        shelf.change('visits', some);
        throw new Error('undone');
      });
    expect(failed).toThrow('undone');
    expect(shelf.get('visits', 'a')).toBe('1');
  });

  it('S3, S5: a full disk refuses whole changes, what stands on it can be read, and it goes on when there is space', (context) =>
    withSmallDisk(folder, context, (disk) => {
      const linesBefore = platform.logged.length;
      const store = openSqliteStore({ file: join(disk.folder, 'device.db'), device: HUB, platform });
      const shelf = store.openShelf();
      const map = new Map<string, string>();
      /** More than the connection keeps in memory, so that a good part of it can only be read from the disk. */
      const text = 'x'.repeat(3_000);
      const putNext = (): boolean => {
        const added = Array.from({ length: 10 }, (_, n) => [`${map.size + n}`, text] as const);
        const isTaken = shelf.change('visits', { removed: [], changed: [], added });
        for (const [key] of isTaken ? added : []) map.set(key, text);
        return isTaken;
      };
      while (map.size < 200) expect(putNext()).toBe(true);
      disk.fill('filler');
      while (putNext());
      expect(putNext()).toBe(false);
      expect([...shelf.entries('visits')]).toEqual([...map]);
      expect(store.openShelf().change('commands', some)).toBe(false);
      expect(platform.logged.slice(linesBefore).map(({ level, message }) => [level, message])).toEqual([
        ['warn', expect.stringContaining('stays in memory')],
      ]);

      rmSync(join(disk.folder, 'filler'));
      expect(putNext()).toBe(true);
      expect([...shelf.entries('visits')]).toEqual([...map]);
      store.close();
    }));
});
