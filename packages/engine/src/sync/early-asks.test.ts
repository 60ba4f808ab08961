import type { Command } from '@aufruf/shared/domain/commands';
import type { CommandId, DeviceId } from '@aufruf/shared/lib/ids';
import type { Head } from '@aufruf/shared/protocol/messages';
import { describe, expect, it } from 'vitest';
import { createTestPlatform } from '../platform/test-platform.ts';
import { StorageFault } from '../store/event-store.ts';
import { createMemoryStore } from '../store/memory-store.ts';
import { CLOCK, MONDAY as DAY, HUB, nextRow, TUESDAY } from '../store/test/sample-events.ts';
import { createEarlyAsks } from './early-asks.ts';
import type { Peer } from './peer.ts';

const command = { name: 'callNext', commandId: 'the-command-asked' as CommandId, input: {} } as unknown as Command;
const granted = (commandId: string) => ({
  commandId,
  outcome: { type: 'granted', facts: [], receipt: { visitId: null, number: 'A001' } },
});

/** A device in conversation with a hub that answers by hand; `done`: what follows from it, in order. */
function createDevice(over: Partial<Peer['state']> = {}) {
  const platform = createTestPlatform({ now: 1_000, seed: 1 });
  const done: string[] = [];
  let answer: (body: unknown) => void = () => {};
  let flushFault: unknown = null;
  let commitFault: unknown = null;
  const state = { link: 'live', day: DAY, epoch: 1, isCaughtUp: true, heardMonoMs: 0, unstoredMonoMs: null };
  const hub = {
    state: { ...state, requests: {}, ...over },
    session: { eventsWaiting: () => 0 },
    link: {
      request: (_name: string, _body: unknown, onAnswer: (body: unknown) => void) => {
        answer = onAnswer;
      },
    },
    startedMonoMs: 0,
  } as unknown as Peer;
  const memory = createMemoryStore({ device: 'counter-1' as DeviceId, platform });
  const asks = createEarlyAsks({
    hub,
    store: {
      ...memory,
      transact(work) {
        if (commitFault !== null) throw commitFault;
        return memory.transact(work);
      },
      deferFlush(work) {
        memory.deferFlush(work);
        done.push(`written through ${memory.head(DAY).n}`);
      },
      flush() {
        done.push('flushed');
        if (flushFault !== null) throw flushFault;
      },
    },
    platform,
    onDecided: (_, { ok }) => done.push(ok ? 'granted' : 'refused'),
    onTaken: (_, entries) => done.push(`taken ${entries.length}`),
    onHead: () => done.push('head'),
    onUndecided: () => done.push('undecided'),
  });
  return {
    asks,
    done,
    platform,
    change: (changes: Partial<Peer['state']>) => Object.assign(hub.state, changes),
    answer: (body: unknown) => answer(body),
    failFlush: (fault: unknown) => {
      flushFault = fault;
    },
    failCommit: (fault: unknown) => {
      commitFault = fault;
    },
  };
}

/** A hub that orders events, and says where its order stands, with the newest of them. */
function createHub() {
  const store = createMemoryStore({ device: HUB, platform: createTestPlatform({ now: 1_000, seed: 2 }) });
  return {
    head(payloads: readonly Record<string, unknown>[], sent = payloads.length): Head {
      const entries = payloads.map((payload) =>
        store.transact(() => {
          const [stored] = store.append([{ day: DAY, type: 'v1.ClaimDecided', payload }], CLOCK);
          if (stored === undefined) throw new Error('append gave nothing back');
          return { row: store.appendOrder(nextRow(store, stored.event)), event: stored.event };
        }),
      );
      return { epoch: 1, position: store.head(DAY), hubAt: 1, tail: entries.slice(-sent), check: null };
    },
  };
}

