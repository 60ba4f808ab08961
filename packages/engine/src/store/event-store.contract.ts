/** What every event store does, whatever it keeps its events in. Called by the test file of each. */

import type { DeviceId } from '@aufruf/shared/lib/ids';
import { MAX_JSON_DEPTH } from '@aufruf/shared/sync/canonical-json';
import { eventKey, GENESIS_HASH, type JournalEvent, journalKey, MAX_EVENT_BYTES } from '@aufruf/shared/sync/event';
import { canonicalEvent, hashEvent } from '@aufruf/shared/sync/hash';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sha256 } from '../platform/sha256.ts';
import { type EventStore, SETTING_NAMES } from './event-store.ts';
import {
  append,
  assertIntact,
  CLOCK,
  createAuthor,
  draft,
  everything,
  HUB,
  KIOSK,
  MONDAY,
  nextEntry,
  nextRow,
  paddedPayload,
  TUESDAY,
} from './test/sample-events.ts';

/** `open` gives a new, empty store; the contract closes it. */
export function eventStoreContract(name: string, open: (device: DeviceId) => EventStore): void {
  describe(`${name}: contract of an event store`, () => {
    let store: EventStore;
    beforeEach(() => {
      store = open(HUB);
    });
    afterEach(() => store.close());

    const importOne = (event: JournalEvent) => store.transact(() => store.importEvent(event));
    const order = (event: JournalEvent) => store.transact(() => store.appendOrder(nextRow(store, event)));

    describe('own journal', () => {
      it('J1: starts empty', () => {
        expect(everything(store)).toEqual({
          versionVector: {},
          journals: [],
          days: [],
          forgotten: [],
          statistics: [],
          settings: SETTING_NAMES.map(() => null),
        });
        expect(store.head(MONDAY)).toEqual({ day: MONDAY, epoch: 0, n: 0, chain: GENESIS_HASH });
        expect(store.unordered(MONDAY)).toEqual([]);
        expect(store.rowAt(MONDAY, 1)).toBeNull();
        expect(store.event(`hub/${store.incarnation}/1`)).toBeNull();
      });

      it('J2: has an incarnation of 128 random bits, another one for each store', () => {
        const other = open(HUB);
        expect(store.incarnation).toMatch(/^[0-9a-f]{32}$/);
        expect(other.incarnation).not.toBe(store.incarnation);
        other.close();
      });

      it('J1: numbers events from 1 without gaps and chains each onto the one before', () => {
        const first = store.transact(() => store.append([draft('a'), draft('b')], CLOCK));
        const [a, b, c] = [...first, append(store, 'c')];
        expect(a?.event).toEqual({
          device: HUB,
          incarnation: store.incarnation,
          seq: 1,
          prevHash: GENESIS_HASH,
          day: MONDAY,
          type: 'v1.Sample',
          v: 1,
          payload: { text: 'a' },
          ...CLOCK,
        });
        expect([a, b, c].map((stored) => stored?.event.seq)).toEqual([1, 2, 3]);
        expect([b, c].map((stored) => stored?.event.prevHash)).toEqual([a?.hash, b?.hash]);
        expect(a && hashEvent(a.event, sha256)).toBe(a?.hash);
        expect(store.event(eventKey({ ...store, seq: 2 }))).toEqual(b);
        assertIntact(store);
      });

      it('J1: keeps what was said when it was appended, whatever happens to the object later', () => {
        const payload = { text: 'before', zero: -0 };
        const [stored] = store.transact(() => store.append([{ ...draft(''), payload }], CLOCK));
        payload.text = 'after';
        const expected = { text: 'before', zero: 0 };
        expect(stored?.event.payload).toStrictEqual(expected);
        expect(store.event(eventKey({ ...store, seq: 1 }))?.event.payload).toStrictEqual(expected);
      });

      it(`takes an event of ${MAX_EVENT_BYTES} bytes and throws at one byte more, before any of its batch is kept`, () => {
        const { event } = append(store, 'first');
        const shape = { ...event, seq: 2, prevHash: hashEvent(event, sha256) };
        const largest = { ...draft(''), payload: paddedPayload(MAX_EVENT_BYTES, shape) };
        const tooLarge = { ...draft(''), payload: paddedPayload(MAX_EVENT_BYTES + 1, shape) };
        store.transact(() => {
          expect(() => store.append([tooLarge], CLOCK)).toThrow('bytes');
          expect(() =>
            store.append([draft('fits'), { ...tooLarge, payload: { text: 'x'.repeat(MAX_EVENT_BYTES) } }], CLOCK),
          ).toThrow('bytes');
        });
        expect(store.versionVector()).toEqual({ [journalKey(store)]: 1 });
        const [stored] = store.transact(() => store.append([largest], CLOCK));
        expect(stored && new TextEncoder().encode(canonicalEvent(stored.event)).length).toBe(MAX_EVENT_BYTES);
        assertIntact(store);
      });

      it('J1: throws at what has no canonical form', () => {
        const append1 = (payload: Record<string, unknown>) => () =>
          store.transact(() => store.append([{ ...draft(''), payload }], CLOCK));
        expect(append1({ a: undefined })).toThrow('No canonical JSON');
        expect(append1({ a: Number.NaN })).toThrow('No canonical JSON');
        expect(store.versionVector()).toEqual({});
      });
    });

    describe('import', () => {
      it('J1, J6: stores events of others with their own seq, and gives them back unchanged', () => {
        const author = createAuthor();
        const events = [
          author.next(),
          author.next({ type: 'v9.FromTheFuture', v: 7, payload: { b: [1, null], a: { '': 'ü' } } }),
        ];
        for (const event of events) expect(importOne(event)).toEqual({ type: 'stored' });
        expect(store.journalAfter(journalKey(author.next()), 0, 10)).toEqual(
          events.map((event) => ({ event, hash: hashEvent(event, sha256) })),
        );
        assertIntact(store);
      });

      it('J6: does nothing when the same event comes again, also an own one', () => {
        const foreign = createAuthor().next();
        const own = append(store, 'own');
        importOne(foreign);
        const before = everything(store);
        expect(importOne(foreign)).toEqual({ type: 'held' });
        expect(importOne(own.event)).toEqual({ type: 'held' });
        expect(everything(store)).toEqual(before);
      });

      it('J1: refuses a gap in seq and names the seq it waits for', () => {
        const author = createAuthor();
        const [first, second, third] = [author.next(), author.next(), author.next()];
        expect(importOne(second)).toEqual({ type: 'gap', expected: 1 });
        importOne(first);
        expect(importOne(third)).toEqual({ type: 'gap', expected: 2 });
        expect(store.versionVector()).toEqual({ [journalKey(first)]: 1 });
      });

      it('J1: refuses an event that is not chained onto its predecessor', () => {
        const author = createAuthor();
        expect(importOne({ ...author.next(), prevHash: hashEvent(author.next(), sha256) })).toEqual({
          type: 'wrongHash',
        });
        expect(store.versionVector()).toEqual({});
      });

      it('J3: refuses another event with a key it holds', () => {
        const author = createAuthor();
        const event = author.next();
        importOne(event);
        importOne(author.next());
        const before = everything(store);
        expect(importOne({ ...event, payload: { text: 'cloned' } })).toEqual({ type: 'conflictingEvent' });
        expect(importOne({ ...event, deviceAt: event.deviceAt + 1 })).toEqual({ type: 'conflictingEvent' });
        expect(everything(store)).toEqual(before);
      });

      it('J3: refuses to continue the own journal from outside: then this disk is an old copy', () => {
        const own = append(store, 'own');
        const beyond = { ...own.event, seq: 2, prevHash: own.hash };
        expect(importOne(beyond)).toEqual({ type: 'conflictingEvent' });
        expect(importOne({ ...beyond, seq: 9 })).toEqual({ type: 'conflictingEvent' });
        expect(importOne({ ...own.event, payload: { text: 'cloned' } })).toEqual({ type: 'conflictingEvent' });
        expect(store.versionVector()).toEqual({ [journalKey(store)]: 1 });
      });

      it('J2: takes an earlier incarnation of the own device as any other journal', () => {
        const earlier = createAuthor(HUB).next();
        append(store, 'own');
        expect(importOne(earlier)).toEqual({ type: 'stored' });
        expect(store.versionVector()).toEqual({ [journalKey(earlier)]: 1, [journalKey(store)]: 1 });
      });

      it(`takes an event of ${MAX_EVENT_BYTES} bytes and refuses one byte more`, () => {
        const shape = createAuthor().next();
        const sized = (bytes: number) => createAuthor().next({ payload: paddedPayload(bytes, shape) });
        expect(importOne(sized(MAX_EVENT_BYTES + 1))).toEqual({ type: 'tooLarge' });
        expect(importOne(sized(MAX_EVENT_BYTES))).toEqual({ type: 'stored' });
      });

      it('J1: refuses what cannot be hashed', () => {
        const deep = JSON.parse('['.repeat(MAX_JSON_DEPTH) + ']'.repeat(MAX_JSON_DEPTH)) as unknown;
        expect(importOne(createAuthor().next({ payload: { text: '\ud800' } }))).toEqual({ type: 'malformed' });
        expect(importOne(createAuthor().next({ payload: { deep } }))).toEqual({ type: 'malformed' });
        expect(store.versionVector()).toEqual({});
      });
    });

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
        expect(attempt(nextRow(store, second, { chain: GENESIS_HASH }))).toThrow('not chained');
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

    describe('reads', () => {
      it('J1: gives a journal after a seq, in order, at most so many', () => {
        for (const text of ['a', 'b', 'c']) append(store, text);
        const page = (seq: number, limit: number) =>
          store.journalAfter(journalKey(store), seq, limit).map(({ event }) => event.seq);
        expect([page(0, 2), page(1, 5), page(3, 5), page(0, 0)]).toEqual([[1, 2], [2, 3], [], []]);
        expect(store.journalAfter(`kiosk-1/${store.incarnation}`, 0, 5)).toEqual([]);
      });

      it('J6: gives the version vector as a copy', () => {
        append(store, 'a');
        const vector = store.versionVector();
        vector[journalKey(store)] = 99;
        expect(store.versionVector()).toEqual({ [journalKey(store)]: 1 });
      });

      it('D2: knows the days that have events, ascending', () => {
        append(store, 'b', TUESDAY);
        append(store, 'a', MONDAY);
        append(store, 'c', TUESDAY);
        expect(store.days()).toEqual([MONDAY, TUESDAY]);
      });

      it('O3: keeps settings, the last value of each', () => {
        store.transact(() => store.writeSetting('epoch', '1'));
        store.transact(() => {
          store.writeSetting('epoch', '2');
          store.writeSetting('currentDay', MONDAY);
        });
        expect(everything(store).settings.slice(0, 3)).toEqual(['2', MONDAY, null]);
      });
    });

    describe('transaction', () => {
      const changeAll = () => {
        const author = createAuthor(KIOSK);
        const [own] = store.append([draft('lost'), draft('lost', TUESDAY)], CLOCK);
        const foreign = author.next();
        store.importEvent(foreign);
        store.dropOrder(MONDAY);
        if (own) store.appendOrder(nextRow(store, own.event));
        store.appendOrder(nextRow(store, foreign));
        store.writeSetting('epoch', '9');
        store.writeSetting('configuration', '{}');
      };

      it('J4: shows its own writes to itself', () => {
        store.transact(() => {
          changeAll();
          expect(store.head(MONDAY).n).toBe(2);
          expect(store.readSetting('epoch')).toBe('9');
          expect(store.unordered(TUESDAY)).toHaveLength(1);
        });
        assertIntact(store);
      });

      it('J4: a transaction that throws has never been, in memory as on disk', () => {
        const kept = append(store, 'kept').event;
        const alsoKept = append(store, 'also kept').event;
        order(alsoKept);
        store.transact(() => store.writeSetting('epoch', '1'));
        const before = everything(store);
        const fail = () =>
          store.transact(() => {
            changeAll();
            throw new RangeError('after the writes');
          });
        expect(fail).toThrow(RangeError);
        expect(everything(store)).toEqual(before);

        order(kept);
        append(store, 'goes on');
        store.transact(changeAll);
        assertIntact(store);
      });

      it('gives back what the work gives back', () => {
        expect(store.transact(() => 42)).toBe(42);
      });

      it('refuses wrong use: writing outside, nesting, waiting inside, use after closing', () => {
        const other = open(KIOSK);
        expect(() => other.append([draft('a')], CLOCK)).toThrow('inside transact');
        expect(() => other.importEvent(createAuthor().next())).toThrow('inside transact');
        expect(() => other.dropOrder(MONDAY)).toThrow('inside transact');
        expect(() => other.writeSetting('epoch', '1')).toThrow('inside transact');
        expect(() => other.transact(() => other.transact(() => 1))).toThrow('do not nest');
        expect(() => other.transact(async () => other.append([draft('a')], CLOCK))).toThrow('synchronous');
        expect(() => other.transact(() => other.close())).toThrow('cannot close');
        expect(other.versionVector()).toEqual({});
        append(other, 'still works');
        other.close();
        other.close();
        expect(() => other.versionVector()).toThrow('closed');
        expect(() => other.transact(() => 1)).toThrow('closed');
      });
    });
  });
}
