import type { EpochMs } from '@aufruf/shared/lib/time';

const NAME = /^aufruf-hub-\d{8}T\d{6}Z\.db$/;

/** `aufruf-hub-20261122T114317Z.db`: sorts by time and is a file name everywhere. */
export function backupName(at: EpochMs): string {
  const time = new Date(at)
    .toISOString()
    .replace(/\.\d+Z$/, 'Z')
    .replace(/[-:]/g, '');
  return `aufruf-hub-${time}.db`;
}

/** Backups among the names of a folder, the newest first. */
export const backupsIn = (names: readonly string[]): readonly string[] =>
  names
    .filter((name) => NAME.test(name))
    .sort()
    .reverse();
