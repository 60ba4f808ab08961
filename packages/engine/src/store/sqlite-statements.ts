/** The statements of the SQLite store, prepared once per connection, and what their rows become. Knows no rule. */
import type { DeviceId, Incarnation } from '@aufruf/shared/lib/ids';
import type { EpochMs, LocalDate } from '@aufruf/shared/lib/time';
import type { Hash, JournalEvent } from '@aufruf/shared/sync/event';
import type { OrderRow } from '@aufruf/shared/sync/order';
import type { HeldEvent } from './recent-events.ts';
import type { SqliteConnection } from './sqlite-connection.ts';

/** An event with its journal's names, as selected by EVENT_COLUMNS. */
export interface EventRow {
  readonly device: DeviceId;
  readonly incarnation: Incarnation;
  readonly seq: number;
  readonly prev_hash: Hash;
  readonly hash: Hash;
  readonly day: LocalDate;
  readonly type: string;
  readonly v: number;
  readonly payload: string;
  readonly device_at: EpochMs;
  readonly mono_ms: number;
}

export interface OrderedRow extends EventRow {
  readonly n: number;
  readonly epoch: number;
  readonly received_at: EpochMs;
  readonly effective_at: EpochMs;
  readonly chain: Hash;
}

/** `day` is in both tables and equal in both; the event's own is the one that was hashed. */
const EVENT_COLUMNS =
  'device, incarnation, seq, prev_hash, hash, events.day AS day, type, v, payload, device_at, mono_ms';
export const EVENTS = `SELECT ${EVENT_COLUMNS} FROM events JOIN journals ON journals.id = journal_id`;
export const ENTRIES = `SELECT ${EVENT_COLUMNS}, n, epoch, received_at, effective_at, chain
  FROM order_rows JOIN events USING (position) JOIN journals ON journals.id = journal_id`;

/** @throws SyntaxError when the payload's text is damaged */
export function toEvent(row: EventRow): JournalEvent {
  return {
    device: row.device,
    incarnation: row.incarnation,
    seq: row.seq,
    prevHash: row.prev_hash,
    day: row.day,
    type: row.type,
    v: row.v,
    payload: JSON.parse(row.payload) as JournalEvent['payload'],
    deviceAt: row.device_at,
    monoMs: row.mono_ms,
  };
}

/** Null when the payload's text is damaged beyond being JSON. */
export function parseEvent(eventRow: EventRow): JournalEvent | null {
  try {
    return toEvent(eventRow);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

export const toOrderRow = (row: OrderedRow): OrderRow => ({
  day: row.day,
  n: row.n,
  epoch: row.epoch,
  device: row.device,
  incarnation: row.incarnation,
  seq: row.seq,
  eventHash: row.hash,
  receivedAt: row.received_at,
  effectiveAt: row.effective_at,
  chain: row.chain,
});

export function prepareStatements(connection: SqliteConnection) {
  const prepare = <P extends unknown[], R = unknown>(sql: string) => connection.prepare<P, R>(sql);
  return {
    // IMMEDIATE: a transaction that will write must not find out in the middle that it cannot.
    begin: prepare<[]>('BEGIN IMMEDIATE'),
    commit: prepare<[]>('COMMIT'),
    rollback: prepare<[]>('ROLLBACK'),

    insertJournal: prepare<[device: string, incarnation: string], { id: number }>(
      'INSERT INTO journals (device, incarnation) VALUES (?, ?) RETURNING id',
    ),
    insertEvent: prepare<
      [number, number, string, string, string, string, number, string, number, number],
      { position: number }
    >(
      `INSERT INTO events (journal_id, seq, prev_hash, hash, day, type, v, payload, device_at, mono_ms)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING position`,
    ),
    insertOrderRow: prepare<[string, number, number, number, number, number, string]>(
      `INSERT INTO order_rows (day, n, epoch, position, received_at, effective_at, chain) VALUES (?, ?, ?, ?, ?, ?, ?)`,
    ),
    deleteOrder: prepare<[day: string]>('DELETE FROM order_rows WHERE day = ?'),
    upsertSetting: prepare<[name: string, value: string]>(
      'INSERT INTO settings (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value',
    ),

    // Retention (D2). The hash is the one of the row with the highest seq.
    lastOfDay: prepare<[day: string], { device: DeviceId; incarnation: Incarnation; seq: number; hash: Hash }>(
      `SELECT device, incarnation, max(seq) AS seq, hash FROM events JOIN journals ON journals.id = journal_id
       WHERE day = ? GROUP BY journal_id`,
    ),
    updateForgotten: prepare<[seq: number, hash: string, journalId: number]>(
      'UPDATE journals SET forgotten_seq = ?, forgotten_hash = ? WHERE id = ?',
    ),
    deleteEvents: prepare<[day: string]>('DELETE FROM events WHERE day = ?'),
    deleteDetachedOfDay: prepare<[day: string]>(`DELETE FROM detached_events WHERE json_extract(event, '$.day') = ?`),
    upsertStatistics: prepare<[day: string, statistics: string]>(
      `INSERT INTO day_statistics (day, statistics) VALUES (?, ?)
       ON CONFLICT (day) DO UPDATE SET statistics = excluded.statistics`,
    ),
    deleteStatistics: prepare<[day: string]>('DELETE FROM day_statistics WHERE day = ?'),
    statistics: prepare<[], { day: LocalDate; statistics: string }>(
      'SELECT day, statistics FROM day_statistics ORDER BY day',
    ),

    setting: prepare<[name: string], { value: string }>('SELECT value FROM settings WHERE name = ?'),
    // Without the payload: enough to judge an import or a row.
    heldEvent: prepare<[journalId: number, seq: number], HeldEvent>(
      'SELECT position, hash, day FROM events WHERE journal_id = ? AND seq = ?',
    ),
    event: prepare<[journalId: number, seq: number], EventRow>(`${EVENTS} WHERE journal_id = ? AND seq = ?`),
    eventAt: prepare<[position: number], EventRow>(`${EVENTS} WHERE position = ?`),
    journalAfter: prepare<[journalId: number, seq: number, limit: number], EventRow>(
      `${EVENTS} WHERE journal_id = ? AND seq > ? ORDER BY seq LIMIT ?`,
    ),
    entry: prepare<[day: string, n: number], OrderedRow>(`${ENTRIES} WHERE order_rows.day = ? AND n = ?`),
    entriesAfter: prepare<[day: string, n: number, limit: number], OrderedRow>(
      `${ENTRIES} WHERE order_rows.day = ? AND n > ? ORDER BY n LIMIT ?`,
    ),

    // Own events saved from a damaged file (S2).
    insertDetached: prepare<[device: string, incarnation: string, seq: number, event: string]>(
      'INSERT OR IGNORE INTO detached_events (device, incarnation, seq, event) VALUES (?, ?, ?, ?)',
    ),
    detached: prepare<[device: string, incarnation: string, seq: number], { event: string }>(
      'SELECT event FROM detached_events WHERE device = ? AND incarnation = ? AND seq = ?',
    ),
    allDetached: prepare<[], { event: string }>('SELECT event FROM detached_events ORDER BY device, incarnation, seq'),
    deleteDetached: prepare<[device: string, incarnation: string, seq: number]>(
      'DELETE FROM detached_events WHERE device = ? AND incarnation = ? AND seq <= ?',
    ),
  };
}
