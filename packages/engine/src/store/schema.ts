import { GENESIS_HASH } from '@aufruf/shared/sync/event';

/**
 * The tables of a device's database, as version 1 made them. A shipped text is never edited: a change is a new step in
 * `migrations.ts`. Hashes are 64 hex digits, times are epoch milliseconds, days `YYYY-MM-DD`.
 */
export const SCHEMA_V1 = `
  -- Whose file this is: one row. A new file is a new incarnation (J2). "starts" counts openings; raising it is the
  -- first write of each, after which the durability setting can be believed (S1).
  CREATE TABLE owners (
    id          INTEGER PRIMARY KEY CHECK (id = 1),
    device      TEXT NOT NULL,
    incarnation TEXT NOT NULL,
    starts      INTEGER NOT NULL
  ) STRICT;

  -- The journals held, own and others', so that an event names its journal in a few bytes.
  CREATE TABLE journals (
    id          INTEGER PRIMARY KEY,
    device      TEXT NOT NULL,
    incarnation TEXT NOT NULL,
    UNIQUE (device, incarnation)
  ) STRICT;

  -- Events as their authors made them (J1), never changed. "position" is the order of journaling here and means nothing
  -- elsewhere. "payload" is JSON.
  CREATE TABLE events (
    position   INTEGER PRIMARY KEY,
    journal_id INTEGER NOT NULL REFERENCES journals (id),
    seq        INTEGER NOT NULL CHECK (seq >= 1),
    prev_hash  TEXT NOT NULL,
    hash       TEXT NOT NULL,
    day        TEXT NOT NULL,
    type       TEXT NOT NULL,
    v          INTEGER NOT NULL,
    payload    TEXT NOT NULL,
    device_at  INTEGER NOT NULL,
    mono_ms    INTEGER NOT NULL,
    UNIQUE (journal_id, seq)
  ) STRICT;
  CREATE INDEX events_by_day ON events (day);

  -- The order of a day (O1): the n-th event is the one at "position". May be dropped and fetched again (O4).
  CREATE TABLE order_rows (
    day          TEXT NOT NULL,
    n            INTEGER NOT NULL CHECK (n >= 1),
    epoch        INTEGER NOT NULL,
    position     INTEGER NOT NULL UNIQUE REFERENCES events (position),
    received_at  INTEGER NOT NULL,
    effective_at INTEGER NOT NULL,
    chain        TEXT NOT NULL,
    PRIMARY KEY (day, n)
  ) STRICT, WITHOUT ROWID;

  -- The few facts a device keeps besides events; the names are SETTING_NAMES in event-store.ts.
  CREATE TABLE settings (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;

  -- Own events saved from a damaged file, behind events that could not be read there. Each joins its journal when the
  -- events before it have come back from another device (S2). "event" is the whole envelope as JSON.
  CREATE TABLE detached_events (
    device      TEXT NOT NULL,
    incarnation TEXT NOT NULL,
    seq         INTEGER NOT NULL,
    event       TEXT NOT NULL,
    PRIMARY KEY (device, incarnation, seq)
  ) STRICT, WITHOUT ROWID;
`;

/** Retention (D2): days go as a whole; what a journal's next event is chained to stays, and so do the day's figures. */
export const SCHEMA_V2 = `
  -- The last event deleted with its day; events up to it may be missing.
  ALTER TABLE journals ADD COLUMN forgotten_seq INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE journals ADD COLUMN forgotten_hash TEXT NOT NULL DEFAULT '${GENESIS_HASH}';

  -- Figures of a closed day, as JSON. Absent while they have to be counted anew.
  CREATE TABLE day_statistics (
    day        TEXT PRIMARY KEY,
    statistics TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;
`;
