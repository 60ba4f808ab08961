/**
 * Writes the order of events (rules O1, O3, T1) and keeps the open day's ledger in step with it. All writes happen inside
 * a transaction of the sequencer; when it fails, `reload` brings memory back to what the store holds. Used by the
 * sequencer alone.
 */
import { createDayLedger, type DayLedger } from '@aufruf/engine/ledger/day-ledger';
import { createOtherDays } from '@aufruf/engine/ledger/other-days';
import type { Platform } from '@aufruf/engine/platform/platform';
import type { EventDraft, EventStore, OrderedEntry, StoredEvent } from '@aufruf/engine/store/event-store';
import type { CommandOutcome } from '@aufruf/shared/domain/day/day-state';
import { assert } from '@aufruf/shared/lib/assert';
import type { CommandId } from '@aufruf/shared/lib/ids';
import type { EpochMs, LocalDate } from '@aufruf/shared/lib/time';

export interface SequencerLog {
  /** The epoch that rows are written under. */
  epoch(): number;
  /** Goes on under a higher epoch. */
  raiseEpoch(epoch: number): void;
  /** The open day's ledger; null before the first day of a new location. */
  ledger(): DayLedger | null;
  /** What became of a command, today or, while today is young, on the day before. */
  outcomeOf(id: CommandId): CommandOutcome | undefined;
  /** Gives an event its row. An event of an earlier day goes to the end of that day's order and changes no open day (D2). */
  order(stored: StoredEvent, receivedAt: EpochMs, effectiveAt: EpochMs): void;
  /** Journals events of the hub itself and orders them right away. */
  write(drafts: readonly Omit<EventDraft, 'day'>[], now: EpochMs): void;
  /** Makes `day` the current one; its events held already, if any, wait for `order`. */
  enterDay(day: LocalDate): DayLedger;
  /** Rows of the current day written since they were last taken: what devices have not been told of. */
  written(): readonly OrderedEntry[];
  takeWritten(): readonly OrderedEntry[];
  /** After a failed transaction: forgets what memory holds and reads the store. */
  reload(): void;
  /** Nothing is written or asked any more. */
  close(): void;
}

type Epochs = Pick<EventStore, 'readSetting' | 'head'>;

/** Seen or taken, or copied with another hub's rows before its next hello told of it; 0 when none. */
function highestEpoch(store: Epochs): number {
  const day = store.readSetting('currentDay') as LocalDate | null;
  return Math.max(Number(store.readSetting('epoch') ?? '0'), day === null ? 0 : store.head(day).epoch);
}

/** Of a relay, which has no other, and of a hub that orders nothing. */
export const lastEpoch = (store: Epochs): number => Math.max(1, highestEpoch(store));

/** Takes a new epoch, committed before anything is ordered in it (O3). */
export function takeEpoch(store: EventStore): number {
  const epoch = highestEpoch(store) + 1;
  store.transact(() => store.writeSetting('epoch', String(epoch)));
  return epoch;
}

/** `firstEpoch`: the hub's own, just taken; for a relay the last one known, since its order is provisional (M2). */
export function createSequencerLog(store: EventStore, platform: Platform, firstEpoch: number): SequencerLog {
  const { sha256 } = platform;
  let epoch = firstEpoch;
  const openLedger = (day: LocalDate): DayLedger =>
    createDayLedger({ store, sha256, day, estimateAt: (event) => event.deviceAt });
  const storedDay = () => store.readSetting('currentDay') as LocalDate | null;

  const reopen = (): DayLedger | null => {
    const day = storedDay();
    return day === null ? null : openLedger(day);
  };
  let ledger = reopen();
  const otherDays = createOtherDays(store, openLedger);
  let written: OrderedEntry[] = [];

  function order({ event, hash }: StoredEvent, receivedAt: EpochMs, effectiveAt: EpochMs): void {
    const { day, device, incarnation, seq } = event;
    const head = store.head(day);
    const unchained = { day, n: head.n + 1, epoch, device, incarnation, seq, eventHash: hash, receivedAt, effectiveAt };
    const row = store.appendOrder(unchained);
    if (day !== ledger?.day) {
      // A late fact: the day's figures are counted again (D2).
      store.writeStatistics(day, null);
      return;
    }
    const entry = { row, event };
    ledger.fold([entry]);
    written.push(entry);
  }

  return {
    epoch: () => epoch,
    raiseEpoch(higher) {
      epoch = higher;
    },
    ledger: () => ledger,
    outcomeOf: (id) =>
      ledger === null ? undefined : (ledger.ordered().commands.get(id) ?? otherDays.outcomeOf(id, ledger)),
    order,
    write(drafts, now) {
      assert(ledger !== null, 'the hub writes events of an entered day');
      const { day } = ledger;
      const clock = { deviceAt: now, monoMs: platform.monoMs() };
      const stored = store.append(
        drafts.map((draft) => ({ ...draft, day })),
        clock,
      );
      for (const one of stored) order(one, now, now);
    },
    enterDay(day) {
      store.writeSetting('currentDay', day);
      written = [];
      if (ledger !== null) otherDays.leave(ledger);
      ledger = openLedger(day);
      return ledger;
    },
    written: () => written,
    takeWritten() {
      const taken = written;
      written = [];
      return taken;
    },
    reload() {
      if (ledger !== null && ledger.day === storedDay()) ledger.follow();
      else {
        ledger?.close();
        ledger = reopen();
      }
      otherDays.forget();
      written = [];
    },
    close() {
      ledger?.close();
      otherDays.forget();
    },
  };
}
