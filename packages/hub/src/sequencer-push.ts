/**
 * A device's push, and what is said to it. Checks it as a whole before any of it is stored: a refused message changes
 * nothing. Reads the store, so it runs inside the transaction that imports the events afterwards.
 */
import type { StateCheck } from '@aufruf/engine/ledger/day-ledger';
import type { EventStore, JournalHead, OrderedEntry } from '@aufruf/engine/store/event-store';
import type { Sha256 } from '@aufruf/shared/lib/hash';
import type { EpochMs } from '@aufruf/shared/lib/time';
import { utf8Length } from '@aufruf/shared/lib/utf8-length';
import type { AnswerBody, WireError } from '@aufruf/shared/protocol/messages';
import { NotCanonicalError } from '@aufruf/shared/sync/canonical-json';
import {
  type EventKey,
  eventKey,
  type Hash,
  type JournalEvent,
  journalKey,
  MAX_EVENT_BYTES,
} from '@aufruf/shared/sync/event';
import { canonicalEvent } from '@aufruf/shared/sync/hash';
import type { Position } from '@aufruf/shared/sync/order';
import type { Contact } from './effective-at.ts';

export type PushAnswer = AnswerBody<'sync:push'>;
export type OnPushAnswer = (answer: PushAnswer, news: News | null) => void;

/** New rows of the current day, in order, and where the order stands after them. */
export interface News {
  readonly position: Position;
  readonly check: StateCheck | null;
  readonly entries: readonly OrderedEntry[];
}

/** What a device pushed, its shape checked, and what is known about its clock. */
export interface Push {
  readonly events: readonly JournalEvent[];
  readonly sentAt: EpochMs;
  readonly receivedAt: EpochMs;
  readonly contact: Contact;
}

type Reads = Pick<EventStore, 'event' | 'forgotten' | 'journalHead'>;

/**
 * Null = all events may be imported, in this order; those held already are the same (J3). `mayBeginLate`: of a journal of
 * which nothing is held.
 */
export function refusePush(
  events: readonly JournalEvent[],
  store: Reads,
  sha256: Sha256,
  mayBeginLate: boolean,
): WireError | null {
  const heads = new Map<string, JournalHead>();
  const hashes = new Map<EventKey, Hash>();

  const headOf = (event: JournalEvent): JournalHead =>
    heads.get(journalKey(event)) ?? store.journalHead(journalKey(event));

  for (const event of events) {
    const key = eventKey(event);
    const text = canonicalText(event);
    if (text === null) return { type: 'malformed', detail: `${key} has no canonical form` };
    const bytes = utf8Length(text);
    if (bytes > MAX_EVENT_BYTES) return { type: 'tooLarge', detail: `${key} has ${bytes} bytes` };
    const hash = sha256(text) as Hash;
    const head = headOf(event);
    if (event.seq <= head.seq) {
      const before = hashes.get(key) ?? store.event(key)?.hash;
      // Deleted with its day: nothing is left to compare it with, and nothing will be done with it (D2).
      if (before === undefined && event.seq <= store.forgotten(journalKey(event)).seq) continue;
      if (before !== hash) return { type: 'conflictingEvent', detail: `${key} is held with another content` };
      continue;
    }
    if (mayBeginLate && head.seq === 0) {
      heads.set(journalKey(event), { seq: event.seq, hash });
      hashes.set(key, hash);
      continue;
    }
    if (event.seq !== head.seq + 1) return { type: 'gap', detail: `${key} does not follow ${head.seq}` };
    if (event.prevHash !== head.hash) return { type: 'wrongHash', detail: `${key} is not chained to its predecessor` };
    heads.set(journalKey(event), { seq: event.seq, hash });
    hashes.set(key, hash);
  }
  return null;
}

function canonicalText(event: JournalEvent): string | null {
  try {
    return canonicalEvent(event);
  } catch (error) {
    if (error instanceof NotCanonicalError) return null;
    throw error;
  }
}
