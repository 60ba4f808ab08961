import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTestPlatform, type TestPlatform } from '@aufruf/engine/platform/test-platform';
import { StorageFault } from '@aufruf/engine/store/event-store';
import { type DatabaseStore, openSqliteStore } from '@aufruf/engine/store/sqlite-store';
import { at, DAY, ZONE } from '@aufruf/shared/domain/views/test/fixtures';
import type { DeviceId } from '@aufruf/shared/lib/ids';
import { addDays, toLocalDate } from '@aufruf/shared/lib/local-time';
import { HOUR_MS, MINUTE_MS } from '@aufruf/shared/lib/time';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { backupName, backupTime } from './backup-name.ts';
import { backUpDaily, type DailyBackup, type DailyBackupOptions } from './daily-backup.ts';
import { verifyInWorker } from './verify-in-worker.ts';

let folder: string;
let target: string;
let platform: TestPlatform;
let store: DatabaseStore;
let backup: DailyBackup;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'aufruf-backup-'));
  target = mkdtempSync(join(folder, 'to-'));
  platform = createTestPlatform({ now: at('08:00'), seed: 1 });
  store = openSqliteStore({ file: join(folder, 'hub.db'), device: 'hub' as DeviceId, platform });
});
afterEach(async () => {
  await backup.stop();
  store.close();
  rmSync(folder, { recursive: true });
});

const begin = (over: Partial<DailyBackupOptions> = {}) => {
  const today = () => ({ day: toLocalDate(platform.now(), ZONE), timeZone: ZONE });
  backup = backUpDaily({ folder: target, keep: 3, verify: async () => [], store, platform, today, ...over });
};
const names = () => readdirSync(target).sort();
const messages = () => platform.logged.map(({ message }) => message);
/** Lets a minute pass, and what then begins come to its end. */
async function aMinute(): Promise<void> {
  const before = platform.logged.length;
  platform.advance(MINUTE_MS);
  await vi.waitFor(() => expect(platform.logged.length).toBeGreaterThan(before), { timeout: 10_000 });
}

describe('daily backup', { timeout: 30_000 }, () => {
  it('S4: one a business day, opened and found whole before it has its name; so many are kept', async () => {
    begin();
    for (let day = 0; day < 5; day += 1) {
      platform.setWallClock(at('00:05', addDays(DAY, day)));
      await aMinute();
    }
    // In UTC the evening before.
    expect(names()).toEqual([2, 3, 4].map((day) => backupName(at('00:06', addDays(DAY, day)))));
    expect(backup.lastAt()).toBe(at('00:06', addDays(DAY, 4)));
    expect(new Set(messages())).toEqual(new Set(['a backup has been made']));
    expect(await verifyInWorker(join(target, names()[0] as string))).toEqual([]);
  });

  it('S4: a hub that is started again makes no second one for the day', async () => {
    writeFileSync(join(target, backupName(at('00:10'))), '');
    begin();
    platform.advance(HOUR_MS);
    await backup.stop();
    expect([names(), messages()]).toEqual([[backupName(at('00:10'))], []]);
  });

  it('S4: a damaged copy gets no name, removes nothing, is said, and is tried again in an hour', async () => {
    const old = backupName(at('08:00', addDays(DAY, -9)));
    writeFileSync(join(target, old), '');
    let problems: readonly string[] = ['page 7 is wrong'];
    begin({ keep: 1, verify: async () => problems });
    await aMinute();
    expect([names(), messages()]).toEqual([[old], ['the daily backup failed; the next try is in an hour']]);
    problems = [];
    platform.advance(HOUR_MS - MINUTE_MS);
    await aMinute();
    expect(names()).toEqual([backupName(at('09:01'))]);
  });

  it('S4: a folder that is gone, or full, is said and stops nothing', async () => {
    begin({ folder: join(target, 'gone') });
    await aMinute();
    expect(backup.lastAt()).toBeNull();
    await backup.stop();
    begin({ store: { copyTo: () => Promise.reject(new StorageFault('full')) } });
    await aMinute();
    expect(messages()).toEqual(Array(2).fill('the daily backup failed; the next try is in an hour'));
    expect(names()).toEqual([]);
  });

  it('S4: a hub that stops gives up the copy under way and leaves nothing of it', async () => {
    let begun = false;
    begin({
      store: {
        copyTo: async (file, isGivenUp = () => false) => {
          writeFileSync(file, 'half');
          begun = true;
          await vi.waitFor(() => expect(isGivenUp()).toBe(true));
          throw new Error('the copy was given up');
        },
      },
    });
    platform.advance(MINUTE_MS);
    await vi.waitFor(() => expect(begun).toBe(true));
    await backup.stop();
    expect([names(), messages()]).toEqual([[], []]);
  });

  it('names sort by time and say it', () => {
    const name = backupName(Date.UTC(2026, 10, 22, 11, 43, 17));
    expect(name).toBe('aufruf-hub-20261122T114317Z.db');
    expect([backupTime(name), backupTime('hub.db')]).toEqual([Date.UTC(2026, 10, 22, 11, 43, 17), null]);
  });

  it('S4: what is no database is found to be none', async () => {
    begin();
    writeFileSync(join(folder, 'x.db'), 'nonsense');
    expect(await verifyInWorker(join(folder, 'x.db'))).toEqual(['it is no database']);
  });
});
