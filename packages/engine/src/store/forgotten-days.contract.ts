/** What every event store does with days whose retention is over (D2). Called by the test file of each. */
import type { DeviceId } from '@aufruf/shared/lib/ids';
import { eventKey, GENESIS_HASH, type JournalEvent, journalKey } from '@aufruf/shared/sync/event';
import { hashEvent } from '@aufruf/shared/sync/hash';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sha256 } from '../platform/sha256.ts';
import type { EventStore } from './event-store.ts';
import {
  append,
  assertIntact,
  CLOCK,
  createAuthor,
  draft,
  everything,
  HUB,
  MONDAY,
  TUESDAY,
  writersOf,
} from './test/sample-events.ts';

/** `open` gives a new, empty store; the contract closes it. */
export function forgottenDaysContract(name: string, open: (device: DeviceId) => EventStore): void {
  describe(`${name}: contract of deleted days`, () => {
    let store: EventStore;
    beforeEach(() => {
      store = open(HUB);
    });
    afterEach(() => store.close());

    const { importOne, order } = writersOf(() => store);
    const forget = (day = MONDAY) => store.transact(() => store.forgetDay(day));
    const own = () => journalKey(store);

    /** Two own events and one foreign on Monday, one own and one foreign on Tuesday; all but one ordered. */
    function fill() {
      const author = createAuthor();
      const [first, second] = [author.next(), author.next({ day: TUESDAY })];
      const monday = [append(store, 'a').event, append(store, 'b').event];
      for (const event of [first, second]) importOne(event);
      const tuesday = append(store, 'c', TUESDAY).event;
      for (const event of [...monday, first, second]) order(event);
      return { author, first, second, monday, tuesday };
    }

    it('D2: deletes a day as a whole, order and events, and leaves the others as they were', () => {
      const { second, monday } = fill();
      const before = store.entriesAfter(TUESDAY, 0, 10);
      forget();
      expect(store.days()).toEqual([TUESDAY]);
      expect([store.entriesAfter(MONDAY, 0, 10), store.unordered(MONDAY), store.rowAt(MONDAY, 1)]).toEqual([
        [],
        [],
        null,
      ]);
      expect(store.head(MONDAY)).toEqual({ day: MONDAY, epoch: 0, n: 0, chain: GENESIS_HASH });
      expect(monday.map((event) => store.event(eventKey(event)))).toEqual([null, null]);
      expect(store.entriesAfter(TUESDAY, 0, 10)).toEqual(before);
      expect(store.event(eventKey(second))?.event).toEqual(second);
      assertIntact(store);
    });

    it('D2, J1: a journal keeps its length and its chain, and goes on from where it was', () => {
      const { author, first, second, monday, tuesday } = fill();
      const lengths = store.versionVector();
      forget();
      expect(store.versionVector()).toEqual(lengths);
      expect(store.forgotten(own())).toEqual({ seq: 2, hash: hashEvent(monday[1] as JournalEvent, sha256) });
      expect(store.forgotten(journalKey(first))).toEqual({ seq: 1, hash: hashEvent(first, sha256) });
      expect(store.journalAfter(own(), 0, 10).map(({ event }) => event)).toEqual([tuesday]);
      forget(TUESDAY);
      expect([store.days(), store.versionVector()]).toEqual([[], lengths]);
      const next = append(store, 'd', TUESDAY).event;
      expect([next.seq, next.prevHash]).toEqual([4, hashEvent(tuesday, sha256)]);
      expect(importOne(author.next({ prevHash: hashEvent(second, sha256), day: TUESDAY }))).toEqual({ type: 'stored' });
      assertIntact(store);
    });

    it('D2, J3: an event that was deleted with its day is known and not taken back; one after it must still fit', () => {
      const { author, first, second, monday } = fill();
      forget();
      forget(TUESDAY);
      expect(importOne(first)).toEqual({ type: 'held' });
      expect(importOne(monday[0] as JournalEvent)).toEqual({ type: 'held' });
      expect(store.days()).toEqual([]);
      const forged = { ...author.next(), prevHash: hashEvent(first, sha256) };
      expect(importOne(forged)).toEqual({ type: 'wrongHash' });
      expect(importOne({ ...forged, seq: 4 })).toEqual({ type: 'gap', expected: second.seq + 1 });
      expect(importOne({ ...monday[0], seq: 9 } as JournalEvent)).toEqual({ type: 'conflictingEvent' });
    });

    it('D2: deletes what the same transaction has journaled, too', () => {
      const [own] = store.transact(() => {
        const stored = store.append([draft('gone')], CLOCK);
        store.forgetDay(MONDAY);
        return stored;
      });
      expect(own && store.event(eventKey(own.event))).toBeNull();
      expect(store.journalAfter(journalKey(store), 0, 5)).toEqual([]);
      assertIntact(store);
    });

    it('D2: repetition and days nobody knows change nothing', () => {
      fill();
      forget();
      const after = everything(store);
      forget();
      forget('2020-01-01' as typeof MONDAY);
      expect(everything(store)).toEqual(after);
    });

    it('D2, J4: a deletion that is not committed has never been, in memory as on disk', () => {
      fill();
      store.transact(() => store.writeStatistics(MONDAY, '{"kept":1}'));
      const before = everything(store);
      const fail = () =>
        store.transact(() => {
          store.forgetDay(MONDAY);
          store.forgetDay(TUESDAY);
          store.noteForgotten('kiosk-9/new', { seq: 7, hash: GENESIS_HASH });
          store.writeStatistics(MONDAY, null);
          store.writeStatistics(TUESDAY, '{}');
          append(store, 'never');
        });
      expect(fail).toThrow();
      expect(everything(store)).toEqual(before);
      assertIntact(store);
    });

    it('D2: a journal of mixed days loses the day and keeps what is older in it', () => {
      append(store, 'a', TUESDAY);
      const back = append(store, 'b', MONDAY).event;
      forget();
      expect(store.journalAfter(own(), 0, 10).map(({ event }) => event.seq)).toEqual([1]);
      expect([store.versionVector()[own()], store.forgotten(own()).seq]).toEqual([2, 2]);
      expect(append(store, 'c', TUESDAY).event.prevHash).toBe(hashEvent(back, sha256));
    });

    it('D2: a journal whose beginning is gone everywhere may begin after it', () => {
      const author = createAuthor();
      const events = [author.next(), author.next(), author.next(), author.next()] as const;
      const key = journalKey(events[0]);
      const head = { seq: 2, hash: hashEvent(events[1], sha256) };
      store.transact(() => store.noteForgotten(key, head));
      expect([store.versionVector()[key], store.forgotten(key)]).toEqual([2, head]);
      expect(importOne(events[3])).toEqual({ type: 'gap', expected: 3 });
      expect(importOne(events[2])).toEqual({ type: 'stored' });
      // What is held that far needs no such note.
      store.transact(() => store.noteForgotten(key, head));
      store.transact(() => store.noteForgotten(key, { seq: 3, hash: GENESIS_HASH }));
      expect([store.versionVector()[key], store.forgotten(key)]).toEqual([3, head]);
      expect(importOne(events[3])).toEqual({ type: 'stored' });
      assertIntact(store);
    });

    it('D2: figures of a day outlive the day, and can be taken back', () => {
      fill();
      store.transact(() => {
        store.writeStatistics(TUESDAY, '{"b":1}');
        store.writeStatistics(MONDAY, '{"a":1}');
      });
      forget();
      expect([...store.statistics()].sort()).toEqual([
        [MONDAY, '{"a":1}'],
        [TUESDAY, '{"b":1}'],
      ]);
      store.transact(() => store.writeStatistics(TUESDAY, null));
      expect([...store.statistics()]).toEqual([[MONDAY, '{"a":1}']]);
    });

    it('refuses to delete outside a transaction', () => {
      expect(() => store.forgetDay(MONDAY)).toThrow('inside transact');
      expect(() => store.noteForgotten('a/b', { seq: 1, hash: GENESIS_HASH })).toThrow('inside transact');
      expect(() => store.writeStatistics(MONDAY, '')).toThrow('inside transact');
    });
  });
}
