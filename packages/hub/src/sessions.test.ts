import { createTestPlatform } from '@aufruf/engine/platform/test-platform';
import { createMemoryStore } from '@aufruf/engine/store/memory-store';
import type { HubConnection } from '@aufruf/engine/transport/transport';
import type { DeviceId, Incarnation } from '@aufruf/shared/lib/ids';
import type { LocalDate } from '@aufruf/shared/lib/time';
import type { Head } from '@aufruf/shared/protocol/messages';
import { GENESIS_HASH, type Hash, type JournalEvent } from '@aufruf/shared/sync/event';
import type { OrderRow } from '@aufruf/shared/sync/order';
import { describe, expect, it } from 'vitest';
import type { News } from './sequencer-push.ts';
import { createSessions, ONLOOKER_DELAY_MS } from './sessions.ts';
import { bigLocation } from './test/big-location.ts';

const DAY = '2026-11-23' as LocalDate;
const CLAIM = {
  command: {
    name: 'issueTicket',
    commandId: '00000000-0000-4000-8000-000000000001',
    input: { kioskId: 'kiosk-1', serviceIds: ['passport'], language: 'de', partySize: 1 },
  },
};
const platform = createTestPlatform({ now: 1_795_420_800_000, seed: 1 });
const store = createMemoryStore({ device: 'hub' as DeviceId, platform });

/** Who was sent a head, in order, and the rows in it; those of one packing together. */
function openSessions() {
  let told: [devices: readonly string[], rows: readonly number[]][] = [];
  /** What a push has written. */
  let news: News | null = null;
  let hasSteppedDown = false;
  let whileCommitting = (): void => {};
  const sessions = createSessions({
    platform,
    view: () => ({ epoch: 1, hasSteppedDown, isRelay: false, day: DAY, config: bigLocation(), store }),
    onPush: (_, onAnswer) => {
      whileCommitting();
      onAnswer({ ok: true, through: {} }, news);
    },
    onAsk: () => {},
    onHigherEpoch: () => {},
    heardBefore: new Map(),
  });
  const note = (ids: readonly string[], body: unknown): void => {
    told.push([ids, (body as Head).tail.map(({ row }) => row.n)]);
  };
  const sender = { send: (ids: readonly string[], _: string, body: unknown) => note(ids, body) };
  let incarnations = 0;
  function connect(
    device: string,
    { isShared = true, id = device, of = String(++incarnations), isQuiet = false, to = 'hub' } = {},
  ) {
    let ask: Parameters<HubConnection['onRequest']>[0] = () => {};
    let close = (): void => {};
    sessions.attach({
      id,
      ...(isShared ? { sender } : {}),
      onRequest: (handler) => {
        ask = handler;
      },
      onClose: (handler) => {
        close = handler;
      },
      sendHint: (_, body) => note([id], body),
      close: () => {},
    });
    const incarnation = of.repeat(32).slice(0, 32) as Incarnation;
    const hello = { protocol: 1, protocolMinimum: 1, device, incarnation, versionVector: {}, position: null, epoch: 0 };
    function sayHello(): void {
      const answers: unknown[] = [];
      ask('sync:hello', { ...hello, deviceAt: 0, to }, (answer) => answers.push(answer));
      expect(answers).toMatchObject([{ ok: true }]);
    }
    if (!isQuiet) sayHello();
    const event = {
      device,
      incarnation,
      seq: 1,
      prevHash: GENESIS_HASH,
      day: DAY,
      type: 'v9.Made',
      v: 1,
      payload: CLAIM,
    };
    return {
      sayHello,
      push: (type = 'v9.Made', onAnswer = (): void => {}) =>
        ask('sync:push', { events: [{ ...event, type, deviceAt: 0, monoMs: 0 }], deviceAt: 0 }, onAnswer),
      close: () => close(),
    };
  }
  /** What has been said since the last time. */
  const heard = () => {
    const said = told;
    told = [];
    return said;
  };
  const endOf = (n: number) => ({ day: DAY, epoch: 1, n, chain: String(n).padStart(64, '0') as Hash });
  const newsOf = (...rows: readonly number[]): News => ({
    position: endOf(Math.max(...rows)),
    check: null,
    entries: rows.map((n) => ({ row: { n, day: DAY } as OrderRow, event: {} as JournalEvent })),
  });
  const commit = (...rows: readonly number[]) => {
    const { position, check, entries } = newsOf(...rows);
    sessions.sendHeads(position, check, entries);
  };
  const writes = (...rows: readonly number[]) => {
    news = newsOf(...rows);
  };
  const stepDownWhileCommitting = () => {
    whileCommitting = () => {
      hasSteppedDown = true;
    };
  };
  const tick = (n: number) => sessions.sendHeads(endOf(n), null, []);
  return { connect, heard, commit, writes, tick, stepDownWhileCommitting, sessions };
}

