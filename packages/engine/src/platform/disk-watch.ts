/**
 * Looks how much room is left on the disk of a database, so that somebody is told before it is full (S3): a full disk stops
 * a location, since nothing is shown or printed that was not stored.
 */
import { statfsSync } from 'node:fs';
import { MINUTE_MS } from '@aufruf/shared/lib/time';
import type { Platform } from './platform.ts';

/** Below this much free disk there is a warning: some weeks of a large location. */
export const LOW_DISK_BYTES = 500_000_000;
const LOOK_MS = MINUTE_MS;

export interface DiskWatch {
  /** As of the last look: at the start, then every minute. */
  isLow(): boolean;
  /** Called when that changes; returns the way to stop. */
  onChange(listener: () => void): () => void;
  stop(): void;
}

export interface DiskWatchOptions {
  readonly folder: string;
  readonly platform: Pick<Platform, 'schedule' | 'log'>;
  readonly freeBytes?: (folder: string) => number | null;
}

export function watchDisk({ folder, platform, freeBytes = freeDiskBytes }: DiskWatchOptions): DiskWatch {
  const { log } = platform;
  const listeners = new Set<() => void>();
  let isLow = false;
  let cancel = (): void => {};

  function look(): void {
    cancel = platform.schedule(LOOK_MS, look);
    const bytes = freeBytes(folder);
    const nowLow = bytes !== null && bytes < LOW_DISK_BYTES;
    if (nowLow === isLow) return;
    isLow = nowLow;
    if (isLow) log.warn('the disk is nearly full: free some space', { folder, freeBytes: bytes });
    else log.info('the disk has room again', { folder, freeBytes: bytes });
    for (const listener of listeners) listener();
  }

  look();
  return {
    isLow: () => isLow,
    onChange: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    stop: () => cancel(),
  };
}

/** Null where the file system does not say. */
export function freeDiskBytes(folder: string): number | null {
  try {
    const { bavail, bsize } = statfsSync(folder);
    return bavail * bsize;
  } catch {
    return null;
  }
}
