/**
 * Checks a database as nobody checks it while it works: SQLite's structure, every hash and chain, and that each day folds
 * to the state on record. Works on a private copy, reads only, and believes nothing: a damaged file ends in a report.
 */
import type { Sha256 } from '@aufruf/shared/lib/hash';
import type { LocalDate } from '@aufruf/shared/lib/time';
import manifest from '../../package.json' with { type: 'json' };
import { StorageFault } from '../store/event-store.ts';
import { MIGRATIONS } from '../store/migrations.ts';
import { openPrivateCopy, type SqliteConnection } from '../store/sqlite-connection.ts';
import { verifyDay } from './verify-day.ts';
import { verifyJournals } from './verify-journals.ts';
import type { DayReport, JournalReport, Problem, VerifyReport } from './verify-report.ts';

/** More would only be scrolled past. */
export const MAX_PROBLEMS = 50;

export interface VerifyOptions {
  /** A file that nobody else uses. */
  readonly file: string;
  readonly sha256: Sha256;
  /** `structure`: only whether it opens and SQLite finds it whole; seconds instead of minutes. Default: `all`. */
  readonly depth?: 'structure' | 'all';
  /** Called before each part, since a large file takes minutes. */
  readonly onProgress?: (part: string) => void;
}

/** Null = this is no database of Aufruf, or nothing of it can be read. */
export function verifyDatabase({
  file,
  sha256,
  depth = 'all',
  onProgress = () => {},
}: VerifyOptions): VerifyReport | null {
  let connection: SqliteConnection;
  try {
    connection = openPrivateCopy(file);
  } catch (error) {
    if (error instanceof StorageFault) return null;
    throw error;
  }
  const problems: Problem[] = [];
  const found = (problem: Problem): void => {
    if (problems.length < MAX_PROBLEMS) problems.push(problem);
  };
  /** Damage that breaks a query half-way costs the rest of that part, not of the check. */
  const part = <T>(name: string, nothing: T, read: () => T): T => {
    onProgress(name);
    try {
      return read();
    } catch (error) {
      found({ check: 'file', what: `${name} cannot be read to the end: ${(error as Error).message}` });
      return nothing;
    }
  };
  try {
    const owner = readOwner(connection);
    if (owner === null) return null;
    for (const what of part('the file', [], () => structureProblems(connection))) found({ check: 'file', what });
    const held = part<LocalDate[]>('the list of days', [], () =>
      column(connection, 'SELECT DISTINCT day FROM events ORDER BY day'),
    );
    const [events = 0] = part<number[]>('the list of events', [], () =>
      column(connection, 'SELECT count(*) FROM events'),
    );
    const figures = part<LocalDate[]>('the figures', [], () => column(connection, 'SELECT day FROM day_statistics'));
    const ownFigures = part<LocalDate[]>('the figures', [], () =>
      column(
        connection,
        `SELECT day FROM day_statistics WHERE json_extract(statistics, '$.countedBy') = '${manifest.version}'`,
      ),
    );
    const counts = { events, daysHeld: held.length, figuresOnly: figures.filter((day) => !held.includes(day)).length };
    if (depth === 'structure') return { ...owner, ...counts, journals: [], days: [], problems };
    const journals = part<readonly JournalReport[]>('the journals', [], () =>
      verifyJournals(connection, owner, sha256, found),
    );
    const days = held.flatMap((day) =>
      part<readonly DayReport[]>(day, [], () => [verifyDay(connection, day, sha256, ownFigures.includes(day), found)]),
    );
    return { ...owner, ...counts, journals, days, problems };
  } finally {
    connection.close();
  }
}

interface Owner {
  readonly device: string;
  readonly incarnation: string;
}

function readOwner(connection: SqliteConnection): Owner | null {
  try {
    const version = Number(connection.pragma('user_version', { simple: true }));
    if (version > MIGRATIONS.length) return null;
    // A copy: bringing it to the newest form costs nothing and spares a second way of reading.
    connection.transaction(() => {
      for (const step of MIGRATIONS.slice(version)) connection.exec(step);
      connection.pragma(`user_version = ${MIGRATIONS.length}`);
    })();
    return connection.prepare<[], Owner>('SELECT device, incarnation FROM owners').get() ?? null;
  } catch {
    return null;
  }
}

function structureProblems(connection: SqliteConnection): readonly string[] {
  // One problem may be many lines, one for each place.
  const lines = column<string>(connection, `PRAGMA integrity_check(${MAX_PROBLEMS})`).flatMap((text) =>
    text.split('\n'),
  );
  const integrity = lines.filter((line) => line !== 'ok' && !line.startsWith('***'));
  if (integrity.length > 0) return integrity;
  const dangling = connection.prepare('PRAGMA foreign_key_check').all();
  return dangling.length === 0 ? [] : [`${dangling.length} references lead nowhere`];
}

const column = <T>(connection: SqliteConnection, sql: string): T[] => connection.prepare(sql).pluck().all() as T[];
