/**
 * One business day as a fold of a store: the ordered entries (the base), and on top this device's own events that have
 * no place in the order yet (the overlay). The ledger holds nothing the store does not: it can be thrown away and
 * rebuilt at any time (rule 3). It decides nothing and writes nothing.
 *
 * Used by the hub's sequencer, which folds inside its transaction and rebuilds when the commit fails, and by a device's
 * engine, which folds what was committed.
 */

import type { DayChanges, DayState } from '@aufruf/shared/domain/day/day-state';
import { createDayStore, type DayStore } from '@aufruf/shared/domain/day/day-store';
import { createStateHasher } from '@aufruf/shared/domain/day/state-hash';
import { evolve } from '@aufruf/shared/domain/evolve';
import type { LocationConfig } from '@aufruf/shared/domain/location-config/schema';
import { assert } from '@aufruf/shared/lib/assert';
import type { Sha256 } from '@aufruf/shared/lib/hash';
import { type EpochMs, type LocalDate, SECOND_MS } from '@aufruf/shared/lib/time';
import { STATE_HASH_ROWS } from '@aufruf/shared/protocol/limits';
import {
  type EventKey,
  eventKey,
  GENESIS_HASH,
  type Hash,
  type JournalEvent,
  journalKey,
} from '@aufruf/shared/sync/event';
import type { OrderRow } from '@aufruf/shared/sync/order';
import type { EventStore, OrderedEntry } from '../store/event-store.ts';

/** Recorded state hashes kept for comparison; older ones were compared long ago. */
export const KEPT_STATE_HASHES = 16;
/**
 * Far from the end of a long day nobody compares, and most of what changed changes again soon: hashed so seldom there.
 * Not only once in the end, or the device would stand still for it.
 */
const FAR_HASH_ROWS = 10 * STATE_HASH_ROWS;
/** Entries read from the store at a time while rebuilding. */
const REBUILD_CHUNK = 500;

/**
 * So long after the hub serves again, what an island lived through has reached it; what others wrote and it has not ordered
 * by then nobody can bring any more, and it must not stay on the screens (X5, X10).
 */
export const OTHERS_PATIENCE_MS = 5 * SECOND_MS;

/** The state's hash after a row (O7). */
export interface StateCheck {
  readonly n: number;
  readonly stateHash: Hash;
}

export interface DayLedger {
  readonly day: LocalDate;
  /** Ordered events and the own pending ones on top. Valid until the next change. */
  state(): DayState;
  /** Ordered events alone: the same on every device that has as many rows (X5). */
  ordered(): DayState;
  /**
   * Continues the base. `through`: the order is known to go on to this row; the last of `entries` where absent.
   * @throws when a row does not follow the last one: a bug, the store has checked it.
   */
  fold(entries: readonly OrderedEntry[], through?: number): void;
  /** Puts own new events on top until they are ordered. */
  addPending(events: readonly JournalEvent[]): void;
  pendingCount(): number;
  /**
   * Takes what others wrote off the top, former disks of this device among them; it shows again once it is ordered. False when
   * there was nothing.
   */
  hideOthersPending(): boolean;
  /** Forgets everything and folds the store again: after dropped order rows (O4) or a failed commit. */
  rebuild(): void;
  /**
   * After a store that refused: folds what was committed all the same. Forgets everything only where the store's order is
   * not the one that was folded. A store that refuses mostly refuses again: what is folded next can be taken back.
   */
  follow(): void;
  /** Hash of the ordered state as it is now. */
  stateHash(): string;
  /** The hash recorded after row `n`, a multiple of STATE_HASH_ROWS; null when not reached or long past. */
  checkAt(n: number): StateCheck | null;
  latestCheck(): StateCheck | null;
  /** Gives back what it took of the disk. It must not be used any more, nor any state it has handed out. */
  close(): void;
}

interface Folded {
  readonly row: OrderRow;
  readonly changes: DayChanges;
  /** Its state is hashed (O7). */
  readonly isChecked: boolean;
}

/** Entries folded apart from the base. */
interface Trial {
  readonly state: DayStore;
  /** In order. */
  readonly folded: Folded[];
  /** As it was before them. */
  readonly pendingBefore: DayPending;
}

type DayPending = Map<EventKey, { readonly event: JournalEvent; readonly effectiveAt: EpochMs }>;

export interface DayLedgerOptions {
  readonly store: Pick<
    EventStore,
    'device' | 'incarnation' | 'head' | 'rowAt' | 'entriesAfter' | 'unordered' | 'openShelf'
  >;
  readonly sha256: Sha256;
  readonly day: LocalDate;
  /** The hub time an own event that is not ordered yet counts from: the best guess of its `effectiveAt` to come. */
  readonly estimateAt: (event: JournalEvent) => EpochMs;
  /** What a day opened by this device goes by until the hub's configuration of that day is here (D1). */
  readonly config?: LocationConfig | null;
}

