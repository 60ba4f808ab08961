/**
 * When days that are over may be deleted, everywhere (rules D2, J5). The hub alone decides it, by an event that all
 * devices obey: no device deletes anything by its own clock.
 *
 * A day is released when its retention is over and it is held in more than one place. Days are counted back from the last
 * one that was closed before the open one: a clock that jumps ahead once deletes nothing.
 */

import type { EventStore } from '@aufruf/engine/store/event-store';
import type { DeviceId } from '@aufruf/shared/lib/ids';
import { addDays } from '@aufruf/shared/lib/local-time';
import type { EpochMs, LocalDate } from '@aufruf/shared/lib/time';
import { canonicalJson } from '@aufruf/shared/sync/canonical-json';
import { isOfHub } from '@aufruf/shared/sync/event';
import type { SequencerLog } from './sequencer-log.ts';

/** Besides the hub: the author of an event and one more, whoever the author is (J5). */
const HOLDERS_NEEDED = 2;
/**
 * After so many times the retention a day goes, whoever holds it: a location may have one device only, and one that has been
 * given away confirms nothing.
 */
const PATIENCE = 2;

type Settings = Pick<EventStore, 'readSetting' | 'writeSetting'>;

/** Devices known to hold a closed day to its end. */
type Holders = Readonly<Record<string, readonly string[]>>;

const readHolders = (store: Pick<EventStore, 'readSetting'>): Holders =>
  JSON.parse(store.readSetting('dayHolders') ?? '{}') as Holders;

/** A device has read `day` to its end. Writes only while that is news. @throws StorageFault */
export function noteHolder(store: Settings & Pick<EventStore, 'transact'>, day: LocalDate, device: DeviceId): void {
  const holders = readHolders(store);
  const known = holders[day] ?? [];
  if (known.length >= HOLDERS_NEEDED || known.includes(device)) return;
  store.transact(() => store.writeSetting('dayHolders', canonicalJson({ ...holders, [day]: [...known, device] })));
}

export const releasedThrough = (store: Pick<EventStore, 'readSetting'>): LocalDate | null =>
  store.readSetting('releasedThrough') as LocalDate | null;

/**
 * Inside the transaction that opens `today`: says through which day days may go. Said again each day, for devices that
 * were away.
 */
export function releaseDays(
  log: Pick<SequencerLog, 'write'>,
  store: Settings & Pick<EventStore, 'days' | 'head' | 'versionVector'>,
  today: LocalDate,
  retentionDays: number,
  now: EpochMs,
): void {
  const through = lastReleased(store, today, retentionDays);
  // A day that was opened again after its clock was set back is not over.
  if (through === null || through >= today) return;
  store.writeSetting('releasedThrough', through);
  const holders = Object.entries(readHolders(store)).filter(([day]) => day > through);
  store.writeSetting('dayHolders', canonicalJson(Object.fromEntries(holders)));
  log.write([{ type: 'v1.DaysReleased', payload: { through } }], now);
}

function lastReleased(
  store: Pick<EventStore, 'readSetting' | 'days' | 'head' | 'versionVector'>,
  today: LocalDate,
  retentionDays: number,
): LocalDate | null {
  const before = releasedThrough(store);
  // ISO dates compare as text.
  const over = store.days().filter((day) => day < today && store.head(day).n > 0);
  const lastClosed = over.at(-1);
  if (lastClosed === undefined) return before;
  const keptFrom = addDays(lastClosed, 1 - retentionDays);
  const patientFrom = addDays(lastClosed, 1 - PATIENCE * retentionDays);
  // Where browsers alone work, everything is the hub's own, and nobody else could hold it.
  const hasDevices = Object.keys(store.versionVector()).some((journal) => !isOfHub(journal));
  const needed = hasDevices ? HOLDERS_NEEDED : 0;
  const holders = readHolders(store);
  let through = before;
  for (const day of over) {
    const isHeld = (holders[day]?.length ?? 0) >= needed;
    if (day >= keptFrom || (!isHeld && day >= patientFrom)) break;
    through = day;
  }
  return through;
}
