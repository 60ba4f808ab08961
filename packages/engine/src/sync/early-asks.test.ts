import type { Command } from '@aufruf/shared/domain/commands';
import { DAY } from '@aufruf/shared/domain/views/test/fixtures';
import type { CommandId, DeviceId, Incarnation } from '@aufruf/shared/lib/ids';
import { addDays } from '@aufruf/shared/lib/local-time';
import type { Head } from '@aufruf/shared/protocol/messages';
import { GENESIS_HASH, type Hash } from '@aufruf/shared/sync/event';
import { describe, expect, it } from 'vitest';
import { sha256 } from '../platform/sha256.ts';
import { createTestPlatform } from '../platform/test-platform.ts';
import { StorageFault } from '../store/event-store.ts';
import { createMemoryStore } from '../store/memory-store.ts';
import { nextRow } from '../store/test/sample-events.ts';
import type { CommandAnswer } from './command-answer.ts';
import { createEarlyAsks, takeNoted } from './early-asks.ts';
import type { Peer } from './peer.ts';

const command = { name: 'callNext', commandId: 'the-command-asked' as CommandId, input: {} } as unknown as Command;
const EPOCH = 3;
const HELD_ROWS = 4;

/** Where the order stands, with a decision as its newest row. */
function headWith(payload: Record<string, unknown>, over: Partial<Head> = {}): Head {
  const row = { day: DAY, n: HELD_ROWS + 1, epoch: EPOCH, chain: GENESIS_HASH };
  const author = { device: 'hub' as DeviceId, incarnation: 'a'.repeat(32) as Incarnation, seq: 9 };
  const event = { ...author, prevHash: GENESIS_HASH, type: 'v1.ClaimDecided', v: 1, day: DAY, payload };
  const times = { receivedAt: 1, effectiveAt: 1 };
  return {
    epoch: EPOCH,
    position: row,
    hubAt: 1,
    tail: [
      { row: { ...row, ...author, ...times, eventHash: GENESIS_HASH }, event: { ...event, deviceAt: 1, monoMs: 1 } },
    ],
    check: null,
    ...over,
  };
}
const granted = (commandId: string) => ({
  commandId,
  outcome: { type: 'granted', facts: [], receipt: { visitId: null, number: 'A001' } },
});

/** A device in conversation with a hub that answers by hand. */
function createDevice(over: Partial<Peer['state']> = {}) {
  const platform = createTestPlatform({ now: 1_000, seed: 1 });
  let noteFault: unknown = null;
  const told: { decided: [string, CommandAnswer][]; heads: Head[]; noted: Head[]; undecided: number } = {
    decided: [],
    heads: [],
    noted: [],
    undecided: 0,
  };
  let answer: (body: unknown) => void = () => {};
  const state = { link: 'live', day: DAY, epoch: EPOCH, isCaughtUp: true, heardMonoMs: 0, unstoredMonoMs: null };
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
  const asks = createEarlyAsks({
    hub,
    store: {
      device: 'counter-1' as DeviceId,
      incarnation: 'b'.repeat(32) as Incarnation,
      journalHead: () => ({ seq: 0, hash: GENESIS_HASH as Hash }),
      head: (day) => ({ day, epoch: EPOCH, n: HELD_ROWS, chain: GENESIS_HASH }),
      writeNote(text) {
        if (noteFault !== null) throw noteFault;
        told.noted.push(JSON.parse(text));
      },
    },
    platform,
    onDecided: (id, decision) => told.decided.push([id, decision]),
    onHead: (head) => told.heads.push(head),
    onUndecided: () => {
      told.undecided += 1;
    },
  });
  const failNotes = (fault: unknown): void => {
    noteFault = fault;
  };
  return { asks, told, platform, failNotes, answer: (body: unknown) => answer(body) };
}

