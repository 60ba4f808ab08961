/**
 * The only importer of better-sqlite3: opens a database file so that a commit survives loss of power (S1), and turns what
 * SQLite throws into a StorageFault.
 *
 * One writer: the file is locked for as long as it is open, by the operating system, so a killed process leaves no lock
 * behind. Nobody else can even read meanwhile; who wants to look makes an online copy (S4). This process must not open the
 * file by other means either: with POSIX locks, closing any descriptor of a file gives up all locks on it.
 */
import { assert } from '@aufruf/shared/lib/assert';
import Database from 'better-sqlite3';
import { StorageFault } from './event-store.ts';

export type SqliteConnection = Database.Database;

/** Before it, a rare race while the WAL is reset could corrupt the file. */
export const MIN_SQLITE_VERSION = '3.51.3';

/** How long opening waits for a process that is just ending to let go of the file. */
const LOCK_WAIT_MS = 500;

/** `PRAGMA synchronous` for "every commit is on the disk before it returns". */
const SYNCHRONOUS_FULL = 2;

/** Pages kept in memory; the default lets each file take 16 MB in the course of a day. What is asked for is mostly recent. */
export const CACHE_KIB = 2_048;
const SCRATCH_CACHE_KIB = 512;

/**
 * Opens or creates the file, locked, with quick_check passed. Nothing is written yet but the WAL mode.
 * @throws StorageFault `locked`, `corrupt`, `readOnly`, `full` or `other`
 */
export function openConnection(file: string): SqliteConnection {
  assertSafeVersion(sqliteVersion());
  const connection = connect(file, { timeout: LOCK_WAIT_MS });
  try {
    // Before the first access: then the lock is taken with it, and the WAL needs no shared memory file.
    connection.pragma('locking_mode = EXCLUSIVE');
    const mode = connection.pragma('journal_mode = WAL', { simple: true });
    if (mode !== 'wal')
      throw new StorageFault('other', { detail: `${file} cannot use a write-ahead log, only "${mode}"` });
    // After WAL, or the library's compiled-in default for WAL, NORMAL, takes its place.
    connection.pragma('synchronous = FULL');
    connection.pragma('foreign_keys = ON');
    connection.pragma(`cache_size = -${CACHE_KIB}`);
    const check = connection.pragma('quick_check(1)', { simple: true });
    if (check !== 'ok') throw new StorageFault('corrupt', { detail: `${file}: ${check}` });
    return connection;
  } catch (error) {
    connection.close();
    throw toStorageFault(error, file);
  }
}

/**
 * Opens a new file for what need not survive: commits are quick, and lost with the power. @throws StorageFault
 */
export function openScratch(file: string): SqliteConnection {
  const connection = connect(file, {});
  try {
    connection.pragma('locking_mode = EXCLUSIVE');
    // A change that fails half-way can be taken back; a process that is killed leaves a file nobody opens again.
    connection.pragma('journal_mode = MEMORY');
    connection.pragma('synchronous = OFF');
    connection.pragma(`cache_size = -${SCRATCH_CACHE_KIB}`);
    return connection;
  } catch (error) {
    connection.close();
    throw toStorageFault(error, file);
  }
}

/** Opens a moved-aside file to see what can still be read. @throws StorageFault when that is nothing */
export function openForSalvage(file: string): SqliteConnection {
  return connect(file, { readonly: true, fileMustExist: true });
}

/** Opens a copy that nobody else uses, as it is: it may be damaged. @throws StorageFault when that is not possible */
export function openPrivateCopy(file: string): SqliteConnection {
  return connect(file, { fileMustExist: true });
}

/** Whether a process works on the file. Changes nothing, not even a lock that is held for a moment. */
export function isInUse(file: string): boolean {
  const connection = connect(file, { readonly: true, fileMustExist: true, timeout: 0 });
  try {
    // Without it, reading would make a shared memory file beside a database that is not ours to write to.
    connection.pragma('locking_mode = EXCLUSIVE');
    connection.prepare('SELECT count(*) FROM sqlite_schema').get();
    return false;
  } catch (error) {
    // Any other complaint is made by a file that could be locked for reading.
    const fault = toStorageFault(error, file);
    return fault instanceof StorageFault && fault.type === 'locked';
  } finally {
    connection.close();
  }
}