describe('sessions of a hub', () => {
  it('P1: who waits for an answer hears of new rows at once, and so do displays; each group is packed once', () => {
    const { connect, heard, commit } = openSessions();
    const kiosks = [connect('kiosk-1'), connect('kiosk-2')];
    connect('counter-1');
    connect('display-3');
    for (const { push } of kiosks) push();
    commit(1, 2);
    expect(heard()).toEqual([
      [
        ['kiosk-1', 'kiosk-2'],
        [1, 2],
      ],
      [['display-3'], [1, 2]],
    ]);
  });

  it('P1: the others hear within ONLOOKER_DELAY_MS, of all commits together, and nobody twice', () => {
    const { connect, heard, commit } = openSessions();
    const kiosk = connect('kiosk-1');
    connect('counter-1');
    connect('display-3');
    commit(1);
    platform.advance(ONLOOKER_DELAY_MS - 1);
    // It has not heard of row 1 yet.
    kiosk.push();
    commit(2);
    expect(heard()).toEqual([
      [['display-3'], [1]],
      [['kiosk-1'], [1, 2]],
      [['display-3'], [2]],
    ]);
    platform.advance(1);
    expect(heard()).toEqual([[['counter-1'], [1, 2]]]);
    platform.advance(10 * ONLOOKER_DELAY_MS);
    expect(heard()).toEqual([]);
  });

  it('P1: who has claimed something is told before its push is answered, of all it has not been told of, and not again', () => {
    const { connect, heard, commit, writes } = openSessions();
    const kiosk = connect('kiosk-1');
    connect('display-3');
    commit(1);
    heard();
    writes(2, 3);
    let heardBefore: unknown = null;
    kiosk.push('v1.ClaimMade', () => {
      heardBefore = heard();
    });
    expect(heardBefore).toEqual([[['kiosk-1'], [1, 2, 3]]]);
    commit(2, 3);
    expect(heard()).toEqual([[['display-3'], [2, 3]]]);
    platform.advance(ONLOOKER_DELAY_MS);
    expect(heard()).toEqual([]);
  });

  it('P1, O3: a hub that steps down while a claim is committed tells nobody of it', () => {
    const { connect, heard, writes, stepDownWhileCommitting } = openSessions();
    const kiosk = connect('kiosk-1');
    writes(1);
    stepDownWhileCommitting();
    let isAnswered = false;
    kiosk.push('v1.ClaimMade', () => {
      isAnswered = true;
    });
    expect([isAnswered, heard()]).toEqual([true, []]);
  });

  it('P1: the head that comes with time goes to all, and takes along what they have not been told', () => {
    const { connect, heard, commit, tick } = openSessions();
    connect('counter-1');
    connect('display-3');
    commit(1);
    tick(1);
    expect(heard()).toEqual([
      [['display-3'], [1]],
      [['counter-1', 'display-3'], [1]],
    ]);
    tick(1);
    expect(heard()).toEqual([[['counter-1', 'display-3'], []]]);
    platform.advance(ONLOOKER_DELAY_MS);
    expect(heard()).toEqual([]);
  });

  it('J3, P3: of two connections of one incarnation the one opened last counts, whichever says hello last', () => {
    const { connect, heard, tick } = openSessions();
    const stale = connect('kiosk-1', { id: 'stale', of: 'a', isQuiet: true });
    connect('kiosk-1', { id: 'new', of: 'a' });
    stale.sayHello();
    tick(1);
    expect(heard()).toEqual([[['new'], []]]);
    connect('kiosk-1', { id: 'newest', of: 'a' });
    tick(2);
    expect(heard()).toEqual([[['newest'], []]]);
  });

  it('J3, M5: of two connections of one incarnation the one to a hub counts before the one to a relay, opened later or not', () => {
    const { connect, heard, tick } = openSessions();
    connect('kiosk-1', { id: 'hub', of: 'a', to: 'hub' });
    connect('kiosk-1', { id: 'relay', of: 'a', to: 'relay' });
    tick(1);
    expect(heard()).toEqual([[['hub'], []]]);
  });

  it('P1: a connection that is gone is told nothing; one whose transport cannot share a packing is told alone', () => {
    const { connect, heard, tick, commit, sessions } = openSessions();
    const kiosk = connect('kiosk-1');
    connect('counter-1', { isShared: false });
    kiosk.push();
    kiosk.close();
    tick(0);
    expect(heard()).toEqual([[['counter-1'], []]]);
    commit(1);
    sessions.close();
    platform.advance(ONLOOKER_DELAY_MS);
    expect(heard()).toEqual([]);
  });
});
