/**
 * The business day a device follows: its ledger, the numbers it has given, and what it journals. Knows no hub; the engine
 * says when a day is entered.
 *
 * Invariant: what `journal` returns from is committed (J4), and the ledger shows it on top of what is ordered.
 */
import type { CommandOutcome } from '@aufruf/shared/domain/day/day-state';
import type { LocationConfig } from '@aufruf/shared/domain/location-config/schema';
import type { LaneUse } from '@aufruf/shared/domain/ticket/lanes';
import type { CommandId } from '@aufruf/shared/lib/ids';
import type { EpochMs, LocalDate } from '@aufruf/shared/lib/time';
import { canonicalJson } from '@aufruf/shared/sync/canonical-json';
import { type JournalEvent, journalKey } from '@aufruf/shared/sync/event';
import { createDayLedger, type DayLedger } from '../ledger/day-ledger.ts';
import { figuresOf, forgetOldestDay } from '../ledger/old-days.ts';
import { createOtherDays } from '../ledger/other-days.ts';
import type { Platform } from '../platform/platform.ts';
import { type EventDraft, type EventStore, StorageFault } from '../store/event-store.ts';
import { rememberedConfig } from './alone.ts';
import { createLaneUse } from './lane-use.ts';

/** The day of a device that has never met its hub: no day at all, and nothing can happen on it. */
export const NO_DAY = '1970-01-01' as LocalDate;

/** An event to be journaled on the day followed. */
export type Draft = Omit<EventDraft, 'day'>;

export interface DeviceDay {
  date(): LocalDate;
  ledger(): DayLedger;
  /** As last known, on this day or before; null before the first contact. */
  config(): LocationConfig | null;
  /** Whether it follows `date`, and has heard nothing more of it than that. */
  isUnopened(date: LocalDate): boolean;
  laneUse(): LaneUse;
  /** Reads the lanes anew: somebody else, a relay service, has journaled in the meantime. */
  rereadLanes(): void;
  /** Whether this disk has ever journaled anything. */
  hasJournal(): boolean;
  /** Deletes one day that the hub has released (D2); null when there is none. The hub must hold all own events. @throws StorageFault */
  forgetOldDay(): LocalDate | null;
  /** Follows another day from now on; the figures of the one that is left are kept. */
  enter(day: LocalDate): void;
  /** Opens a day without a hub (D1), durably; it is entered by `enter`. @throws StorageFault */
  openAlone(day: LocalDate, config: LocationConfig): void;
  /** Journals own events. @throws StorageFault: then nothing of it has happened */
  journal(drafts: readonly Draft[]): void;
  /** What became of a command, today or, while today is young, on the day before. */
  outcomeOf(id: CommandId): CommandOutcome | undefined;
}

export interface DeviceDayOptions {
  readonly store: EventStore;
  readonly platform: Platform;
  readonly day: LocalDate;
  readonly estimateAt: (event: JournalEvent) => EpochMs;
}

/** @throws StorageFault when the store refuses */
export function createDeviceDay({ store, platform, day, estimateAt }: DeviceDayOptions): DeviceDay {
  let config = rememberedConfig(store);
  const openLedger = (of: LocalDate): DayLedger =>
    createDayLedger({ store, sha256: platform.sha256, day: of, estimateAt, config });
  let ledger = openLedger(day);
  if (ledger.state().info.config === null) learnFromDayBefore();
  const otherDays = createOtherDays(store, openLedger);
  let laneUse = createLaneUse(store, day);

  /** The device ended just when it had entered the day, before it was told what holds on it. */
  function learnFromDayBefore(): void {
    const date = store.days().findLast((other) => other < day && store.head(other).n > 0);
    if (date === undefined) return;
    const before = openLedger(date);
    config = before.state().info.config ?? config;
    before.close();
    ledger.close();
    ledger = openLedger(day);
  }

  function keepFigures(): void {
    const figures = figuresOf(ledger.ordered());
    if (figures === null) return;
    try {
      store.transact(() => store.writeStatistics(ledger.day, figures));
    } catch (error) {
      // They are counted again before the day is deleted.
      if (!(error instanceof StorageFault)) throw error;
    }
  }

  const clock = () => ({ deviceAt: platform.now(), monoMs: platform.monoMs() });

  return {
    date: () => ledger.day,
    ledger: () => ledger,
    config: () => ledger.state().info.config ?? config,
    isUnopened: (date) => date === ledger.day && ledger.state().info.status === 'notOpened',
    laneUse: () => laneUse,
    rereadLanes() {
      laneUse = createLaneUse(store, ledger.day);
    },
    hasJournal: () => store.journalHead(journalKey(store)).seq > 0,
    forgetOldDay() {
      const { releasedThrough } = ledger.ordered().info;
      return releasedThrough === null ? null : forgetOldestDay(store, releasedThrough, ledger.day);
    },
    enter(next) {
      keepFigures();
      otherDays.leave(ledger);
      // Until the new day's own is here, where the hub is, and who stands in for it, is what it was.
      config = ledger.state().info.config ?? config;
      ledger = openLedger(next);
      laneUse = createLaneUse(store, next);
    },
    openAlone(next, known) {
      store.transact(() => {
        store.writeSetting('currentDay', next);
        store.writeSetting('configuration', canonicalJson(known));
        store.append([{ day: next, type: 'v1.DayOpened', payload: { day: next } }], clock());
      });
      config = known;
    },
    journal(drafts) {
      const { day: today } = ledger;
      const stored = store.transact(() =>
        store.append(
          drafts.map((draft) => ({ ...draft, day: today })),
          clock(),
        ),
      );
      const events = stored.map(({ event }) => event);
      laneUse.note(events);
      ledger.addPending(events);
    },
    outcomeOf: (id) => ledger.state().commands.get(id) ?? otherDays.outcomeOf(id, ledger),
  };
}
