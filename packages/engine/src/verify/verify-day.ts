/** One day of a database: its order (O1), and whether it folds to the state its close has put on record (O7). */
import { createDayStore } from '@aufruf/shared/domain/day/day-store';
import { createStateHasher } from '@aufruf/shared/domain/day/state-hash';
import { evolve } from '@aufruf/shared/domain/evolve';
import type { Sha256 } from '@aufruf/shared/lib/hash';
import type { LocalDate } from '@aufruf/shared/lib/time';
import { GENESIS_HASH } from '@aufruf/shared/sync/event';
import { chainRow } from '@aufruf/shared/sync/hash';
import type { SqliteConnection } from '../store/sqlite-connection.ts';
import { ENTRIES, type OrderedRow, toEvent, toOrderRow } from '../store/sqlite-statements.ts';
import type { DayReport, Problem } from './verify-report.ts';

export function verifyDay(
  connection: SqliteConnection,
  day: LocalDate,
  sha256: Sha256,
  /** Whether this version of Aufruf closed the day. */
  isOwnClose: boolean,
  found: (problem: Problem) => void,
): DayReport {
  const select = connection.prepare<[string], OrderedRow>(`${ENTRIES} WHERE order_rows.day = ? ORDER BY n`);
  const state = createDayStore(day);
  const hasher = createStateHasher(sha256);
  let last = { n: 0, epoch: 0, chain: GENESIS_HASH };
  let late = 0;
  let folds: DayReport['folds'] = 'asRecorded';
  for (const stored of select.iterate(day)) {
    const row = toOrderRow(stored);
    const name = `row ${row.n} of ${day}`;
    if (row.n !== last.n + 1) found({ check: 'order', what: `${name} does not follow row ${last.n}` });
    if (row.epoch < last.epoch) found({ check: 'order', what: `${name} has epoch ${row.epoch} after ${last.epoch}` });
    if (chainRow(last.chain, row, sha256) !== row.chain) {
      found({ check: 'order', what: `${name} is not chained to the row before, or its event is another one` });
    }
    last = row;
    if (state.info.status === 'closed') late += 1;
    // Of a payload that is no JSON the journal's check has told.
    const event = attempt(() => toEvent(stored));
    if (event === null) continue;
    const { type, payload } = event;
    if (type === 'v1.DayClosed' && state.info.status === 'open' && payload.stateHash !== hasher.hash()) {
      folds = isOwnClose ? 'otherwise' : 'otherwiseByOtherVersion';
    }
    const changes = evolve(state, {
      row: row.n,
      effectiveAt: row.effectiveAt,
      author: row.device,
      type,
      payload,
    });
    hasher.note(changes, state);
    state.apply(changes);
  }
  const unordered = connection
    .prepare<[string], number>(
      'SELECT count(*) FROM events WHERE day = ? AND position NOT IN (SELECT position FROM order_rows)',
    )
    .pluck()
    .get(day);
  if (folds === 'otherwise') {
    found({ check: 'state', what: `${day} does not fold to the state that was on record when it closed` });
  }
  const { status } = state.info;
  return {
    day,
    rows: last.n,
    unordered: unordered ?? 0,
    status: status === 'notOpened' ? 'neverOpened' : status,
    folds,
    late,
  };
}

function attempt<T>(read: () => T): T | null {
  try {
    return read();
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