export function createDayLedger(options: DayLedgerOptions): DayLedger {
  const { store, sha256, day, estimateAt, config = null } = options;
  let shelf = store.openShelf();
  let base = createDayStore(day, shelf);
  let hasher = createStateHasher(sha256);
  let checks: StateCheck[] = [];
  /** Rows folded into the base. */
  let rows = 0;
  /** Of the last of them. */
  let chain: Hash = GENESIS_HASH;
  /** An entry is folded by half: the disk could not read the shelf (S5). */
  let isTorn = false;
  /** By key, in order of journaling. */
  let pending: DayPending = new Map();
  /** What can be taken back by `follow`; null where nothing has to be. */
  let trial: Trial | null = null;
  /** Null when the base or the pending events changed since it was built. */
  let overlay: DayStore | null = null;

  function foldEntry({ row, event }: OrderedEntry, isChecked: boolean): void {
    assert(row.day === day, `row of ${row.day} in the ledger of ${day}`);
    assert(row.n === lastRow() + 1, `row ${row.n} after row ${lastRow()}`);
    const { device: author, type, payload } = event;
    const entry = { row: row.n, effectiveAt: row.effectiveAt, author, type, payload };
    const changes = evolve(ordered(), entry);
    const folded = { row, changes, isChecked };
    if (trial === null) keep(folded);
    else {
      trial.state.apply(changes);
      trial.folded.push(folded);
    }
    pending.delete(eventKey(event));
  }

  function keep({ row, changes, isChecked }: Folded): void {
    isTorn = true;
    hasher.note(changes, base);
    base.apply(changes);
    rows = row.n;
    chain = row.chain;
    isTorn = false;
    if (!isChecked) return;
    checks.push({ n: row.n, stateHash: hasher.hash() as Hash });
    if (checks.length > KEPT_STATE_HASHES) checks.shift();
  }

  /** What has been folded is not taken back any more. */
  function settle(): void {
    if (trial === null || trial.folded.length === 0) return;
    for (const folded of trial.folded) keep(folded);
    trial = null;
    overlay = null;
  }

  const ordered = (): DayStore => trial?.state ?? base;
  const lastRow = (): number => trial?.folded.at(-1)?.row.n ?? rows;

  function fold(entries: readonly OrderedEntry[], through: number): void {
    for (const entry of entries) {
      const { n } = entry.row;
      const isFar = n <= through - KEPT_STATE_HASHES * STATE_HASH_ROWS;
      foldEntry(entry, n % (isFar ? FAR_HASH_ROWS : STATE_HASH_ROWS) === 0);
    }
    overlay = null;
  }

  /** What the store holds beyond what is folded. The hub is beyond all hashes but the last, and compares no others. */
  function foldRest(): void {
    const { n: through } = store.head(day);
    const lastCheck = through - (through % STATE_HASH_ROWS);
    for (;;) {
      const entries = store.entriesAfter(day, rows, REBUILD_CHUNK);
      if (entries.length === 0) break;
      for (const entry of entries) foldEntry(entry, entry.row.n === lastCheck);
    }
    overlay = null;
  }

  function buildOverlay(): DayStore {
    const built = ordered().overlay();
    if (config !== null && built.info.config === null) built.apply({ info: { ...built.info, config } });
    let row = lastRow();
    for (const { event, effectiveAt } of pending.values()) {
      row += 1;
      const { device: author, type, payload } = event;
      built.apply(evolve(built, { row, effectiveAt, author, type, payload }));
    }
    return built;
  }

  function addPending(events: readonly JournalEvent[]): void {
    settle();
    trial = null;
    for (const event of events) {
      if (event.day === day) pending.set(eventKey(event), { event, effectiveAt: estimateAt(event) });
    }
    overlay = null;
  }

  function rebuild(): void {
    trial = null;
    isTorn = false;
    shelf.close();
    shelf = store.openShelf();
    base = createDayStore(day, shelf);
    hasher = createStateHasher(sha256);
    checks = [];
    rows = 0;
    chain = GENESIS_HASH;
    pending = new Map();
    foldRest();
    // Others' too: after a relay's order was dropped (O4), what it decided still holds here until the hub has ordered it.
    addPending(store.unordered(day).map(({ event }) => event));
  }

  rebuild();
  return {
    day,
    state: () => {
      if (pending.size === 0) return ordered();
      overlay ??= buildOverlay();
      return overlay;
    },
    ordered,
    fold: (entries, through = entries.at(-1)?.row.n ?? rows) => fold(entries, through),
    addPending,
    pendingCount: () => pending.size,
    hideOthersPending() {
      const own = [...pending].filter(([, { event }]) => journalKey(event) === journalKey(store));
      if (own.length === pending.size) return false;
      pending = new Map(own);
      overlay = null;
      return true;
    },
    rebuild,
    follow() {
      if (trial !== null) pending = trial.pendingBefore;
      trial = null;
      const isSameOrder = rows === 0 || store.rowAt(day, rows)?.chain === chain;
      if (isSameOrder && !isTorn) foldRest();
      else rebuild();
      trial = { state: base.overlay(), folded: [], pendingBefore: new Map(pending) };
    },
    stateHash() {
      settle();
      return hasher.hash();
    },
    checkAt(n) {
      settle();
      return checks.find((check) => check.n === n) ?? null;
    },
    latestCheck() {
      settle();
      return checks.at(-1) ?? null;
    },
    close: () => shelf.close(),
  };
}
