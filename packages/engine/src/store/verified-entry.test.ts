import { type JournalEvent, MAX_EVENT_BYTES } from '@aufruf/shared/sync/event';
import { chainRow, hashEvent } from '@aufruf/shared/sync/hash';
import type { OrderRow } from '@aufruf/shared/sync/order';
import { beforeEach, describe, expect, it } from 'vitest';
import { sha256 } from '../platform/sha256.ts';
import { createTestPlatform } from '../platform/test-platform.ts';
import type { EventStore } from './event-store.ts';
import { createMemoryStore } from './memory-store.ts';
import { append, createAuthor, HUB, MONDAY, nextRow, paddedPayload, TUESDAY } from './test/sample-events.ts';
import { verifyEntry, verifyHeld } from './verified-entry.ts';

let store: EventStore;
let author: ReturnType<typeof createAuthor>;
beforeEach(() => {
  store = createMemoryStore({ device: HUB, platform: createTestPlatform({ now: 0, seed: 2 }) });
  const { event } = append(store, 'first');
  store.transact(() => store.appendOrder(nextRow(store, event)));
  author = createAuthor();
});
const verify = (row: OrderRow, event: JournalEvent) => verifyEntry(row, event, store.head(MONDAY), sha256);

describe('an entry of the order that came from elsewhere', () => {
  it('O1: is what was sent, sealed, and nothing besides the envelope', () => {
    const event = author.next();
    const row = nextRow(store, event);
    const more = { ...event, more: 1 } as JournalEvent;
    const sealed = { event, hash: hashEvent(event, sha256), payloadJson: '{"text":"foreign 1"}' };
    expect(verify(row, more)).toEqual({ row, event, after: store.head(MONDAY), sealed });
  });

  it('O1: does not fit behind another row, another chain, a higher epoch or on another day', () => {
    const event = author.next();
    const good = nextRow(store, event, { epoch: 5 });
    const chained = (change: Partial<OrderRow>): OrderRow => {
      const row = { ...good, ...change };
      return { ...row, chain: chainRow(store.head(MONDAY).chain, row, sha256) };
    };
    expect(verify(chained({}), event)).toMatchObject({ event });
    expect(verify(chained({ n: 3 }), event)).toMatchObject({ problem: expect.stringContaining('does not follow') });
    expect(verify(chained({ day: TUESDAY }), event)).toMatchObject({ problem: expect.stringContaining('not follow') });
    expect(verify({ ...good, effectiveAt: 1 }, event)).toMatchObject({ problem: 'not chained to its predecessor' });
    const later = { ...store.head(MONDAY), epoch: 6 };
    expect(verifyEntry(good, event, later, sha256)).toMatchObject({ problem: 'epoch 5 after 6' });
  });

  it('O1, J3: does not fit with another event, one without a hash, or one that is too large', () => {
    const [event, other] = [author.next(), author.next()];
    const row = nextRow(store, event);
    expect(verify(row, other)).toMatchObject({ problem: expect.stringContaining('carries') });
    expect(verify(row, { ...event, day: TUESDAY })).toMatchObject({ problem: expect.stringContaining('carries') });
    expect(verify(row, { ...event, deviceAt: 1 })).toMatchObject({ problem: 'the event has another hash' });
    expect(verify(row, { ...event, payload: { text: '\ud800' } })).toMatchObject({
      problem: expect.stringContaining('surrogate'),
    });
    const sized = (bytes: number) => ({ ...event, payload: paddedPayload(bytes, event) });
    const [largest, tooLarge] = [sized(MAX_EVENT_BYTES), sized(MAX_EVENT_BYTES + 1)];
    expect(verify(nextRow(store, largest), largest)).toMatchObject({ event: largest });
    expect(verify(nextRow(store, tooLarge), tooLarge)).toMatchObject({ problem: expect.stringContaining('tooLarge') });
  });

  it('J3: of a held event must name the hash it is held with', () => {
    const held = append(store, 'own');
    const head = store.head(MONDAY);
    const row = nextRow(store, held.event);
    expect(verifyHeld(row, held, head, sha256)).toMatchObject({ event: held.event, sealed: null });
    const forged = nextRow(store, held.event, { eventHash: hashEvent({ ...held.event, deviceAt: 1 }, sha256) });
    expect(verifyHeld(forged, held, head, sha256)).toMatchObject({ problem: 'the event has another hash' });
  });
});
