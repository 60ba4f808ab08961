/**
 * A hub on a new disk, and the devices that hold what the lost one had (rules O3, X4): when such a hub may decide claims.
 * What it lacks comes to it by the ordinary way (J6); here is only counted what devices say they hold of hubs' journals,
 * for in those stand the decisions: who was called, which numbers were given.
 *
 * Invariant: no claim is decided while a journal of a hub is known to be lacking, unless nothing has come for
 * REFILL_QUIET_MS. The hub says what it hears and commits; nothing is read or written here but the version vector.
 */

import type { Platform } from '@aufruf/engine/platform/platform';
import type { EventStore } from '@aufruf/engine/store/event-store';
import { SECOND_MS } from '@aufruf/shared/lib/time';
import { isOfHub } from '@aufruf/shared/sync/event';
import type { VersionVector } from '@aufruf/shared/sync/order';

/** A hub on a new disk waits so long for devices to say hello: longer than the longest pause between two tries. */
export const HELLO_WAIT_MS = 4 * SECOND_MS;
/** What was announced and has not come for so long may never come; shorter than a claim's patience. */
export const REFILL_QUIET_MS = 2 * SECOND_MS;

export interface Refill {
  isDeciding(): boolean;
  /** A device has said what it holds of hubs' journals. */
  announce(held: VersionVector): void;
  /** Something has been committed. */
  noteProgress(): void;
  close(): void;
}

export interface RefillOptions {
  readonly store: Pick<EventStore, 'versionVector'>;
  readonly platform: Pick<Platform, 'monoMs' | 'schedule' | 'log'>;
  /** How long is waited in any case; 0 = not at all. */
  readonly waitMs: number;
  /** Claims are decided from now on; called after each wait. */
  readonly onDeciding: () => void;
}

export function createRefill({ store, platform, waitMs: firstWaitMs, onDeciding }: RefillOptions): Refill {
  const { monoMs, schedule, log } = platform;
  const awaited = new Map<string, number>();
  let isWaiting = firstWaitMs > 0;
  let isClosed = false;
  let cancel = (): void => {};
  if (isWaiting) cancel = schedule(firstWaitMs, look);
  const startedMonoMs = monoMs();
  let progressMonoMs = startedMonoMs;

  function look(): void {
    // What a hub commits as it ends is progress, too; nothing is decided any more.
    if (isClosed) return;
    const held = store.versionVector();
    for (const [journal, seq] of awaited) if ((held[journal] ?? 0) >= seq) awaited.delete(journal);
    const helloMs = firstWaitMs === 0 ? 0 : startedMonoMs + firstWaitMs - monoMs();
    const quietMs = awaited.size === 0 ? 0 : progressMonoMs + REFILL_QUIET_MS - monoMs();
    const waitMs = Math.max(helloMs, quietMs);
    cancel();
    if (waitMs > 0) {
      cancel = schedule(waitMs, look);
      return;
    }
    if (awaited.size > 0) log.error('events of an earlier hub have not come', { journals: awaited.size });
    awaited.clear();
    if (!isWaiting) return;
    isWaiting = false;
    onDeciding();
  }

  return {
    isDeciding: () => !isWaiting,
    announce(announced) {
      const held = store.versionVector();
      for (const [journal, seq] of Object.entries(announced)) {
        if (!isOfHub(journal) || seq <= (held[journal] ?? 0)) continue;
        awaited.set(journal, Math.max(seq, awaited.get(journal) ?? 0));
        isWaiting = true;
      }
      progressMonoMs = monoMs();
      if (isWaiting) look();
    },
    noteProgress() {
      progressMonoMs = monoMs();
      if (isWaiting) look();
    },
    close() {
      isClosed = true;
      cancel();
    },
  };
}
