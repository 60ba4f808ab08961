/** What every event store does, whatever it keeps its events in. Called by the test file of each. */

import type { DeviceId, Incarnation } from '@aufruf/shared/lib/ids';
import { MAX_JSON_DEPTH } from '@aufruf/shared/sync/canonical-json';
import { eventKey, GENESIS_HASH, type JournalEvent, journalKey, MAX_EVENT_BYTES } from '@aufruf/shared/sync/event';
import { canonicalEvent, hashEvent } from '@aufruf/shared/sync/hash';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sha256 } from '../platform/sha256.ts';
import { type EventStore, SETTING_NAMES } from './event-store.ts';
import { isSealed, sealEvent } from './sealed-event.ts';
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
  nextRow,
  paddedPayload,
  TUESDAY,
  writersOf,
} from './test/sample-events.ts';

/** `open` gives a new, empty store; the contract closes it. */
export function eventStoreContract(name: string, open: (device: DeviceId) => EventStore): void {
  describe(`${name}: contract of an event store`, () => {
    let store: EventStore;
    beforeEach(() => {
      store = open(HUB);
    });
    afterEach(() => store.close());

    const { importOne, order } = writersOf(() => store);

    it('J4: keeps one note, the last, apart from transactions', () => {
      expect(store.readNote()).toBeNull();
      store.writeNote('a first one');
      store.writeNote('another');
      expect(store.readNote()).toBe('another');
      expect(store.versionVector()).toEqual({});
    });

    describe('own journal', () => {
      it('J1: starts empty', () => {
        expect(everything(store)).toEqual({
          versionVector: {},
          journals: [],
          days: [],
          heads: [],
          forgotten: [],
          statistics: [],
          settings: SETTING_NAMES.map(() => null),
        });
        expect(store.head(MONDAY)).toEqual({ day: MONDAY, epoch: 0, n: 0, chain: GENESIS_HASH });
        expect(store.unordered(MONDAY)).toEqual([]);
        expect(store.rowAt(MONDAY, 1)).toBeNull();
        expect(store.journalHead(journalKey(store))).toEqual({ seq: 0, hash: GENESIS_HASH });
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

      it('J1, J3, J6: takes a sealed event as it takes any other', () => {
        const author = createAuthor();
        const [first, second, third] = [author.next(), author.next(), author.next()];
        const importSealed = (event: JournalEvent) => {
          const sealed = sealEvent(event, sha256);
          if (!isSealed(sealed)) throw new Error(sealed.problem);
          return store.transact(() => store.importSealed(sealed));
        };
        expect([first, second, second].map(importSealed)).toEqual([
          { type: 'stored' },
          { type: 'stored' },
          { type: 'held' },
        ]);
        expect(importSealed({ ...third, seq: 4 })).toEqual({ type: 'gap', expected: 3 });
        expect(importSealed({ ...second, deviceAt: 1 })).toEqual({ type: 'conflictingEvent' });
        expect(store.event(eventKey(second))).toEqual({ event: second, hash: hashEvent(second, sha256) });
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

      it('J6: gives the version vector of one device alone, of all its incarnations', () => {
        append(store, 'a');
        importOne(createAuthor(KIOSK).next());
        importOne(createAuthor(KIOSK, 'cd'.repeat(16) as Incarnation).next());
        // A name that begins like another's.
        importOne(createAuthor('kiosk-10' as DeviceId).next());
        expect(store.versionVector(KIOSK)).toEqual({
          [`kiosk-1/${'ab'.repeat(16)}`]: 1,
          [`kiosk-1/${'cd'.repeat(16)}`]: 1,
        });
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
          expect(store.event(`hub/${store.incarnation}/2`)?.event).toMatchObject({ day: TUESDAY });
          expect(store.journalAfter(journalKey(store), 0, 1).map(({ event }) => event.day)).toEqual([MONDAY]);
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
        expect(store.event(`hub/${store.incarnation}/3`)).toBeNull();

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
