/**
 * A device's durable memory: journals of events, the order of each day, a few settings. SQLite in earnest, memory in
 * tests and simulation; `event-store.contract.ts` holds both to the same behaviour.
 *
 * Invariants: events are never changed, and deleted only with their whole day (D2); own journals have no gaps (J1); order
 * rows of a day have no gaps (O1); what `transact` returned from is on disk (rule 7, S1). One writer, synchronous.
 */
import type { Shelf } from '@aufruf/shared/domain/day/shelf';
import type { DeviceId, Incarnation } from '@aufruf/shared/lib/ids';
import type { EpochMs, LocalDate } from '@aufruf/shared/lib/time';
import type { EventKey, Hash, JournalEvent, JournalKey } from '@aufruf/shared/sync/event';
import type { OrderRow, Position, UnchainedRow, VersionVector } from '@aufruf/shared/sync/order';
import type { SealedEvent } from './sealed-event.ts';
import type { VerifiedEntry } from './verified-entry.ts';

/** An event the author has decided on but not yet journaled. */
export interface EventDraft {
  readonly day: LocalDate;
  readonly type: string;
  readonly payload: Readonly<Record<string, unknown>>;
}

export type ImportResult =
  | { readonly type: 'stored' }
  /** The same event was here already: nothing to do. */
  | { readonly type: 'held' }
  /** `seq` is not the next one of its journal; `expected` is. */
  | { readonly type: 'gap'; readonly expected: number }
  /** `prevHash` does not fit the predecessor. */
  | { readonly type: 'wrongHash' }
  /** Same key, other content, or an own event this disk has never seen: a cloned or rolled-back disk (J3). */
  | { readonly type: 'conflictingEvent' }
  /** More than MAX_EVENT_BYTES. */
  | { readonly type: 'tooLarge' }
  /** Has no canonical JSON (a lone surrogate, nested too deep), so it cannot be hashed. */
  | { readonly type: 'malformed' };

export interface StoredEvent {
  readonly event: JournalEvent;
  readonly hash: Hash;
}

export interface OrderedEntry {
  readonly row: OrderRow;
  readonly event: JournalEvent;
}

/** An event of a journal by place and hash: what the next one is chained to. */
export interface JournalHead {
  /** 0 before the first. */
  readonly seq: number;
  readonly hash: Hash;
}

/** The disk refused (full, broken, locked). Nothing of the transaction happened. */
export class StorageFault extends Error {
  readonly type: 'full' | 'readOnly' | 'locked' | 'corrupt' | 'other';
  /** `detail`: one sentence for whoever runs the device: what is wrong and what to do. */
  constructor(type: StorageFault['type'], options: { cause?: unknown; detail?: string } = {}) {
    super(`storage fault: ${type}${options.detail === undefined ? '' : ` (${options.detail})`}`, {
      cause: options.cause,
    });
    this.name = 'StorageFault';
    this.type = type;
  }
}

/** A place for a day's state that is no longer much asked for; not part of what is durable. */
export interface OpenShelf extends Shelf {
  /** What stands on it is no longer needed; it must not be used any more. Repetition does nothing. */
  close(): void;
}

export interface EventStore {
  readonly device: DeviceId;
  /** Made with the database file (J2). */
  readonly incarnation: Incarnation;

  /**
   * Runs `work` as one durable commit; all writes below happen inside one. Not nestable.
   * @throws StorageFault when the disk refuses; whatever `work` throws is rethrown; either way nothing was written.
   */
  transact<T>(work: () => T): T;

  /**
   * Keeps a text apart from all commits, in place of the one before: it survives the process, and not the loss of power.
   * @throws StorageFault when there is no space
   */
  writeNote(text: string): void;
  /** Null when there is none, or nothing of it that can be read. */
  readNote(): string | null;

