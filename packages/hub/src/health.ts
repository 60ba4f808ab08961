/** What /health tells a monitor: how the hub is, in numbers; nothing about visits or people. */
import { freeDiskBytes, LOW_DISK_BYTES } from '@aufruf/engine/platform/disk-watch';
import type { SyncStatus } from '@aufruf/shared/domain/views/view-schemas';
import type { EpochMs, LocalDate } from '@aufruf/shared/lib/time';
import manifest from '../package.json' with { type: 'json' };
import type { Hub } from './hub.ts';

export interface Health {
  /** `steppedDown`: another hub with a higher epoch was heard of, and this one orders nothing until it is started again. */
  readonly status: 'ok' | 'diskLow' | 'steppedDown';
  readonly version: string;
  readonly day: LocalDate;
  readonly epoch: number;
  readonly mode: SyncStatus['mode'];
  readonly startedAt: EpochMs;
  readonly now: EpochMs;
  /** Desktop devices connected; browsers of web mode are not counted. */
  readonly devices: number;
  readonly eventsWaiting: number;
  readonly commits: number;
  /** Commits that the disk refused since the start. */
  readonly failedCommits: number;
  /** When the newest daily backup was begun; null without one. */
  readonly lastBackupAt: EpochMs | null;
  /** Null where the file system does not say. */
  readonly diskFreeBytes: number | null;
}

export function hubHealth(
  hub: Hub,
  dataFolder: string,
  lastBackupAt: EpochMs | null,
  diskFree: (folder: string) => number | null = freeDiskBytes,
): Health {
  const { day, epoch, isOrdering, devices, startedAt, commits, failedCommits } = hub.stats();
  const { mode, eventsWaiting } = hub.syncStatus();
  const diskFreeBytes = diskFree(dataFolder);
  const isLow = diskFreeBytes !== null && diskFreeBytes < LOW_DISK_BYTES;
  return {
    status: !isOrdering ? 'steppedDown' : isLow ? 'diskLow' : 'ok',
    version: manifest.version,
    day,
    epoch,
    mode,
    startedAt,
    now: hub.now(),
    devices: devices.length,
    eventsWaiting,
    commits,
    failedCommits,
    lastBackupAt,
    diskFreeBytes,
  };
}
