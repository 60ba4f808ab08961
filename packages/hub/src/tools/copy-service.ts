/**
 * The running hub's side of a copy (S4): looks for requests, answers them while it goes on ordering. One copy at a time;
 * a copy that fails is said and logged, and never touches the hub.
 */
import { existsSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import type { Platform } from '@aufruf/engine/platform/platform';
import type { DatabaseStore } from '@aufruf/engine/store/sqlite-store';
import { SECOND_MS } from '@aufruf/shared/lib/time';
import { type CopyRequest, openRequests, removeLeftovers } from './copy-request.ts';

const LOOK_MS = SECOND_MS;

export interface CopyServiceOptions {
  readonly folder: string;
  readonly store: Pick<DatabaseStore, 'copyTo'>;
  readonly platform: Pick<Platform, 'schedule' | 'log'>;
}

/** @returns the way to stop, to be awaited before the store is closed: a copy under way is given up */
export function serveCopies({ folder, store, platform }: CopyServiceOptions): () => Promise<void> {
  const { log } = platform;
  let isStopped = false;
  let cancel = (): void => {};
  let looking = Promise.resolve();
  removeLeftovers(folder);

  async function answer(request: CopyRequest): Promise<void> {
    // Seen: who asked waits for the end of it from now on.
    rmSync(request.wanted);
    log.info('copying the database', { to: request.copy });
    try {
      await store.copyTo(request.partial, () => isStopped);
      renameSync(request.partial, request.copy);
    } catch (error) {
      rmSync(request.partial, { force: true });
      log.error('the database could not be copied', { error });
      if (!isStopped) writeFileSync(request.failed, error instanceof Error ? error.message : String(error));
    }
  }

  async function look(): Promise<void> {
    try {
      for (const request of openRequests(folder)) if (existsSync(request.wanted)) await answer(request);
    } catch (error) {
      // The folder is full or gone: that is said elsewhere, and the next look comes.
      log.warn('requests for a copy could not be answered', { error });
    }
    if (!isStopped) lookSoon();
  }

  function lookSoon(): void {
    cancel = platform.schedule(LOOK_MS, () => {
      looking = look();
    });
  }

  lookSoon();
  return async () => {
    isStopped = true;
    cancel();
    await looking;
  };
}
