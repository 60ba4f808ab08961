import { createTestPlatform } from '@aufruf/engine/platform/test-platform';
import { createMemoryStore } from '@aufruf/engine/store/memory-store';
import type { HubConnection } from '@aufruf/engine/transport/transport';
import type { DeviceId, Incarnation } from '@aufruf/shared/lib/ids';
import type { LocalDate } from '@aufruf/shared/lib/time';
import { GENESIS_HASH } from '@aufruf/shared/sync/event';
import { describe, expect, it } from 'vitest';
import { createSessions } from './sessions.ts';
import { bigLocation } from './test/big-location.ts';

const DAY = '2026-11-23' as LocalDate;
const platform = createTestPlatform({ now: 1_795_420_800_000, seed: 1 });
const store = createMemoryStore({ device: 'hub' as DeviceId, platform });

/** Who was sent a hint, in order; those of one packing together. */
function openSessions() {
  const told: string[][] = [];
  const sessions = createSessions({
    platform,
    view: () => ({ epoch: 1, hasSteppedDown: false, isRelay: false, day: DAY, config: bigLocation(), store }),
    onPush: (_, onAnswer) => onAnswer({ ok: true, through: {} }),
    onHigherEpoch: () => {},
    heardBefore: new Map(),
  });
  const sender = { send: (ids: readonly string[]) => void told.push([...ids]) };
  let incarnations = 0;
  function connect(device: string, { isShared = true } = {}) {
    let ask: Parameters<HubConnection['onRequest']>[0] = () => {};
    let close = (): void => {};
    sessions.attach({
      id: device,
      ...(isShared ? { sender } : {}),
      onRequest: (handler) => {
        ask = handler;
      },
      onClose: (handler) => {
        close = handler;
      },
      sendHint: () => void told.push([device]),
      close: () => {},
    });
    const incarnation = String(++incarnations).repeat(32).slice(0, 32) as Incarnation;
    const hello = { protocol: 1, protocolMinimum: 1, device, incarnation, versionVector: {}, position: null, epoch: 0 };
    const answers: unknown[] = [];
    ask('sync:hello', { ...hello, deviceAt: 0 }, (answer) => answers.push(answer));
    expect(answers).toMatchObject([{ ok: true }]);
    const event = { device, incarnation, seq: 1, prevHash: GENESIS_HASH, day: DAY, type: 'v9.Made', v: 1, payload: {} };
    return {
      push: () => ask('sync:push', { events: [{ ...event, deviceAt: 0, monoMs: 0 }], deviceAt: 0 }, () => {}),
      close: () => close(),
    };
  }
  const tell = () => {
    told.length = 0;
    sessions.sendHeads({ day: DAY, epoch: 1, n: 0, chain: GENESIS_HASH }, null, []);
    return told;
  };
  return { connect, tell };
}

describe('sessions of a hub', () => {
  it('P1: who waits for an answer hears of the new rows first, then displays, each group packed once', () => {
    const { connect, tell } = openSessions();
    connect('kiosk-1');
    const counter = connect('counter-1');
    connect('display-3');
    expect(tell()).toEqual([['display-3', 'kiosk-1', 'counter-1']]);
    counter.push();
    expect(tell()).toEqual([['counter-1'], ['display-3', 'kiosk-1']]);
    expect(tell()).toEqual([['display-3', 'kiosk-1', 'counter-1']]);
  });

  it('P1: a connection that is gone is told nothing; one whose transport cannot share a packing is told alone', () => {
    const { connect, tell } = openSessions();
    const kiosk = connect('kiosk-1');
    connect('counter-1', { isShared: false });
    kiosk.push();
    kiosk.close();
    expect(tell()).toEqual([['counter-1']]);
  });
});
