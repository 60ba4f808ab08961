/**
 * What happens to a database file that cannot be trusted any more (S2): it is set aside with its -wal and -shm, and the
 * own events in it that still match their hash are read out.
 *
 * Every step can be cut short by a crash and is finished at the next start: a file set aside is called
 * `<name>.salvaging-<time>` until its events are in the new database, then `<name>.damaged-<time>`. Nothing is deleted;
 * whoever looks after the device may.
 */
import { closeSync, existsSync, openSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { assert } from '@aufruf/shared/lib/assert';
import type { Sha256 } from '@aufruf/shared/lib/hash';
import type { DeviceId, Incarnation } from '@aufruf/shared/lib/ids';
import type { EpochMs, LocalDate } from '@aufruf/shared/lib/time';
import { NotCanonicalError } from '@aufruf/shared/sync/canonical-json';
import { eventSchema, type Hash, type JournalEvent, type JournalKey, journalKey } from '@aufruf/shared/sync/event';
import { hashEvent } from '@aufruf/shared/sync/hash';
import type { JournalHead } from './event-store.ts';
import { openForSalvage, type SqliteConnection } from './sqlite-connection.ts';
import { type EventRow, toEvent } from './sqlite-statements.ts';

const SALVAGING = '.salvaging-';
const DAMAGED = '.damaged-';
const COMPANIONS = ['-wal', '-shm'] as const;

/** Reading stops after so many positions in a row without a readable event: far more than one lost page can hold. */
const MAX_MISSING = 10_000;

const markFile = (file: string): string => `${file}-damaged`;

/** Remembers, outside the file, that it gave back something wrong, so that the next start sets it aside. */
export function markDamaged(file: string): void {
  try {
    closeSync(openSync(markFile(file), 'w'));
  } catch {
    // On a disk that takes no new file the fault itself, which is thrown in any case, has to do.
  }
}

export const isMarkedDamaged = (file: string): boolean => existsSync(markFile(file));

/**
 * Sets the closed file aside.
 * @returns its new name
 */
export function setAside(file: string, now: EpochMs): string {
  const aside = freeName(`${file}${SALVAGING}${toFileTime(now)}`);
  // The database first: a -wal without its database is recognised at the next start, see below, while a database
  // without its -wal would look like an older state of itself.
  renameSync(file, aside);
  moveCompanions(file, aside);
  rmSync(markFile(file), { force: true });
  return aside;
}

/** Finishes what a crash in the middle of `setAside` left. Before the file is opened. */
export function finishSettingAside(file: string): void {
  if (existsSync(file)) return;
  rmSync(markFile(file), { force: true });
  const [aside] = filesToSalvage(file);
  if (aside !== undefined) moveCompanions(file, aside);
}

/** Files set aside whose events are not in the new database yet, the latest first. */
export function filesToSalvage(file: string): readonly string[] {
  // Opening will say that the folder is missing.
  if (!existsSync(dirname(file))) return [];
  const isMain = (name: string) => !COMPANIONS.some((companion) => name.endsWith(companion));
  const names = readdirSync(dirname(file)).filter((name) => name.startsWith(`${basename(file)}${SALVAGING}`));
  return names
    .filter(isMain)
    .sort()
    .reverse()
    .map((name) => join(dirname(file), name));
}

/** To be called when the events are committed elsewhere, or known to be unreadable. @returns the final name */
export function finishSalvage(aside: string): string {
  const at = aside.lastIndexOf(SALVAGING);
  assert(at >= 0, `${aside} is not being salvaged`);
  const final = freeName(`${aside.slice(0, at)}${DAMAGED}${aside.slice(at + SALVAGING.length)}`);
  moveCompanions(aside, final);
  renameSync(aside, final);
  return final;
}

function moveCompanions(from: string, to: string): void {
  for (const companion of COMPANIONS) {
    if (existsSync(from + companion)) renameSync(from + companion, to + companion);
  }
}

function freeName(name: string): string {
  let free = name;
  for (let i = 2; existsSync(free); i++) free = `${name}-${i}`;
  return free;
}

/** `20261122T114317Z`: sorts by time and is a file name everywhere. */
const toFileTime = (at: EpochMs): string =>
  new Date(at)
    .toISOString()
    .replace(/\.\d+Z$/, 'Z')
    .replace(/[-:]/g, '');

export interface Salvaged {
  /** Own events of all incarnations in the file, each matching its hash; by journal, then by seq. */
  readonly events: readonly JournalEvent[];
  /** Where own journals lost their beginnings with deleted days (D2). */
  readonly forgotten: ReadonlyMap<JournalKey, JournalHead>;
  /** Figures of days. */
  readonly statistics: ReadonlyMap<LocalDate, string>;
  /** Whether it held no other device's events: then nobody else has any of its own, and holes in it stay. */
  readonly isAlone: boolean;
  /** Highest epoch the file knew (O3), 0 when unknown: a hub must not start below it. */
  readonly epoch: number;
}

/** Reads what can be read; null when that is nothing at all. */
export function readDamagedFile(aside: string, device: DeviceId, sha256: Sha256): Salvaged | null {
  let connection: SqliteConnection;
  try {
    connection = openForSalvage(aside);
  } catch {
    return null;
  }
  try {
    return {
      events: readOwnEvents(connection, device, sha256),
      forgotten: readForgotten(connection, device),
      statistics: readStatistics(connection),
      isAlone: isAlone(connection, device),
      epoch: readEpoch(connection),
    };
  } catch {
    // Neither the header nor the list of tables could be read.
    return null;
  } finally {
    connection.close();
  }
}

function readOwnEvents(connection: SqliteConnection, device: DeviceId, sha256: Sha256): readonly JournalEvent[] {
  // One query per event, by the table's own key: a damaged page or index costs the events on it, not those behind it.
  const select = connection.prepare<[number], EventRow>(
    `SELECT device, incarnation, seq, prev_hash, hash, day, type, v, payload, device_at, mono_ms
     FROM events NOT INDEXED JOIN journals NOT INDEXED ON journals.id = journal_id WHERE position = ?`,
  );
  // Days deleted before leave gaps far wider than a lost page.
  const selectNext = connection
    .prepare<[number], number>('SELECT position FROM events NOT INDEXED WHERE position > ? ORDER BY position LIMIT 1')
    .pluck();
  const events: JournalEvent[] = [];
  for (let position = 1, missing = 0; missing < MAX_MISSING; position++) {
    const event = attempt(() => {
      const row = select.get(position) ?? null;
      if (row === null) position = Math.max(position, (selectNext.get(position) ?? 0) - 1);
      return row && verified(row, sha256);
    });
    missing = event === null ? missing + 1 : 0;
    if (event?.device === device) events.push(event);
  }
  return events.sort((a, b) =>
    a.incarnation < b.incarnation ? -1 : a.incarnation > b.incarnation ? 1 : a.seq - b.seq,
  );
}

/** A file older than retention has none of this. */
function readForgotten(connection: SqliteConnection, device: DeviceId): ReadonlyMap<JournalKey, JournalHead> {
  const rows = attempt(() =>
    connection
      .prepare<[string], { incarnation: Incarnation; seq: number; hash: Hash }>(
        `SELECT incarnation, forgotten_seq AS seq, forgotten_hash AS hash FROM journals NOT INDEXED
         WHERE device = ? AND forgotten_seq > 0`,
      )
      .all(device),
  );
  return new Map(
    (rows ?? []).map(({ incarnation, seq, hash }) => [journalKey({ device, incarnation }), { seq, hash }]),
  );
}

function readStatistics(connection: SqliteConnection): ReadonlyMap<LocalDate, string> {
  const rows = attempt(() =>
    connection.prepare<[], { day: LocalDate; statistics: string }>('SELECT day, statistics FROM day_statistics').all(),
  );
  return new Map((rows ?? []).map(({ day, statistics }) => [day, statistics]));
}

function isAlone(connection: SqliteConnection, device: DeviceId): boolean {
  const others = attempt(() =>
    connection
      .prepare<[string], number>('SELECT count(*) FROM journals NOT INDEXED WHERE device != ?')
      .pluck()
      .get(device),
  );
  return others === 0;
}

function readEpoch(connection: SqliteConnection): number {
  const text = attempt(
    () => connection.prepare(`SELECT value FROM settings WHERE name = 'epoch'`).pluck().get() ?? null,
  );
  const epoch = Number(text);
  return Number.isSafeInteger(epoch) && epoch > 0 ? epoch : 0;
}

function verified(row: EventRow, sha256: Sha256): JournalEvent | null {
  const event = eventSchema.safeParse(toEvent(row));
  if (!event.success) return null;
  try {
    return hashEvent(event.data, sha256) === row.hash ? event.data : null;
  } catch (error) {
    if (error instanceof NotCanonicalError) return null;
    throw error;
  }
}

/** In a damaged file anything may throw; what does is not there. */
function attempt<T>(read: () => T): T | null {
  try {
    return read();
  } catch {
    return null;
  }
}