describe('what the hub says to an early question', () => {
  it('J4, O6: the decision is noted, and told, at once; it is committed a turn later, once', () => {
    const { asks, told, platform, answer } = createDevice();
    expect(asks.ask(command, DAY)).toBe(true);
    const head = headWith(granted(command.commandId));
    answer({ ok: true, head });
    expect(told).toMatchObject({
      decided: [[command.commandId, { ok: true, value: { number: 'A001' } }]],
      heads: [],
      noted: [head],
    });
    platform.advance(0);
    asks.takeAnswered();
    expect(told.heads).toEqual([head]);
  });

  it('O6: or as soon as something else is to be done', () => {
    const { asks, told, platform, answer } = createDevice();
    asks.ask(command, DAY);
    answer({ ok: true, head: headWith(granted(command.commandId)) });
    asks.takeAnswered();
    platform.advance(0);
    expect(told.heads).toHaveLength(1);
    expect(platform.timersPending()).toBe(0);
  });

  it('S3: nothing is told that cannot be noted; whatever else fails is a bug', () => {
    const { asks, told, platform, failNotes, answer } = createDevice();
    asks.ask(command, DAY);
    const head = headWith(granted(command.commandId));
    failNotes(new StorageFault('full'));
    answer({ ok: true, head });
    expect(told).toMatchObject({ decided: [], heads: [head] });
    expect(platform.logged).toMatchObject([{ level: 'error' }]);
    failNotes(new Error('a bug'));
    expect(() => answer({ ok: true, head })).toThrow('a bug');
  });

  it('J4: of two answers in one turn the first is committed before the second is noted', () => {
    const { asks, told, answer } = createDevice();
    asks.ask(command, DAY);
    const [first, second] = [
      headWith(granted(command.commandId)),
      { ...headWith(granted(command.commandId)), hubAt: 2 },
    ];
    answer({ ok: true, head: first });
    answer({ ok: true, head: second });
    expect(told).toMatchObject({ heads: [first], noted: [first, second] });
  });

  it('O6: a refusal is a decision', () => {
    const { asks, told, answer } = createDevice();
    asks.ask(command, DAY);
    const refused = { commandId: command.commandId, outcome: { type: 'refused', refusal: { type: 'nobodyWaiting' } } };
    answer({ ok: true, head: headWith(refused) });
    expect(told.decided).toEqual([[command.commandId, { ok: false, refusal: { type: 'nobodyWaiting' } }]]);
  });

  it('O3, O4, D1: nothing is told of an order that is not followed, or with a gap before it', () => {
    const head = headWith(granted(command.commandId));
    for (const [why, over, sent] of [
      ['another epoch', { epoch: EPOCH - 1 }, head],
      ['another day', { day: addDays(DAY, 1) }, head],
      ['hung up', { link: 'down' }, head],
      ['nothing new', {}, { ...head, tail: [] }],
      ['a gap', {}, { ...head, tail: head.tail.map((one) => ({ ...one, row: { ...one.row, n: HELD_ROWS + 2 } })) }],
      ['of others', {}, headWith(granted('the-command-of-another'))],
      ['unreadable', {}, headWith({ commandId: command.commandId })],
    ] as const) {
      const { asks, told, answer } = createDevice();
      expect(asks.ask(command, DAY), why).toBe(true);
      const late = createDevice(over);
      late.asks.ask(command, DAY);
      late.answer({ ok: true, head: sent });
      answer({ ok: true, head: sent });
      expect(late.told.decided, why).toEqual([]);
      if (Object.keys(over).length > 0) continue;
      // It says where the order stands all the same.
      expect(told, why).toMatchObject({ decided: [], heads: [sent] });
    }
  });

  it('P1, P4: a hub that decides nothing, refuses, or does not know the question leaves the claim to the push', () => {
    for (const body of [
      { ok: true, head: null },
      { ok: false, error: { type: 'malformed', detail: 'no such request' } },
      { ok: true, head: {} },
      'what?',
      undefined,
    ]) {
      const { asks, told, answer } = createDevice();
      asks.ask(command, DAY);
      answer(body);
      expect(told).toEqual({ decided: [], heads: [], noted: [], undecided: 1 });
    }
  });

  it('M1: nobody is asked who does not serve at the moment', () => {
    for (const over of [{ link: 'down' }, { isCaughtUp: false }, { heardMonoMs: -10_000 }] as const) {
      expect(createDevice(over).asks.ask(command, DAY)).toBe(false);
    }
  });
});

describe('what the process before has noted', () => {
  it('J4, O3, D1: of another shape, day or epoch, or behind rows that are not here, it is left out', () => {
    const platform = createTestPlatform({ now: 1_000, seed: 1 });
    const noted = (text: string) => {
      const store = createMemoryStore({ device: 'counter-1' as DeviceId, platform });
      store.transact(() => {
        store.writeSetting('currentDay', DAY);
        store.writeSetting('epoch', String(EPOCH));
      });
      store.writeNote(text);
      takeNoted(store, sha256);
      return store.head(DAY).n;
    };
    const hub = createMemoryStore({ device: 'hub' as DeviceId, platform });
    const [event] = hub.transact(() =>
      hub.append([{ day: DAY, type: 'v1.ClaimDecided', payload: granted(command.commandId) }], {
        deviceAt: 1,
        monoMs: 1,
      }),
    );
    if (event === undefined) throw new Error('append gave nothing back');
    const row = nextRow(hub, event.event, { epoch: EPOCH });
    const { day, epoch, n, chain } = row;
    const fitting = { ...headWith({}), position: { day, epoch, n, chain }, tail: [{ row, event: event.event }] };
    expect(noted(JSON.stringify(fitting))).toBe(1);
    for (const [why, text] of [
      ['garbage', '{"epoch":'],
      ['another shape', '{"noted":"otherwise"}'],
      ['another day', JSON.stringify({ ...fitting, position: { ...fitting.position, day: addDays(DAY, 1) } })],
      ['another epoch', JSON.stringify({ ...fitting, epoch: EPOCH + 1 })],
      ['a gap', JSON.stringify({ ...fitting, tail: [{ ...fitting.tail[0], row: { ...row, n: 2 } }] })],
    ] as const)
      expect(noted(text), why).toBe(0);
  });
});
