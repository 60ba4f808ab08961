import { createNodePlatform } from '@aufruf/engine/platform/node-platform';
import { createTestPlatform } from '@aufruf/engine/platform/test-platform';
import { beforeEach, describe, expect, it } from 'vitest';
import { createCommitQueue, type Work } from './sequencer-queue.ts';

let done: string[];
let failing: (() => void) | null;
const platform = createTestPlatform({ now: 0, seed: 1 });
beforeEach(() => {
  done = [];
  failing = null;
});

/** A store that only notes when it commits. */
const store = {
  transact<T>(work: () => T): T {
    done.push('begin');
    const result = work();
    failing?.();
    done.push('commit');
    return result;
  },
};
const createQueue = () =>
  createCommitQueue({ store, platform, onUndone: () => done.push('undone'), onFlushed: () => done.push('flushed') });
const work = (name: string, run: () => void = () => {}): Work => ({
  run: () => {
    done.push(name);
    run();
    return () => done.push(`ack ${name}`);
  },
  fail: (error) => done.push(`fail ${name}: ${(error as Error).message}`),
});
const boom = () => {
  throw new Error('boom');
};

describe('commit queue', () => {
  it('rule 7: works of one turn share one commit; all are acknowledged after it, in order', () => {
    const queue = createQueue();
    queue.submit(work('a'));
    queue.submit(work('b'));
    expect(done).toEqual([]);
    platform.advance(0);
    expect(done).toEqual(['begin', 'a', 'b', 'commit', 'ack a', 'ack b', 'flushed']);
    expect(queue.stats()).toEqual({ commits: 1, works: 2, failedCommits: 0 });
  });

  it('S3: when the commit fails nothing is acknowledged, and memory is brought back before anything else', () => {
    const queue = createQueue();
    failing = boom;
    queue.submit(work('a'));
    platform.advance(0);
    expect(done).toEqual(['begin', 'a', 'undone', 'fail a: boom', 'flushed']);
  });

  it('S3: a work that throws fails alone; the others of its group are carried out', () => {
    const queue = createQueue();
    for (const one of [work('a'), work('bad', boom), work('c')]) queue.submit(one);
    platform.advance(0);
    expect(done.filter((line) => /ack|fail/.test(line))).toEqual(['ack a', 'fail bad: boom', 'ack c']);
    expect(queue.stats()).toEqual({ commits: 2, works: 2, failedCommits: 2 });
  });

  it('rule 7: whoever waits for an answer, behind a promise too, has it before the others are told', async () => {
    const isOver = Promise.withResolvers<void>();
    const queue = createCommitQueue({
      store,
      platform: createNodePlatform({ log: platform.log }),
      onUndone: () => {},
      onFlushed: () => {
        done.push('flushed');
        isOver.resolve();
      },
    });
    const answer = new Promise<void>((resolve) => {
      queue.submit({ ...work('a'), run: () => resolve });
    });
    void answer.then(() => null).then(() => done.push('answered'));
    await isOver.promise;
    expect(done).toEqual(['begin', 'commit', 'answered', 'flushed']);
  });

  it('closing commits what waits, and refuses what comes after', () => {
    const queue = createQueue();
    queue.submit(work('a'));
    queue.close();
    queue.close();
    queue.submit(work('late'));
    platform.advance(0);
    expect(done).toEqual(['begin', 'a', 'commit', 'ack a', 'flushed', 'fail late: the hub is stopping']);
  });
});
