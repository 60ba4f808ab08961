/** Every event of a database: its hash, and its place in its author's chain (J1). */
import type { Sha256 } from '@aufruf/shared/lib/hash';
import { type Hash, HUB_DEVICE, type JournalEvent, journalKey } from '@aufruf/shared/sync/event';
import { hashEvent } from '@aufruf/shared/sync/hash';
import type { SqliteConnection } from '../store/sqlite-connection.ts';
import { EVENTS, type EventRow, toEvent } from '../store/sqlite-statements.ts';
import type { JournalReport, Problem } from './verify-report.ts';

interface JournalRow {
  readonly id: number;
  readonly device: string;
  readonly incarnation: string;
  readonly forgotten_seq: number;
  readonly forgotten_hash: Hash;
}

export function verifyJournals(
  connection: SqliteConnection,
  owner: { readonly device: string; readonly incarnation: string },
  sha256: Sha256,
  found: (problem: Problem) => void,
): readonly JournalReport[] {
  const journals = connection
    .prepare<[], JournalRow>('SELECT id, device, incarnation, forgotten_seq, forgotten_hash FROM journals ORDER BY id')
    .all();
  const select = connection.prepare<[number], EventRow>(`${EVENTS} WHERE journal_id = ? ORDER BY seq`);
  return journals.map((journal) => {
    const isOwn = journal.device === owner.device && journal.incarnation === owner.incarnation;
    const key = journalKey(journal as never);
    let last = { seq: journal.forgotten_seq, hash: journal.forgotten_hash };
    let events = 0;
    for (const row of select.iterate(journal.id)) {
      events += 1;
      const name = `event ${key}/${row.seq}`;
      if (hashOf(row, sha256) !== row.hash) found({ check: 'journal', what: `${name} is not what its author wrote` });
      // Of journals with mixed days a part may have gone before (D2).
      if (row.seq <= journal.forgotten_seq) continue;
      const isNext = row.seq === last.seq + 1;
      // A hub holds every journal from its first event on; another device its own alone (J1).
      if (!isNext && (isOwn || owner.device === HUB_DEVICE)) {
        found({ check: 'journal', what: `between ${key}/${last.seq} and ${row.seq} events are missing` });
      }
      if (isNext && row.prev_hash !== last.hash) {
        found({ check: 'journal', what: `${name} is not chained to the one before` });
      }
      last = { seq: row.seq, hash: row.hash };
    }
    return { journal: key, isOwn, forgottenThrough: journal.forgotten_seq, through: last.seq, events };
  });
}

/** Null when it can have none. */
function hashOf(row: EventRow, sha256: Sha256): Hash | null {
  try {
    return hashEvent(toEvent(row) as JournalEvent, sha256);
  } catch {
    // Not JSON any more, or nothing that has a canonical form.
    return null;
  }
}