function connect(file: string, options: Database.Options): SqliteConnection {
  try {
    return new Database(file, options);
  } catch (error) {
    const fault = toStorageFault(error, file);
    if (fault instanceof StorageFault) throw fault;
    // A missing folder is a plain TypeError.
    throw new StorageFault('other', { cause: error, detail: `${file} cannot be opened: does its folder exist?` });
  }
}

/**
 * To be called after the first write: until then the pragma reads FULL whatever is in force.
 * @throws StorageFault when commits would not be durable
 */
export function assertDurable(connection: SqliteConnection): void {
  const synchronous = connection.pragma('synchronous', { simple: true });
  if (synchronous !== SYNCHRONOUS_FULL) {
    throw new StorageFault('other', {
      detail: `commits would not survive loss of power (synchronous = ${synchronous})`,
    });
  }
}

/** Asked of a database in memory: even this question would make SQLite read the file. */
function sqliteVersion(): string {
  const memory = new Database(':memory:');
  try {
    return String(memory.prepare('SELECT sqlite_version()').pluck().get());
  } finally {
    memory.close();
  }
}

/** @throws StorageFault when the version is older than MIN_SQLITE_VERSION */
export function assertSafeVersion(version: string): void {
  if (toOrdinal(version) < toOrdinal(MIN_SQLITE_VERSION)) {
    throw new StorageFault('other', {
      detail: `SQLite ${version} can damage files, ${MIN_SQLITE_VERSION} is needed: install Aufruf anew`,
    });
  }
}

function toOrdinal(version: string): number {
  const parts = version.split('.').map(Number);
  assert(parts.length >= 3 && parts.every(Number.isInteger), `"${version}" is not a version of SQLite`);
  const [major = 0, minor = 0, patch = 0] = parts;
  return (major * 1_000 + minor) * 1_000 + patch;
}

/**
 * What the disk did, as a StorageFault that says what to do. Anything else, a broken constraint for instance, is a bug and
 * comes back as it was.
 */
export function toStorageFault(error: unknown, file: string): unknown {
  if (!(error instanceof Database.SqliteError)) return error;
  const type = faultType(error.code);
  if (type === null) return error;
  return new StorageFault(type, { cause: error, detail: faultDetail(type, file, error.code) });
}

/** Extended codes begin with the plain one: SQLITE_IOERR_WRITE. */
const FAULT_TYPES: readonly (readonly [code: string, type: StorageFault['type']])[] = [
  ['SQLITE_FULL', 'full'],
  ['SQLITE_READONLY', 'readOnly'],
  ['SQLITE_CANTOPEN', 'readOnly'],
  ['SQLITE_PERM', 'readOnly'],
  ['SQLITE_BUSY', 'locked'],
  ['SQLITE_CORRUPT', 'corrupt'],
  ['SQLITE_NOTADB', 'corrupt'],
  ['SQLITE_IOERR', 'other'],
  ['SQLITE_NOMEM', 'other'],
  ['SQLITE_PROTOCOL', 'other'],
];

const faultType = (code: string): StorageFault['type'] | null =>
  FAULT_TYPES.find(([prefix]) => code === prefix || code.startsWith(`${prefix}_`))?.[1] ?? null;

/** One sentence for whoever runs the device: what is wrong, and what to do. */
export function faultDetail(type: StorageFault['type'], file: string, code: string): string {
  switch (type) {
    case 'full':
      return `no space left for ${file}: free some; the change was not stored`;
    case 'readOnly':
      return `${file} or its folder cannot be written: check the permissions`;
    case 'locked':
      return `${file} is in use by another process: stop that one, or name another data folder`;
    case 'corrupt':
      return `${file} is damaged: start the program again; it moves the file aside, keeps what can be read and fetches the rest`;
    case 'other':
      return `the disk failed on ${file}, ${code}`;
  }
}
