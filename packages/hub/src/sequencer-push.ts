/**
 * A device's push, and what is said to it. Checks it as a whole before any of it is stored: a refused message changes
 * nothing. Reads the store, so it runs inside the transaction that imports the events afterwards.
 */
import type { StateCheck } from '@aufruf/engine/ledger/day-ledger';
import type { EventStore, JournalHead, OrderedEntry } from '@aufruf/engine/store/event-store';
import { isSealed, type SealedEvent, sealEvent } from '@aufruf/engine/store/sealed-event';
import type { Sha256 } from '@aufruf/shared/lib/hash';
import { ok, type Result, refuse } from '@aufruf/shared/lib/result';
import type { EpochMs } from '@aufruf/shared/lib/time';
import type { AnswerBody, WireError } from '@aufruf/shared/protocol/messages';
import { type EventKey, eventKey, type Hash, type JournalEvent, journalKey } from '@aufruf/shared/sync/event';
import type { Position } from '@aufruf/shared/sync/order';
import type { PushedEvent } from './claims-in-push.ts';
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
  readonly events: readonly PushedEvent[];
  readonly sentAt: EpochMs;
  readonly receivedAt: EpochMs;
  readonly contact: Contact;
}

/** May be imported. */
export interface CheckedEvent extends PushedEvent {
  readonly sealed: SealedEvent;
}

type Reads = Pick<EventStore, 'event' | 'forgotten' | 'journalHead'>;

/**
 * All of them, in this order; those held already are the same (J3). `mayBeginLate`: of a journal of which nothing is held.
 */
export function checkPush(
  events: readonly PushedEvent[],
  store: Reads,
  sha256: Sha256,
  mayBeginLate: boolean,
): Result<readonly CheckedEvent[], WireError> {
  const checked: CheckedEvent[] = [];
  const heads = new Map<string, JournalHead>();
  const hashes = new Map<EventKey, Hash>();

  const headOf = (event: JournalEvent): JournalHead =>
    heads.get(journalKey(event)) ?? store.journalHead(journalKey(event));

  for (const pushed of events) {
    const { event } = pushed;
    const key = eventKey(event);
    const sealed = sealEvent(event, sha256);
    if (!isSealed(sealed)) return refuse({ type: sealed.type, detail: `${key}: ${sealed.problem}` });
    checked.push({ ...pushed, sealed });
    const { hash } = sealed;
    const head = headOf(event);
    if (event.seq <= head.seq) {
      const before = hashes.get(key) ?? store.event(key)?.hash;
      // Deleted with its day: nothing is left to compare it with, and nothing will be done with it (D2).
      if (before === undefined && event.seq <= store.forgotten(journalKey(event)).seq) continue;
      if (before !== hash) return refuse({ type: 'conflictingEvent', detail: `${key} is held with another content` });
      continue;
    }
    if (mayBeginLate && head.seq === 0) {
      heads.set(journalKey(event), { seq: event.seq, hash });
      hashes.set(key, hash);
      continue;
    }
    if (event.seq !== head.seq + 1) return refuse({ type: 'gap', detail: `${key} does not follow ${head.seq}` });
    if (event.prevHash !== head.hash) return refuse({ type: 'wrongHash', detail: `${key} has another predecessor` });
    heads.set(journalKey(event), { seq: event.seq, hash });
    hashes.set(key, hash);
  }
  return ok(checked);
}