  // ── writes, inside transact ─────────────────────────────────────────────────────────────────────────────────────
  /**
   * Adds events to this device's own journal, hash-chained. The payload is copied.
   * @throws when one is larger than MAX_EVENT_BYTES or has no canonical JSON: whoever decided it should have refused.
   */
  append(
    drafts: readonly EventDraft[],
    clock: { readonly deviceAt: EpochMs; readonly monoMs: number },
  ): readonly StoredEvent[];
  /** Adds another device's event (or an own one handed back after nothing was lost: then `held`). */
  importEvent(event: JournalEvent): ImportResult;
  /** The same for one that has been sealed where it came in; never `malformed` nor `tooLarge`. */
  importSealed(event: SealedEvent): ImportResult;
  /**
   * Adds the row of a checked entry, and its event unless that is held: then `held`; after another answer than these two
   * nothing was added. Days this device slept through, or that have been deleted, are not fetched, so here another
   * device's journal may begin late or go on after a gap; `gap` is never the answer. An own event is never added this way.
   * @throws when the entry was checked to follow another row than the day's last, or its event has a row already
   */
  importOrdered(entry: VerifiedEntry): ImportResult;
  /**
   * Adds a row, chained to the day's last (O1), and returns it.
   * @throws when `n` does not follow the day's last, or the event is not held with that hash and day, or has a row already
   */
  appendOrder(row: UnchainedRow): OrderRow;
  /** Drops a day's order rows, never its events (O4). */
  dropOrder(day: LocalDate): void;
  writeSetting(name: SettingName, value: string): void;
  /**
   * Deletes a day as a whole, order rows and events (D2). Each journal remembers the last event it lost, so that it goes
   * on from there and its length does not change. Repetition does nothing.
   */
  forgetDay(day: LocalDate): void;
  /**
   * Notes that a journal was deleted through `head` where it was kept: what follows may come without it. Does nothing
   * when the journal is held that far.
   */
  noteForgotten(journal: JournalKey, head: JournalHead): void;
  /**
   * Lets own events that were saved from a damaged file join their journal where the hub holds all before them (S2): `held`
   * is what it said. Does nothing else.
   */
  attachSaved(held: VersionVector): void;
  /** Keeps a day's figures beyond the day (D2); null: they are no longer true. */
  writeStatistics(day: LocalDate, text: string | null): void;

  // ── reads ───────────────────────────────────────────────────────────────────────────────────────────────────────
  readSetting(name: SettingName): string | null;
  event(key: EventKey): StoredEvent | null;
  /**
   * Highest seq of every journal held, or of `device`'s alone, deleted events included. Gapless where events came by
   * `importEvent`.
   */
  versionVector(device?: DeviceId): VersionVector;
  /** The last event of a journal, held or deleted; seq 0 and GENESIS_HASH when there is none. */
  journalHead(journal: JournalKey): JournalHead;
  /** The last event a journal has lost with its day; seq 0 and GENESIS_HASH when none. Those before it may be lost too. */
  forgotten(journal: JournalKey): JournalHead;
  /** Events of one journal after `seq`, in order, at most `limit`. */
  journalAfter(journal: JournalKey, seq: number, limit: number): readonly StoredEvent[];
  /** End of a day's order; n 0 and GENESIS_HASH when there is none. */
  head(day: LocalDate): Position;
  /** The row at `n`, to check a position (O4). */
  rowAt(day: LocalDate, n: number): OrderRow | null;
  /** A day's ordered entries after `afterN`, at most `limit`. */
  entriesAfter(day: LocalDate, afterN: number, limit: number): readonly OrderedEntry[];
  /** Events of a day that have no order row, own and others', in order of journaling here. */
  unordered(day: LocalDate): readonly StoredEvent[];
  /** Days that have events, ascending. */
  days(): readonly LocalDate[];
  /** The figures kept of days, held or deleted. */
  statistics(): ReadonlyMap<LocalDate, string>;

  /** A new one, empty. Gone when the store is closed. */
  openShelf(): OpenShelf;

  close(): void;
}

/**
 * `epoch`: highest epoch ever seen or taken (O3). `currentDay`: the business day last opened. `configuration`: last published.
 * Of a hub alone: `dayHolders`, which devices hold which closed day to its end, and `releasedThrough`, the last day that may
 * be deleted everywhere (J5); `heardDevices`, whether a hub on a new disk has waited for its devices (`no`, `yes`);
 * `succeedsOn` and `succeedsAfter`, on which day and after how many own events it learned of a predecessor (O3);
 * `askedClaims`, what it has decided of the day that its authors are still writing (O6).
 */
export const SETTING_NAMES = [
  'epoch',
  'currentDay',
  'configuration',
  'dayHolders',
  'releasedThrough',
  'succeedsOn',
  'succeedsAfter',
  'heardDevices',
  'isReplaced',
  'hubDevice',
  'movedTo',
  'askedClaims',
] as const;
export type SettingName = (typeof SETTING_NAMES)[number];
