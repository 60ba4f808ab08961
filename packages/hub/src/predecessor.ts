/**
 * Whether a hub on a new disk had a predecessor (rule O3). Nobody knows but its devices, and those may come late: after a
 * restart of the new hub, or after a device that is as new as the hub itself.
 *
 * Invariant: what was found out stays found out over restarts. A hub that was said to be the first (`--fresh`) asks nobody.
 */
import type { Platform } from '@aufruf/engine/platform/platform';
import { type EventStore, StorageFault } from '@aufruf/engine/store/event-store';
import type { LocalDate } from '@aufruf/shared/lib/time';
import { type EventKey, isOfHub, journalKey } from '@aufruf/shared/sync/event';
import type { HubView } from './hub-core.ts';

/** As many days of a hub's life as devices hand on (J6): on later ones nobody brings a predecessor's. */
const FIRST_DAYS = 2;

export interface Predecessor {
  /** Devices are to be waited for: this hub has decided nothing yet. */
  readonly isUnheard: boolean;
  /** Restored from a copy: an earlier hub's journal is here already. */
  readonly isCopy: boolean;
  /** Devices have had the time to say what they hold; kept over restarts. */
  noteHeard(): void;
  /** `hasJustTakenOver`: another hub's place, whoever tells of that one. */
  view(day: LocalDate, hasJustTakenOver: boolean): Pick<HubView, 'predecessor' | 'ownBefore'>;
}

/** Before anything is written of this hub. @throws StorageFault */
export function createPredecessor(store: EventStore, log: Platform['log'], mayHavePredecessor: boolean): Predecessor {
  const own = journalKey(store);
  const isNew = (store.versionVector()[own] ?? 0) === 0;
  if (mayHavePredecessor && isNew) store.transact(() => store.writeSetting('heardDevices', 'no'));
  let firstDays: { readonly on: LocalDate; readonly are: boolean } | null = null;

  function isInFirstDays(day: LocalDate): boolean {
    if (firstDays?.on !== day) {
      const born = store.event(`${own}/1` as EventKey)?.event.day;
      const are = born !== undefined && store.days().slice(-FIRST_DAYS).includes(born);
      firstDays = { on: day, are };
    }
    return firstDays.are;
  }

  return {
    isUnheard: mayHavePredecessor && store.readSetting('heardDevices') === 'no',
    isCopy:
      mayHavePredecessor &&
      isNew &&
      Object.keys(store.versionVector()).some((journal) => isOfHub(journal) && journal !== own),
    noteHeard() {
      if (store.readSetting('heardDevices') !== 'no') return;
      try {
        store.transact(() => store.writeSetting('heardDevices', 'yes'));
      } catch (error) {
        if (!(error instanceof StorageFault)) throw error;
        // The next start waits once more.
        log.error('that devices have been heard could not be noted', { error });
      }
    },
    view(day, hasJustTakenOver) {
      if (hasJustTakenOver) return { predecessor: 'possible' };
      if (store.readSetting('succeedsOn') !== null)
        return { predecessor: 'known', ownBefore: Number(store.readSetting('succeedsAfter') ?? '0') };
      if (!mayHavePredecessor) return {};
      if (Object.keys(store.versionVector()).every((journal) => journal === own)) return { predecessor: 'possible' };
      return store.readSetting('heardDevices') !== null && isInFirstDays(day) ? { predecessor: 'unlikely' } : {};
    },
  };
}
