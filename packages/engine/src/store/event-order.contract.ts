/** How every event store keeps a day's order, its own or one it follows. Called by the test file of each. */

import type { DeviceId } from '@aufruf/shared/lib/ids';
import { eventKey, GENESIS_HASH, type JournalEvent, journalKey } from '@aufruf/shared/sync/event';
import { hashEvent } from '@aufruf/shared/sync/hash';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sha256 } from '../platform/sha256.ts';
import type { EventStore } from './event-store.ts';
import {
  append,
  assertIntact,
  createAuthor,
  everything,
  HUB,
  MONDAY,
  nextEntry,
  nextRow,
  TUESDAY,
  writersOf,
} from './test/sample-events.ts';

/** `open` gives a new, empty store; the contract closes it. */
export function eventOrderContract(name: string, open: (device: DeviceId) => EventStore): void {
  describe(`${name}: contract of its order`, () => {
    let store: EventStore;
    beforeEach(() => {
      store = open(HUB);
    });
    afterEach(() => store.close());

    const { importOne, order } = writersOf(() => store);

    describe('import of ordered events', () => {
      const importOrdered = (event: JournalEvent) => store.transact(() => store.importOrdered(nextEntry(store, event)));

      it('O4: takes an event that begins late or follows a gap, and what is missing later, each with its row', () => {
        const author = createAuthor();
        const events = Array.from({ length: 6 }, () => author.next());
        const [one, two, three, four, five, six] = events as [
          JournalEvent,
          JournalEvent,
          JournalEvent,
          JournalEvent,
          JournalEvent,
          JournalEvent,
        ];
        for (const event of [three, six, two]) expect(importOrdered(event)).toEqual({ type: 'stored' });
        expect(store.versionVector()).toEqual({ [journalKey(one)]: 6 });
        const seqs = (after: number, limit: number) =>
          store.journalAfter(journalKey(one), after, limit).map(({ event }) => event.seq);
        expect([seqs(0, 9), seqs(0, 2), seqs(2, 9), seqs(4, 1), seqs(6, 9)]).toEqual([
          [2, 3, 6],
          [2, 3],
          [3, 6],
          [6],
          [],
        ]);
        expect(store.event(eventKey(four))).toBeNull();
        expect(importOne(five)).toEqual({ type: 'gap', expected: 7 });
        for (const event of [one, five, four]) expect(importOrdered(event)).toEqual({ type: 'stored' });
        const order = [three, six, two, one, five, four];
        expect(store.entriesAfter(MONDAY, 0, 9).map(({ event }) => event)).toEqual(order);
        expect(store.unordered(MONDAY)).toEqual([]);
        assertIntact(store);
      });

      it('O1: adds the row alone where the event is held, own or not', () => {
        const own = append(store, 'own').event;
        const foreign = createAuthor().next();
        importOne(foreign);
        expect([importOrdered(foreign), importOrdered(own)]).toEqual([{ type: 'held' }, { type: 'held' }]);
        expect(store.entriesAfter(MONDAY, 0, 9).map(({ event }) => event)).toEqual([foreign, own]);
        assertIntact(store);
      });

      it('O4: refuses an event that is not chained to a held one before it, and adds no row', () => {
        const author = createAuthor();
        const [first, second] = [author.next(), author.next()];
        expect(importOrdered({ ...first, prevHash: hashEvent(second, sha256) })).toEqual({ type: 'wrongHash' });
        importOrdered(first);
        expect(importOrdered({ ...second, prevHash: GENESIS_HASH })).toEqual({ type: 'wrongHash' });
        expect([store.versionVector(), store.head(MONDAY).n]).toEqual([{ [journalKey(first)]: 1 }, 1]);
      });

      it('J3: refuses another event with a key it holds, and any own event it never made', () => {
        const own = append(store, 'own');
        const foreign = createAuthor().next();
        importOrdered(foreign);
        const before = everything(store);
        expect(importOrdered({ ...foreign, payload: { text: 'cloned' } })).toEqual({ type: 'conflictingEvent' });
        expect(importOrdered({ ...own.event, seq: 2, prevHash: own.hash })).toEqual({ type: 'conflictingEvent' });
        expect(everything(store)).toEqual(before);
      });

      it('O1: throws at an entry that was checked to follow another row, and at one that has a row', () => {
        const author = createAuthor();
        const [first, second] = [nextEntry(store, author.next()), nextEntry(store, author.next())];
        store.transact(() => store.importOrdered(first));
        const before = everything(store);
        expect(() => store.transact(() => store.importOrdered(second))).toThrow('was checked to follow 0');
        expect(() => importOrdered(first.event)).toThrow('has a row already');
        expect(everything(store)).toEqual(before);
      });

      it('J4: takes a gap back with its transaction', () => {
        const author = createAuthor();
        const [first, , third] = [author.next(), author.next(), author.next()];
        importOne(first);
        const before = everything(store);
        const fail = () =>
          store.transact(() => {
            store.importOrdered(nextEntry(store, third));
            throw new RangeError('rolled back');
          });
        expect(fail).toThrow(RangeError);
        expect(everything(store)).toEqual(before);
      });
    });

    describe('order', () => {
      it('O1: keeps rows 1, 2, 3 of a day with their events, and knows the end', () => {
        const own = append(store, 'own').event;
        const foreign = createAuthor().next();
        importOne(foreign);
        const rows = [foreign, own].map((event) => {
          const row = nextRow(store, event, { epoch: 4 });
          store.transact(() => store.appendOrder(row));
          return row;
        });
        expect(store.entriesAfter(MONDAY, 0, 10)).toEqual([
          { row: rows[0], event: foreign },
          { row: rows[1], event: own },
        ]);
        expect(store.head(MONDAY)).toEqual({ day: MONDAY, epoch: 4, n: 2, chain: rows[1]?.chain });
        expect(store.rowAt(MONDAY, 1)).toEqual(rows[0]);
        expect(store.rowAt(MONDAY, 3)).toBeNull();
        expect(store.head(TUESDAY).n).toBe(0);
        assertIntact(store);
      });

      it('O1: gives a page of the order', () => {
        for (const text of ['a', 'b', 'c', 'd']) order(append(store, text).event);
        const page = (afterN: number, limit: number) =>
          store.entriesAfter(MONDAY, afterN, limit).map(({ row }) => row.n);
        expect([page(0, 2), page(2, 2), page(3, 2), page(4, 2), page(0, 0)]).toEqual([[1, 2], [3, 4], [4], [], []]);
      });

      it('O1: throws at a row that does not continue the order or does not fit its event', () => {
        const first = append(store, 'a').event;
        const second = append(store, 'b').event;
        const tuesday = append(store, 'c', TUESDAY).event;
        order(first);
        const before = everything(store);
        const attempt = (row: ReturnType<typeof nextRow>) => () => store.transact(() => store.appendOrder(row));
        expect(attempt(nextRow(store, second, { n: 3 }))).toThrow('does not follow');
        expect(attempt(nextRow(store, second, { n: 1 }))).toThrow('does not follow');
        expect(attempt(nextRow(store, second, { eventHash: GENESIS_HASH }))).toThrow('another event');
        expect(attempt(nextRow(store, createAuthor().next()))).toThrow('not held');
        expect(attempt(nextRow(store, second, { seq: 9 }))).toThrow('not held');
        expect(
          attempt(
            nextRow(store, tuesday, { ...nextRow(store, second), seq: 3, eventHash: hashEvent(tuesday, sha256) }),
          ),
        ).toThrow(`event of ${TUESDAY}`);
        expect(attempt(nextRow(store, first))).toThrow('has a row already');
        expect(everything(store)).toEqual(before);
      });

      it('O4: drops the order of one day, never an event, and takes a new order', () => {
        const events = ['a', 'b', 'c'].map((text) => append(store, text).event);
        const tuesday = append(store, 'd', TUESDAY).event;
        for (const event of [...events].reverse()) order(event);
        order(tuesday);
        const versionVector = store.versionVector();
        store.transact(() => store.dropOrder(MONDAY));
        expect(store.head(MONDAY)).toEqual({ day: MONDAY, epoch: 0, n: 0, chain: GENESIS_HASH });
        expect(store.unordered(MONDAY).map(({ event }) => event)).toEqual(events);
        expect(store.versionVector()).toEqual(versionVector);
        expect(store.head(TUESDAY).n).toBe(1);
        store.transact(() => store.dropOrder(MONDAY));
        for (const event of events) order(event);
        expect(store.entriesAfter(MONDAY, 0, 10).map(({ event }) => event)).toEqual(events);
        assertIntact(store);
      });

      it('O1: lists the events without a row, own and others, in order of journaling, day by day', () => {
        const author = createAuthor();
        const a = append(store, 'a').event;
        const foreign = author.next();
        importOne(foreign);
        const late = append(store, 'late', TUESDAY).event;
        const b = append(store, 'b').event;
        expect(store.unordered(MONDAY).map(({ event }) => event)).toEqual([a, foreign, b]);
        expect(store.unordered(TUESDAY).map(({ event }) => event)).toEqual([late]);
        order(foreign);
        expect(store.unordered(MONDAY).map(({ event }) => event)).toEqual([a, b]);
      });
    });
  });
}
