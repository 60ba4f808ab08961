/**
 * An entry of the order as somebody else sent it, checked: chained to what is held, its event the one its row names. What
 * has been checked here is not hashed again by the store, which is told by the type; nothing else can make one.
 */
import type { Sha256 } from '@aufruf/shared/lib/hash';
import { eventKey, type Hash, type JournalEvent } from '@aufruf/shared/sync/event';
import { chainRow } from '@aufruf/shared/sync/hash';
import type { OrderRow, Position } from '@aufruf/shared/sync/order';
import { isSealed, type SealedEvent, sealEvent } from './sealed-event.ts';

declare const verified: unique symbol;

/** An `OrderedEntry` of the store, and more. */
export interface VerifiedEntry {
  readonly row: OrderRow;
  readonly event: JournalEvent;
  readonly [verified]: true;
  /** What the row was checked to follow. */
  readonly after: Position;
  /** What is to be kept; null for an event that is held. */
  readonly sealed: SealedEvent | null;
}

/** `problem`: in a few words, for the log. */
type Unfit = { readonly type: 'unfit'; readonly problem: string };

/**
 * `sent`: the event that came with the row. It belongs to the entry from now on: nobody may change it.
 */
export function verifyEntry(row: OrderRow, sent: JournalEvent, after: Position, sha256: Sha256): VerifiedEntry | Unfit {
  const problem = rowProblem(row, sent, after, sha256);
  if (problem !== null) return unfit(problem);
  const sealed = sealEvent(sent, sha256);
  if (!isSealed(sealed)) return unfit(`the event is ${sealed.type}: ${sealed.problem}`);
  if (sealed.hash !== row.eventHash) return unfit('the event has another hash');
  return verifiedEntry({ row, event: sealed.event, after, sealed });
}

/** An event of the store with its hash. */
type Held = { readonly event: JournalEvent; readonly hash: Hash };

/** The same for a row whose event is held: read back, so its hash is known to fit. */
export function verifyHeld(row: OrderRow, held: Held, after: Position, sha256: Sha256): VerifiedEntry | Unfit {
  const problem = rowProblem(row, held.event, after, sha256);
  if (problem !== null) return unfit(problem);
  if (held.hash !== row.eventHash) return unfit('the event has another hash');
  return verifiedEntry({ row, event: held.event, after, sealed: null });
}

function rowProblem(row: OrderRow, event: JournalEvent, head: Position, sha256: Sha256): string | null {
  if (row.epoch < head.epoch) return `epoch ${row.epoch} after ${head.epoch}`;
  if (row.day !== head.day || row.n !== head.n + 1) return `does not follow row ${head.n} of ${head.day}`;
  if (chainRow(head.chain, row, sha256) !== row.chain) return 'not chained to its predecessor';
  if (eventKey(event) !== eventKey(row) || event.day !== row.day) return `carries ${eventKey(event)} of ${event.day}`;
  return null;
}

const unfit = (problem: string): Unfit => ({ type: 'unfit', problem });

const verifiedEntry = (entry: Omit<VerifiedEntry, typeof verified>): VerifiedEntry => entry as VerifiedEntry;
