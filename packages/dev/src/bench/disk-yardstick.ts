/** What the disk can do: a small record appended and flushed, and a commit of one row by the settings of our stores. */
import { closeSync, fsyncSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { openConnection } from '@aufruf/engine/store/sqlite-connection';
import { nowMs } from './clock.ts';

/** About an event, bytes. */
const RECORD = Buffer.alloc(300, 'x');

export interface DiskYardstick {
  /** Appends a record and waits until it is on the disk, ms. */
  flush(): number;
  /** Commits a record by SQLite with `synchronous = FULL`, ms. */
  commit(): number;
  close(): void;
}

export function openDiskYardstick(folder: string): DiskYardstick {
  const file = openSync(join(folder, 'raw.log'), 'a');
  const connection = openConnection(join(folder, 'raw.db'));
  connection.exec('CREATE TABLE record (id INTEGER PRIMARY KEY, content BLOB NOT NULL) STRICT');
  const insert = connection.prepare<[Buffer]>('INSERT INTO record (content) VALUES (?)');
  const timed = (work: () => void): number => {
    const startedAt = nowMs();
    work();
    return nowMs() - startedAt;
  };
  return {
    flush: () =>
      timed(() => {
        writeSync(file, RECORD);
        fsyncSync(file);
      }),
    commit: () => timed(() => insert.run(RECORD)),
    close() {
      closeSync(file);
      connection.close();
    },
  };
}
