/** Names of backups: they sort by time, say it, and are file names everywhere. */
import type { EpochMs } from '@aufruf/shared/lib/time';

const NAME = /^aufruf-hub-(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})Z\.db$/;

/** `aufruf-hub-20261122T114317Z.db` */
export function backupName(at: EpochMs): string {
  const time = new Date(at)
    .toISOString()
    .replace(/\.\d+Z$/, 'Z')
    .replace(/[-:]/g, '');
  return `aufruf-hub-${time}.db`;
}

/** Null for any other name. */
export function backupTime(name: string): EpochMs | null {
  const [, ...parts] = NAME.exec(name) ?? [];
  if (parts.length === 0) return null;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts.map(Number);
  return Date.UTC(year, month - 1, day, hour, minute, second);
}

/** Backups among the names of a folder, the newest first. */
export const backupsIn = (names: readonly string[]): readonly string[] =>
  names
    .filter((name) => NAME.test(name))
    .sort()
    .reverse();
