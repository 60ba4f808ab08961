/**
 * Group commit: works that arrive within one turn of the event loop share one transaction (rule 7). A commit costs a
 * wait for the disk, however much it holds; while it runs, the next works gather. Nothing waits for a fuller group.
 */
import type { Platform } from '@aufruf/engine/platform/platform';
import type { EventStore } from '@aufruf/engine/store/event-store';
import type { EpochMs } from '@aufruf/shared/lib/time';

export interface Work {
  /** Inside the transaction. Returns what to do once it is committed. Refusals are answers; throwing undoes the group. */
  run(now: EpochMs): () => void;
  /** Instead of the above, when nothing of it happened. */
  fail(error: unknown): void;
}

export interface QueueStats {
  readonly commits: number;
  /** Works carried out, refused ones included. */
  readonly works: number;
  readonly failedCommits: number;
}

export interface CommitQueue {
  submit(work: Work): void;
  stats(): QueueStats;
  /** Commits what waits, then refuses everything. Repetition does nothing. */
  close(): void;
}

export interface CommitQueueOptions {
  readonly store: Pick<EventStore, 'transact'>;
  readonly platform: Pick<Platform, 'now' | 'schedule' | 'log'>;
  /** After a failed commit: memory must be brought back to what the store holds (S3). */
  readonly onUndone: () => void;
  /** After each flush, acknowledgements on their way: whoever asked hears first, the others a moment later. */
  readonly onFlushed: () => void;
}

export function createCommitQueue({ store, platform, onUndone, onFlushed }: CommitQueueOptions): CommitQueue {
  let queue: Work[] = [];
  let cancelFlush: (() => void) | null = null;
  let cancelFlushed: (() => void) | null = null;
  let isClosed = false;
  let stats: QueueStats = { commits: 0, works: 0, failedCommits: 0 };

  /** Returns what went wrong, null when committed and acknowledged. */
  function commit(works: readonly Work[]): { readonly error: unknown } | null {
    let acknowledgements: (() => void)[];
    try {
      acknowledgements = store.transact(() => works.map((work) => work.run(platform.now())));
    } catch (error) {
      stats = { ...stats, failedCommits: stats.failedCommits + 1 };
      platform.log.error('a commit failed, nothing of it happened', { works: works.length, error });
      onUndone();
      return { error };
    }
    stats = { ...stats, commits: stats.commits + 1, works: stats.works + works.length };
    for (const acknowledge of acknowledgements) acknowledge();
    return null;
  }

  function flush(): void {
    cancelFlush?.();
    cancelFlush = null;
    const works = queue;
    queue = [];
    if (works.length === 0) return;
    const failed = commit(works);
    if (failed !== null) {
      for (const work of works) {
        // One of several may be at fault: alone, it fails alone.
        const failedAlone = works.length === 1 ? failed : commit([work]);
        if (failedAlone !== null) work.fail(failedAlone.error);
      }
    }
    // In the next turn: an answer that waits for a promise is then written before the many messages of an announcement.
    cancelFlushed ??= platform.schedule(0, tellFlushed);
  }

  function tellFlushed(): void {
    cancelFlushed?.();
    cancelFlushed = null;
    onFlushed();
  }

  return {
    submit(work) {
      if (isClosed) return work.fail(new Error('the hub is stopping'));
      queue.push(work);
      // At the end of this turn: later than all messages that are here already, earlier than those to come.
      cancelFlush ??= platform.schedule(0, flush);
    },
    stats: () => stats,
    close() {
      flush();
      if (cancelFlushed !== null) tellFlushed();
      isClosed = true;
    },
  };
}
