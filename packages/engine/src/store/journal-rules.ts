/**
 * What may enter a journal or an order, the same for every store: the stores only remember. Pure; called by the stores
 * alone, inside their transactions.
 */
import { assert } from '@aufruf/shared/lib/assert';
import type { Sha256 } from '@aufruf/shared/lib/hash';
import type { DeviceId, Incarnation } from '@aufruf/shared/lib/ids';
import type { EpochMs, LocalDate } from '@aufruf/shared/lib/time';
import { ENVELOPE_VERSION, eventKey, GENESIS_HASH, type Hash, type JournalEvent } from '@aufruf/shared/sync/event';
import { chainRow } from '@aufruf/shared/sync/hash';
import type { OrderRow, Position, UnchainedRow } from '@aufruf/shared/sync/order';
import type { EventDraft, ImportResult, JournalHead } from './event-store.ts';
import { isSealed, type SealedEvent, sealOwn, type Unsealable } from './sealed-event.ts';
import type { VerifiedEntry } from './verified-entry.ts';

export const EMPTY_JOURNAL: JournalHead = { seq: 0, hash: GENESIS_HASH };

/** Where a day's order begins. */
export const startOfDay = (day: LocalDate): Position => ({ day, epoch: 0, n: 0, chain: GENESIS_HASH });

/**
 * Makes drafts the next events of the own journal (J1): all or, by throwing, none.
 * @throws when one is larger than MAX_EVENT_BYTES or has no canonical form
 */
export function sealDrafts(
  drafts: readonly EventDraft[],
  author: { readonly device: DeviceId; readonly incarnation: Incarnation },
  head: JournalHead,
  clock: { readonly deviceAt: EpochMs; readonly monoMs: number },
  sha256: Sha256,
): readonly SealedEvent[] {
  let last = head;
  return drafts.map((draft) => {
    const sealed = sealDraft(draft, author, last, clock, sha256);
    last = { seq: sealed.event.seq, hash: sealed.hash };
    return sealed;
  });
}

function sealDraft(
  draft: EventDraft,
  author: { readonly device: DeviceId; readonly incarnation: Incarnation },
  head: JournalHead,
  clock: { readonly deviceAt: EpochMs; readonly monoMs: number },
  sha256: Sha256,
): SealedEvent {
  const event: JournalEvent = {
    device: author.device,
    incarnation: author.incarnation,
    seq: head.seq + 1,
    prevHash: head.hash,
    day: draft.day,
    type: draft.type,
    v: ENVELOPE_VERSION,
    payload: draft.payload,
    deviceAt: clock.deviceAt,
    monoMs: clock.monoMs,
  };
  return sealOwn(event, sha256);
}

/** Either the event to store, or why not. */
export type ImportVerdict =
  | { readonly type: 'store'; readonly sealed: SealedEvent }
  | Exclude<ImportResult, { readonly type: 'stored' }>;

/** What a store knows of the journal an event belongs to. */
export interface KnownJournal {
  /** The journal this very file writes. */
  readonly isOwn: boolean;
  readonly head: JournalHead;
  /** The last event deleted with its day. */
  readonly forgotten: JournalHead;
  /** Hash of the held event with that seq; null where it is not held, in a gap too. */
  hashAt(seq: number): Hash | null;
}

/** For an event that an order row vouches for: like `judgeImport`, but days slept through may leave gaps. */
export function judgeOrdered({ row, event, sealed }: VerifiedEntry, journal: KnownJournal): ImportVerdict {
  const { head } = journal;
  // Nothing behind the head is held, which saves looking; mostly the one before is the head.
  const heldHash = event.seq > head.seq ? null : journal.hashAt(event.seq);
  if (heldHash !== null) return { type: heldHash === row.eventHash ? 'held' : 'conflictingEvent' };
  if (journal.isOwn || sealed === null) return { type: 'conflictingEvent' };
  const before = event.seq === head.seq + 1 ? head.hash : journal.hashAt(event.seq - 1);
  if (before !== null && before !== event.prevHash) return { type: 'wrongHash' };
  return { type: 'store', sealed };
}

export function judgeImport(sealed: SealedEvent | Unsealable, journal: KnownJournal): ImportVerdict {
  if (!isSealed(sealed)) return { type: sealed.type };
  const { event, hash } = sealed;
  const { head } = journal;
  if (event.seq <= head.seq) {
    const held = journal.hashAt(event.seq);
    // Deleted with its day: known, and not wanted back.
    if (held === null && event.seq <= journal.forgotten.seq) return { type: 'held' };
    if (held === null) return { type: 'gap', expected: head.seq + 1 };
    return { type: held === hash ? 'held' : 'conflictingEvent' };
  }
  // Another disk wrote on as this incarnation: this file is a copy or an old state of it (J3). Taking the event over
  // would hide that, and the next own event would fork the journal.
  if (journal.isOwn) return { type: 'conflictingEvent' };
  if (event.seq !== head.seq + 1) return { type: 'gap', expected: head.seq + 1 };
  if (event.prevHash !== head.hash) return { type: 'wrongHash' };
  return { type: 'store', sealed };
}

/**
 * The entry was checked against what must still be the end of the day; its chain and hash need no second look.
 * @throws when another row has come between: a bug
 */
export function assertStillFits({ row, after }: VerifiedEntry, head: Position): void {
  assert(
    after.n === head.n && after.chain === head.chain,
    `row ${row.n} of ${row.day} was checked to follow ${after.n}`,
  );
}

/**
 * Chains a row of the own order to the day's last (O1).
 * @throws when it does not continue the order or does not fit its event: a bug
 */
export function chainNext(
  row: UnchainedRow,
  head: Position,
  held: { readonly hash: Hash; readonly day: LocalDate } | null,
  sha256: Sha256,
): OrderRow {
  const name = `row ${row.n} of ${row.day}`;
  assert(row.n === head.n + 1, `${name} does not follow row ${head.n}`);
  assert(held !== null, `${name} orders ${eventKey(row)}, which is not held`);
  assert(held.hash === row.eventHash, `${name} orders another event than the held ${eventKey(row)}`);
  assert(held.day === row.day, `${name} orders an event of ${held.day}`);
  const { day, n, epoch, device, incarnation, seq, eventHash, receivedAt, effectiveAt } = row;
  const chain = chainRow(head.chain, row, sha256);
  return { day, n, epoch, device, incarnation, seq, eventHash, receivedAt, effectiveAt, chain };
}
