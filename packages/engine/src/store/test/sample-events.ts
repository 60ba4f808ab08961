/** Made-up events and rows for the tests of the stores. */
import { deviceIdSchema, type Incarnation, incarnationSchema } from '@aufruf/shared/lib/ids';
import { localDateSchema } from '@aufruf/shared/lib/time';
import { eventKey, GENESIS_HASH, type Hash, type JournalEvent, type JournalKey } from '@aufruf/shared/sync/event';
import { canonicalEvent, chainRow, hashEvent } from '@aufruf/shared/sync/hash';
import type { OrderRow } from '@aufruf/shared/sync/order';
import { sha256 } from '../../platform/sha256.ts';
import { type EventDraft, type EventStore, SETTING_NAMES, StorageFault, type StoredEvent } from '../event-store.ts';
import { type VerifiedEntry, verifyEntry } from '../verified-entry.ts';

export const HUB = deviceIdSchema.parse('hub');
export const KIOSK = deviceIdSchema.parse('kiosk-1');
export const MONDAY = localDateSchema.parse('2026-03-30');
export const TUESDAY = localDateSchema.parse('2026-03-31');
export const CLOCK = { deviceAt: 1_774_850_400_000, monoMs: 5_000 };

export const draft = (text: string, day = MONDAY): EventDraft => ({ day, type: 'v1.Sample', payload: { text } });

/** One event in one commit. */
export function append(store: EventStore, text: string, day = MONDAY): StoredEvent {
  const [stored] = store.transact(() => store.append([draft(text, day)], CLOCK));
  if (!stored) throw new Error('append gave nothing back');
  return stored;
}

/** Writes a foreign journal by hand, without a store. */
export function createAuthor(device = KIOSK, incarnation: Incarnation = incarnationSchema.parse('ab'.repeat(16))) {
  let seq = 0;
  let prevHash: Hash = GENESIS_HASH;
  return {
    next(change: Partial<JournalEvent> = {}): JournalEvent {
      seq++;
      const event: JournalEvent = {
        device,
        incarnation,
        seq,
        prevHash,
        day: MONDAY,
        type: 'v1.Sample',
        v: 1,
        payload: { text: `foreign ${seq}` },
        ...CLOCK,
        ...change,
      };
      // A malformed one has no hash; nothing can follow it.
      if (isHashable(event)) prevHash = hashEvent(event, sha256);
      return event;
    },
  };
}

function isHashable(event: JournalEvent): boolean {
  try {
    canonicalEvent(event);
    return true;
  } catch {
    return false;
  }
}

/** The row that orders `event` next in its day. */
export function nextRow(store: EventStore, event: JournalEvent, change: Partial<OrderRow> = {}): OrderRow {
  const head = store.head(event.day);
  const { device, incarnation, seq, day } = event;
  const row = {
    day,
    n: head.n + 1,
    epoch: Math.max(1, head.epoch),
    device,
    incarnation,
    seq,
    eventHash: hashEvent(event, sha256),
    receivedAt: CLOCK.deviceAt + 100,
    effectiveAt: CLOCK.deviceAt,
    ...change,
  };
  return { ...row, chain: change.chain ?? chainRow(head.chain, row, sha256) };
}

/** The entry that orders `event` next in its day, checked as one that has come from elsewhere. */
export function nextEntry(store: EventStore, event: JournalEvent, change: Partial<OrderRow> = {}): VerifiedEntry {
  const entry = verifyEntry(nextRow(store, event, change), event, store.head(event.day), sha256);
  if ('problem' in entry) throw new Error(entry.problem);
  return entry;
}

/** Everything a store can be asked. Two equal answers: nobody can tell the stores apart. */
export function everything(store: EventStore) {
  const versionVector = store.versionVector();
  return {
    versionVector,
    journals: Object.keys(versionVector)
      .sort()
      .map((key) => store.journalAfter(key as `${string}/${string}`, 0, 1_000_000)),
    days: store.days().map((day) => ({
      head: store.head(day),
      entries: store.entriesAfter(day, 0, 1_000_000),
      unordered: store.unordered(day).map(({ event }) => eventKey(event)),
    })),
    heads: Object.keys(versionVector)
      .sort()
      .map((key) => store.journalHead(key as JournalKey)),
    forgotten: Object.keys(versionVector)
      .sort()
      .map((key) => store.forgotten(key as JournalKey)),
    statistics: [...store.statistics()],
    settings: SETTING_NAMES.map((name) => store.readSetting(name)),
  };
}

/** @throws when a journal, from where days were deleted on, or an order is not chained without gaps */
export function assertIntact(store: EventStore): void {
  for (const [key, last] of Object.entries(store.versionVector())) {
    let previous = store.forgotten(key as JournalKey);
    for (const { event, hash } of store.journalAfter(key as JournalKey, previous.seq, 1_000_000)) {
      const isNext = event.seq === previous.seq + 1 && event.prevHash === previous.hash;
      if (!isNext || hashEvent(event, sha256) !== hash) throw new Error(`journal ${key} is broken at ${event.seq}`);
      previous = { seq: event.seq, hash };
    }
    const head = store.journalHead(key as JournalKey);
    if (head.seq !== previous.seq || head.hash !== previous.hash)
      throw new Error(`the head of ${key} is not its last event`);
    if (previous.seq !== last) throw new Error(`journal ${key} ends at ${previous.seq}, the vector says ${last}`);
  }
  for (const day of store.days()) {
    let chain: Hash = GENESIS_HASH;
    for (const [index, { row }] of store.entriesAfter(day, 0, 1_000_000).entries()) {
      if (row.n !== index + 1 || chainRow(chain, row, sha256) !== row.chain) {
        throw new Error(`the order of ${day} is broken at ${row.n}`);
      }
      chain = row.chain;
    }
    if (store.head(day).chain !== chain) throw new Error(`the head of ${day} is not its last row`);
  }
}

/** One write a transaction. `store`: asked for at each call, since each test opens its own. */
export const writersOf = (store: () => EventStore) => ({
  importOne: (event: JournalEvent) => store().transact(() => store().importEvent(event)),
  order: (event: JournalEvent) => store().transact(() => store().appendOrder(nextRow(store(), event))),
});

/** A payload that gives the event exactly `bytes` of canonical JSON. */
export function paddedPayload(bytes: number, event: JournalEvent): { text: string } {
  const empty = canonicalEvent({ ...event, payload: { text: '' } }).length;
  // Two bytes each: a limit that counted characters would let this through.
  const rest = bytes - empty;
  return { text: 'ä'.repeat(Math.floor(rest / 2)) + 'x'.repeat(rest % 2) };
}

/** The StorageFault that `work` throws; anything else, or nothing, is an error of the test. */
export function faultOf(work: () => unknown): StorageFault {
  try {
    work();
  } catch (error) {
    if (error instanceof StorageFault) return error;
    throw error;
  }
  throw new Error('no fault');
}