describe('what the hub says to an early question', () => {
  it('J4, O6: a decision is written, then told; what follows from it comes a turn later, once', () => {
    const { asks, done, platform, answer } = createDevice();
    expect(asks.ask(command, DAY)).toBe(true);
    answer({ ok: true, head: createHub().head([granted(command.commandId)]) });
    expect(done).toEqual(['written through 1', 'granted']);
    platform.advance(0);
    expect(done.slice(2)).toEqual(['taken 1', 'flushed']);
    asks.takeAnswered();
    expect([done.length, platform.timersPending()]).toEqual([4, 0]);
  });

  it('J4: or as soon as something else is to be done', () => {
    const { asks, done, platform, answer } = createDevice();
    asks.ask(command, DAY);
    answer({ ok: true, head: createHub().head([granted(command.commandId)]) });
    asks.takeAnswered();
    platform.advance(0);
    expect(done.slice(2)).toEqual(['taken 1', 'flushed']);
    expect(platform.timersPending()).toBe(0);
  });

  it('O6: a refusal is a decision', () => {
    const { asks, done, answer } = createDevice();
    asks.ask(command, DAY);
    const refused = { commandId: command.commandId, outcome: { type: 'refused', refusal: { type: 'nobodyWaiting' } } };
    answer({ ok: true, head: createHub().head([refused]) });
    expect(done).toEqual(['written through 1', 'refused']);
  });

  it('M1, O3, O4, D1: nothing is told of an order that is not followed, or with a gap before it', () => {
    const head = createHub().head([granted(command.commandId)]);
    for (const [why, over, sent] of [
      ['another epoch', {}, { ...head, epoch: 2 }],
      ['another day', {}, { ...head, position: { ...head.position, day: TUESDAY } }],
      ['hung up', { link: 'down' }, head],
      ['silent', { heardMonoMs: -10_000 }, head],
      ['nothing new', {}, { ...head, tail: [] }],
      ['a gap', {}, createHub().head([granted('the-command-of-another'), granted(command.commandId)], 1)],
    ] as const) {
      const { asks, done, answer, ...device } = createDevice();
      expect(asks.ask(command, DAY), why).toBe(true);
      device.change(over);
      answer({ ok: true, head: sent });
      // It says where the order stands all the same.
      expect([done.at(-1), done.includes('granted')], why).toEqual(['head', false]);
    }
  });

  it('O6: what others were told is taken too, and answers nobody', () => {
    const { asks, done, platform, answer } = createDevice();
    asks.ask(command, DAY);
    answer({ ok: true, head: createHub().head([granted('the-command-of-another')]) });
    platform.advance(0);
    expect(done).toEqual(['written through 1', 'taken 1', 'flushed']);
  });

  it('S3: nothing is told that this disk does not take', () => {
    const { asks, done, failCommit, answer, platform } = createDevice();
    asks.ask(command, DAY);
    failCommit(new StorageFault('full'));
    answer({ ok: true, head: createHub().head([granted(command.commandId)]) });
    expect(done).toEqual(['head']);
    expect(platform.logged).toMatchObject([{ level: 'error' }]);
  });

  it('S1: a disk that refuses the flush is logged; whatever else fails is a bug', () => {
    const { asks, platform, failFlush, answer } = createDevice();
    const hub = createHub();
    asks.ask(command, DAY);
    failFlush(new StorageFault('other'));
    answer({ ok: true, head: hub.head([granted(command.commandId)]) });
    platform.advance(0);
    expect(platform.logged).toMatchObject([{ level: 'error' }]);
    failFlush(new Error('a bug'));
    answer({ ok: true, head: hub.head([granted('the-command-of-another')]) });
    expect(() => asks.takeAnswered()).toThrow('a bug');
  });

  it('J4: the disk has it when the device stops; nothing is told after', () => {
    const { asks, done, platform, answer } = createDevice();
    const hub = createHub();
    asks.ask(command, DAY);
    answer({ ok: true, head: hub.head([granted(command.commandId)]) });
    asks.close();
    expect([done.at(-1), platform.timersPending()]).toEqual(['flushed', 0]);
    const { length } = done;
    answer({ ok: true, head: hub.head([granted('the-command-of-another')]) });
    answer({ ok: true, head: null });
    expect(done).toHaveLength(length);
  });

  it('P1, P4: a hub that decides nothing, refuses, or does not know the question leaves the claim to the push', () => {
    for (const body of [
      { ok: true, head: null },
      { ok: false, error: { type: 'malformed', detail: 'no such request' } },
      { ok: true, head: {} },
      'what?',
      undefined,
    ]) {
      const { asks, done, answer } = createDevice();
      asks.ask(command, DAY);
      answer(body);
      expect(done).toEqual(['undecided']);
    }
  });

  it('M1: nobody is asked who does not serve at the moment', () => {
    for (const over of [{ link: 'down' }, { isCaughtUp: false }, { heardMonoMs: -10_000 }] as const) {
      expect(createDevice(over).asks.ask(command, DAY)).toBe(false);
    }
  });
});
