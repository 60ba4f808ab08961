/**
 * Opens and closes business days and publishes the configuration (rule D1). Runs inside a transaction of the sequencer:
 * a day is closed and the next one opened as one commit, so no crash leaves the location between two days.
 */
import { figuresOf } from '@aufruf/engine/ledger/old-days';
import type { EventStore } from '@aufruf/engine/store/event-store';
import { expireOpenVisits } from '@aufruf/shared/domain/day/decide-day';
import { type LocationConfig, locationConfigSchema } from '@aufruf/shared/domain/location-config/schema';
import { assert } from '@aufruf/shared/lib/assert';
import type { EpochMs, LocalDate } from '@aufruf/shared/lib/time';
import { canonicalJson } from '@aufruf/shared/sync/canonical-json';
import { releaseDays } from './retention.ts';
import type { SequencerLog } from './sequencer-log.ts';

/**
 * Ends the open day: whoever still waits expires, the state's hash is put on record (O7), the figures are kept (D2).
 * Repetition does nothing.
 */
function closeDay(log: SequencerLog, store: EventStore, now: EpochMs): void {
  const ledger = log.ledger();
  if (ledger === null || ledger.ordered().info.status !== 'open') return;
  log.write(expireOpenVisits(ledger.ordered()), now);
  log.write([{ type: 'v1.DayClosed', payload: { day: ledger.day, stateHash: ledger.stateHash() } }], now);
  store.writeStatistics(ledger.day, figuresOf(ledger.ordered()));
}

/** Closes the day before, if one is open, and opens `day` with `config`, so that each day's log explains itself. */
export function openDay(
  log: SequencerLog,
  store: EventStore,
  day: LocalDate,
  config: LocationConfig,
  now: EpochMs,
): void {
  closeDay(log, store, now);
  const ledger = log.enterDay(day);
  // A day left behind by a wrong clock may have been opened before, and closed.
  const { status } = ledger.ordered().info;
  if (status === 'notOpened') log.write([{ type: 'v1.DayOpened', payload: { day } }], now);
  if (status === 'closed') {
    log.write([{ type: 'v1.DayReopened', payload: { day } }], now);
    store.writeStatistics(day, null);
  }
  publishIfNew(log, store, config, now);
  releaseDays(log, store, day, config.retentionDays, now);
  // Events that named this day before it began, from a device whose day ran ahead; and those of this hub's own that were
  // saved from a damaged file (S2), whose times are the hub's.
  for (const stored of store.unordered(day)) {
    const isOwn = stored.event.device === store.device;
    log.order(stored, now, isOwn ? Math.min(stored.event.deviceAt, now) : now);
  }
}

/** Publishes `config` unless it is in force already. */
export function publishIfNew(log: SequencerLog, store: EventStore, config: LocationConfig, now: EpochMs): void {
  const inForce = log.ledger()?.ordered().info.config ?? null;
  if (inForce === null || canonicalJson(inForce) !== canonicalJson(config)) {
    log.write([{ type: 'v1.ConfigurationPublished', payload: { config } }], now);
  }
  rememberConfiguration(log, store);
}

/** Keeps the configuration in force beyond its day. Called whenever it may have changed. */
export function rememberConfiguration(log: SequencerLog, store: EventStore): void {
  const inForce = log.ledger()?.ordered().info.config ?? null;
  assert(inForce !== null, 'an open day has a configuration');
  const text = canonicalJson(inForce);
  if (store.readSetting('configuration') !== text) store.writeSetting('configuration', text);
}

/** The configuration that a starting hub has in force: its file's, or the one published last. */
export function configurationAtStart(store: Pick<EventStore, 'readSetting'>, file: LocationConfig): LocationConfig {
  const remembered = locationConfigSchema.safeParse(JSON.parse(store.readSetting('configuration') ?? 'null'));
  return configurationToUse(file, remembered.success ? remembered.data : null);
}

/**
 * Which configuration a starting hub uses: the file's, unless a newer one has been published since. A file of the same
 * version with another content wins: somebody has edited it.
 */
function configurationToUse(file: LocationConfig, remembered: LocationConfig | null): LocationConfig {
  return remembered !== null && remembered.id === file.id && remembered.version > file.version ? remembered : file;
}
