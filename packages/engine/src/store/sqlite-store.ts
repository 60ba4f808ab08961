/**
 * Opens a device's database: durable and checked (S1), or, when the file is damaged, a new one into which the old one's
 * own events are saved (S2). The only way to a SQLite store; one per file and process.
 */
import type { DeviceId, Incarnation } from '@aufruf/shared/lib/ids';
import { type EventKey, journalKey } from '@aufruf/shared/sync/event';
import type { Platform } from '../platform/platform.ts';
import {
  filesToSalvage,
  finishSalvage,
  finishSettingAside,
  isMarkedDamaged,
  markDamaged,
  readDamagedFile,
  type Salvaged,
  setAside,
} from './damaged-file.ts';
import { type EventStore, StorageFault } from './event-store.ts';
import { migrate } from './migrations.ts';
import { assertDurable, openConnection, type SqliteConnection, toStorageFault } from './sqlite-connection.ts';
import { createSqliteEventStore, type SqliteEventStore } from './sqlite-event-store.ts';
import { isWalDamaged } from './wal-damage.ts';
import { layOutWal } from './wal-layout.ts';

/** An event store in a file of its own. */
export type DatabaseStore = EventStore & Pick<SqliteEventStore, 'copyTo'>;

export interface SqliteStoreOptions {
  /** Its folder must exist. */
  readonly file: string;
  readonly device: DeviceId;
  readonly platform: Pick<Platform, 'now' | 'newIncarnation' | 'sha256' | 'log'>;
}

/**
 * @throws StorageFault `locked` when a process has the file open; `full` or `readOnly` when it cannot be written; `other`
 * when it belongs to another device or a newer version. Never `corrupt`: then the store starts anew, and logs it.
 */
export function openSqliteStore(options: SqliteStoreOptions): DatabaseStore {
  const { file, platform } = options;
  finishSettingAside(file);
  const store = openTrusted(options) ?? replaceDamaged(options);
  try {
    for (const aside of filesToSalvage(file)) salvage(store, aside, platform);
  } catch (error) {
    store.close();
    throw error;
  }
  return store;
}

/** Null when the file is damaged. */
function openTrusted(options: SqliteStoreOptions): SqliteEventStore | null {
  const { file, device, platform } = options;
  let connection: SqliteConnection | null = null;
  try {
    connection = openConnection(file);
    // Asked only now, with the lock held: a mark set by a running process is that process's business.
    if (isMarkedDamaged(file)) throw new StorageFault('corrupt', { detail: `${file} gave back a wrong event` });
    if (isWalDamaged(file)) throw new StorageFault('corrupt', { detail: `the log of ${file} holds garbage` });
    layOutWal(connection, file);
    const incarnation = takeOver(connection, device, platform);
    const onDamage = () => markDamaged(file);
    const store = createSqliteEventStore({ connection, file, device, incarnation, platform, onDamage });
    checkJournalEnds(store);
    return store;
  } catch (error) {
    connection?.close();
    const fault = toStorageFault(error, file);
    if (!(fault instanceof StorageFault && fault.type === 'corrupt')) throw fault;
    platform.log.error('database damaged', { file, error: fault });
    return null;
  }
}

function replaceDamaged(options: SqliteStoreOptions): SqliteEventStore {
  const { file, platform } = options;
  platform.log.warn('damaged database set aside', { file, aside: setAside(file, platform.now()) });
  const store = openTrusted(options);
  if (store === null) throw new StorageFault('other', { detail: `${file}: the disk damages even a new file` });
  return store;
}

/** The first write of each opening, in one commit with all a new file needs. @returns the file's incarnation */
function takeOver(
  connection: SqliteConnection,
  device: DeviceId,
  platform: Pick<Platform, 'newIncarnation'>,
): Incarnation {
  const take = connection.transaction((): Incarnation => {
    migrate(connection);
    const owner = connection
      .prepare<[], { device: DeviceId; incarnation: Incarnation }>('SELECT device, incarnation FROM owners')
      .get();
    if (owner && owner.device !== device) {
      throw new StorageFault('other', { detail: `the database belongs to ${owner.device}, not to ${device}` });
    }
    const incarnation = owner?.incarnation ?? platform.newIncarnation();
    connection
      .prepare<[string, string]>(
        `INSERT INTO owners (id, device, incarnation, starts) VALUES (1, ?, ?, 1)
         ON CONFLICT (id) DO UPDATE SET starts = starts + 1`,
      )
      .run(device, incarnation);
    return incarnation;
  });
  const incarnation = take.immediate();
  assertDurable(connection);
  return incarnation;
}

/** What the next events are chained to is proved at the start: a wrong hash there would fork a journal. */
function checkJournalEnds(store: EventStore): void {
  for (const [key, seq] of Object.entries(store.versionVector())) store.event(`${key}/${seq}` as EventKey);
}

function salvage(store: SqliteEventStore, aside: string, platform: SqliteStoreOptions['platform']): void {
  const salvaged = readDamagedFile(aside, store.device, platform.sha256);
  if (salvaged === null) {
    platform.log.error('damaged database unreadable: own events unknown to other devices are lost', {
      file: finishSalvage(aside),
    });
    return;
  }
  const counts = takeIn(store, salvaged);
  platform.log.warn('own events saved from the damaged database', { file: finishSalvage(aside), ...counts });
}

function takeIn(store: SqliteEventStore, salvaged: Salvaged): { imported: number; detached: number } {
  const { events, forgotten, statistics, isAlone, epoch } = salvaged;
  return store.transact(() => {
    for (const [journal, head] of forgotten) store.noteForgotten(journal, head);
    for (const [day, text] of statistics) store.writeStatistics(day, text);
    let imported = 0;
    let detached = 0;
    for (const event of events) {
      let { type } = store.importEvent(event);
      if (type === 'gap' && isAlone) {
        store.noteForgotten(journalKey(event), { seq: event.seq - 1, hash: event.prevHash });
        type = store.importEvent(event).type;
      }
      if (type === 'stored') imported++;
      if (type !== 'gap') continue;
      store.keepDetached(event);
      detached++;
    }
    // A hub that forgot its epoch would be refused by every device (O3).
    if (epoch > Number(store.readSetting('epoch') ?? 0)) store.writeSetting('epoch', String(epoch));
    return { imported, detached };
  });
}
