/**
 * What a device does for its business day by itself, whenever it looks: it begins its journal (N2), opens the next day while
 * it is alone (D1), and forgets a day whose retention is over (D2). The engine says how the hub is doing, and when to look.
 */
import type { SyncStatus } from '@aufruf/shared/domain/views/view-schemas';
import { toLocalDate } from '@aufruf/shared/lib/local-time';
import type { LocalDate } from '@aufruf/shared/lib/time';
import type { Platform } from '../platform/platform.ts';
import { type EventStore, StorageFault } from '../store/event-store.ts';
import { isDisplay } from './alone.ts';
import type { DeviceClock } from './device-clock.ts';
import type { DeviceDay, Draft } from './device-day.ts';
import { firstEvent } from './lane-use.ts';

export interface DayUpkeep {
  /** N2: a new disk shows that it is there before it gives numbers by itself. A full disk takes it later. */
  beginJournal(): void;
  /**
   * D1: while alone, a new day begins here too. A display writes nothing; it shows the old day and that it is cut off.
   * @throws StorageFault
   */
  followClockAlone(): void;
  /** D2, J5: not before the hub holds all that this device wrote. @throws StorageFault */
  forgetOldDay(): void;
}

export interface DayUpkeepOptions {
  readonly store: EventStore;
  readonly platform: Platform;
  readonly day: DeviceDay;
  readonly clock: DeviceClock;
  readonly mode: () => SyncStatus['mode'];
  readonly eventsWaiting: () => number;
  /** @throws StorageFault: then nothing has happened */
  readonly journal: (drafts: readonly Draft[]) => void;
  /** A day has been opened here, durably, and is to be entered. */
  readonly onOpened: (date: LocalDate) => void;
}

export function createDayUpkeep(options: DayUpkeepOptions): DayUpkeep {
  const { store, day, clock, mode, eventsWaiting, journal, onOpened } = options;
  const { log } = options.platform;

  return {
    beginJournal() {
      const config = day.config();
      if (mode() !== 'ORDERED' || config === null || isDisplay(store.device, config) || day.hasJournal()) return;
      try {
        journal([firstEvent(day.date())]);
      } catch (error) {
        if (!(error instanceof StorageFault)) throw error;
        log.error('the journal could not be begun', { error });
      }
    },
    followClockAlone() {
      if (mode() !== 'ALONE') return;
      const config = day.config();
      const now = clock.loneTime();
      if (now === null || config === null || isDisplay(store.device, config)) return;
      const today = toLocalDate(now, config.timeZone);
      // ISO dates compare as text.
      if (today <= day.date() && !day.isUnopened(today)) return;
      day.openAlone(today, config);
      log.warn('a business day is opened without the hub', { day: today });
      onOpened(today);
    },
    forgetOldDay() {
      if (mode() !== 'ORDERED' || eventsWaiting() > 0) return;
      const forgotten = day.forgetOldDay();
      if (forgotten !== null) log.info('the retention of a day is over: its events are deleted', { day: forgotten });
    },
  };
}
