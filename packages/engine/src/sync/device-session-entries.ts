/**
 * Takes ordered entries from the hub into the store (rules O1, O4, P1). Nothing is believed: each row must be chained to
 * the one before, and each event must have the hash its row names. All in one transaction, or nothing.
 */
import { assert } from '@aufruf/shared/lib/assert';
import type { Sha256 } from '@aufruf/shared/lib/hash';
import type { DeviceId } from '@aufruf/shared/lib/ids';
import type { LocalDate } from '@aufruf/shared/lib/time';
import type { OrderedEvent } from '@aufruf/shared/protocol/messages';
import { eventKey, type JournalEvent, journalKey } from '@aufruf/shared/sync/event';
import type { VersionVector } from '@aufruf/shared/sync/order';
import type { EventStore, OrderedEntry } from '../store/event-store.ts';
import { type VerifiedEntry, verifyEntry, verifyHeld } from '../store/verified-entry.ts';

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
  const fitting: VerifiedEntry[] = [];
  for (const { row, event: sent } of entries) {
    const name = `row ${row.n} of ${row.day}`;
    if (row.day !== day) return { type: 'unfit', detail: `${name} among those of ${day}` };
    if (row.n <= head.n) {
      if (row.n === head.n && row.chain !== head.chain) return { type: 'unfit', detail: `${name} has another chain` };
      continue;
    }
    if (row.n !== head.n + 1) return { type: 'ahead' };
    const held = sent === null ? store.event(eventKey(row)) : null;
    if (sent === null && held === null)
      return { type: 'conflict', detail: `${eventKey(row)} is said to be ours and is not here` };
    const entry =
      held === null ? verifyEntry(row, sent as JournalEvent, head, sha256) : verifyHeld(row, held, head, sha256);
    if ('problem' in entry) return { type: 'unfit', detail: `${name}: ${entry.problem}` };
    fitting.push(entry);
    head = { day, epoch: row.epoch, n: row.n, chain: row.chain };
  }
  return fitting.length === 0 ? { type: 'taken', entries: [] } : keep(fitting, store);
}

function keep(entries: readonly VerifiedEntry[], store: EventStore): TakeResult {
  try {
    store.transact(() => {
      for (const entry of entries) {
        const { type } = store.importOrdered(entry);
        if (type !== 'stored' && type !== 'held') throw new Undone(`${eventKey(entry.event)}: ${type}`);
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

/**
 * What the other side is known to hold, and what it has ordered of journals in this device's name: a hub that follows
 * another would offer it its own (M5).
 */
export function withOrdered(known: VersionVector, entries: readonly OrderedEntry[], device: DeviceId): VersionVector {
  const held: Record<string, number> = { ...known };
  for (const { event } of entries) {
    const key = journalKey(event);
    if (event.device === device) held[key] = Math.max(held[key] ?? 0, event.seq);
  }
  return held;
}
