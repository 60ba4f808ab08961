/**
 * Takes ordered entries from the hub into the store (rules O1, O4, P1). Nothing is believed: each row must be chained to
 * the one before, and each event must have the hash its row names. All in one transaction, or nothing.
 */
import { assert } from '@aufruf/shared/lib/assert';
import type { Sha256 } from '@aufruf/shared/lib/hash';
import type { LocalDate } from '@aufruf/shared/lib/time';
import type { OrderedEvent } from '@aufruf/shared/protocol/messages';
import { NotCanonicalError } from '@aufruf/shared/sync/canonical-json';
import { eventKey, type JournalEvent } from '@aufruf/shared/sync/event';
import { chainRow, hashEvent } from '@aufruf/shared/sync/hash';
import type { OrderRow, Position } from '@aufruf/shared/sync/order';
import type { EventStore, OrderedEntry } from '../store/event-store.ts';

export type TakeResult =
  /** New entries stored, possibly none: those held already are skipped. */
  | { readonly type: 'taken'; readonly entries: readonly OrderedEntry[] }
  /** They begin after a gap: what is between must be pulled. */
  | { readonly type: 'ahead' }
  /** They contradict the own position or themselves: say hello again. */
  | { readonly type: 'unfit'; readonly detail: string }
  /** An event contradicts a held one, or an own one is missing: a cloned or rolled-back disk (J3). */
  | { readonly type: 'conflict'; readonly detail: string };

export function takeEntries(
  entries: readonly OrderedEvent[],
  day: LocalDate,
  store: EventStore,
  sha256: Sha256,
): TakeResult {
  let head = store.head(day);
  const fitting: OrderedEntry[] = [];
  for (const { row, event: sent } of entries) {
    const name = `row ${row.n} of ${row.day}`;
    if (row.day !== day) return { type: 'unfit', detail: `${name} among those of ${day}` };
    if (row.n <= head.n) {
      if (row.n === head.n && row.chain !== head.chain) return { type: 'unfit', detail: `${name} has another chain` };
      continue;
    }
    if (row.n !== head.n + 1) return { type: 'ahead' };
    const event = sent ?? store.event(eventKey(row))?.event;
    if (event === undefined) return { type: 'conflict', detail: `${eventKey(row)} is said to be ours and is not here` };
    const problem = problemOf(row, event, head, sha256);
    if (problem !== null) return { type: 'unfit', detail: `${name}: ${problem}` };
    fitting.push({ row, event });
    head = { day, epoch: row.epoch, n: row.n, chain: row.chain };
  }
  return fitting.length === 0 ? { type: 'taken', entries: [] } : keep(fitting, store);
}

function problemOf(row: OrderRow, event: JournalEvent, head: Position, sha256: Sha256): string | null {
  if (row.epoch < head.epoch) return `epoch ${row.epoch} after ${head.epoch}`;
  if (chainRow(head.chain, row, sha256) !== row.chain) return 'not chained to its predecessor';
  if (eventKey(event) !== eventKey(row) || event.day !== row.day) return `carries ${eventKey(event)} of ${event.day}`;
  try {
    return hashEvent(event, sha256) === row.eventHash ? null : 'the event has another hash';
  } catch (error) {
    if (error instanceof NotCanonicalError) return error.message;
    throw error;
  }
}

function keep(entries: readonly OrderedEntry[], store: EventStore): TakeResult {
  try {
    store.transact(() => {
      for (const { row, event } of entries) {
        const result = store.importOrdered(event, row.eventHash);
        if (result.type !== 'stored' && result.type !== 'held') throw new Undone(`${eventKey(event)}: ${result.type}`);
        store.appendOrder(row);
      }
    });
  } catch (error) {
    if (error instanceof Undone) return { type: 'conflict', detail: error.message };
    throw error;
  }
  assert(store.head(entries[0]?.row.day as LocalDate).n === entries.at(-1)?.row.n, 'kept entries are the head');
  return { type: 'taken', entries };
}

/** Leaves the transaction, so that nothing of it is written. */
class Undone extends Error {}
