/**
 * A backup for each business day, made by the hub itself (S4): when a day has been closed and the next one is open, into a
 * folder that had better lie on another machine. A backup has its name only when it was opened and found whole; older ones
 * are removed only after that.
 */
import { chmodSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Platform } from '@aufruf/engine/platform/platform';
import type { DatabaseStore } from '@aufruf/engine/store/sqlite-store';
import { toLocalDate } from '@aufruf/shared/lib/local-time';
import { type EpochMs, HOUR_MS, type LocalDate, MINUTE_MS } from '@aufruf/shared/lib/time';
import { backupName, backupsIn, backupTime } from './backup-name.ts';

const LOOK_MS = MINUTE_MS;
/** After one that failed; the folder may be a share that comes back. */
const RETRY_MS = HOUR_MS;

export interface DailyBackupSettings {
  /** Must be writable. */
  readonly folder: string;
  /** How many backups stay, at least 1. */
  readonly keep: number;
  /** What is wrong with a copy; empty = nothing. It must not hold up this process. */
  readonly verify: (file: string) => Promise<readonly string[]>;
}

export interface DailyBackupOptions extends DailyBackupSettings {
  readonly store: Pick<DatabaseStore, 'copyTo'>;
  readonly platform: Pick<Platform, 'now' | 'schedule' | 'log'>;
  readonly today: () => { readonly day: LocalDate; readonly timeZone: string };
}

export interface DailyBackup {
  /** When the newest backup in the folder was begun; null when there is none. */
  lastAt(): EpochMs | null;
  /** To be awaited before the store is closed. */
  stop(): Promise<void>;
}

export function backUpDaily(options: DailyBackupOptions): DailyBackup {
  const { folder, keep, verify, store, platform, today } = options;
  const { log } = platform;
  let isStopped = false;
  let cancel = (): void => {};
  let working: Promise<void> = Promise.resolve();

  function backups(): readonly string[] {
    try {
      return backupsIn(readdirSync(folder));
    } catch {
      // A share that is gone: that the backup fails will be said.
      return [];
    }
  }

  function lastAt(): EpochMs | null {
    const [newest] = backups();
    return newest === undefined ? null : backupTime(newest);
  }

  function isDue(): boolean {
    const at = lastAt();
    const { day, timeZone } = today();
    return at === null || toLocalDate(at, timeZone) < day;
  }

  async function make(): Promise<void> {
    const target = join(folder, backupName(platform.now()));
    const partial = `${target}.partial`;
    try {
      for (const name of readdirSync(folder)) if (/\.db\.partial/.test(name)) rmSync(join(folder, name));
      await store.copyTo(partial, () => isStopped);
      chmodSync(partial, 0o600);
      const problems = await verify(partial);
      if (problems.length > 0) throw new Error(`the copy is damaged: ${problems[0]}`);
      renameSync(partial, target);
      for (const old of backups().slice(keep)) rmSync(join(folder, old));
      log.info('a backup has been made', { file: target });
    } catch (error) {
      if (!isStopped) throw error;
    } finally {
      rmSync(partial, { force: true });
    }
  }

  async function look(): Promise<void> {
    let nextMs = LOOK_MS;
    try {
      if (isDue()) await make();
    } catch (error) {
      nextMs = RETRY_MS;
      log.error('the daily backup failed; the next try is in an hour', { folder, error });
    }
    if (!isStopped) lookIn(nextMs);
  }

  function lookIn(ms: number): void {
    cancel = platform.schedule(ms, () => {
      working = look();
    });
  }

  // Not at once: a hub that starts has more urgent things to do.
  lookIn(LOOK_MS);
  return {
    lastAt,
    async stop() {
      isStopped = true;
      cancel();
      await working;
    },
  };
}
