/**
 * The folder in which a hub keeps its database. It is locked through the database itself (S1): the operating system lets
 * go of the lock when a process dies, however it dies.
 */
import { readdirSync, realpathSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Platform } from '@aufruf/engine/platform/platform';
import { StorageFault } from '@aufruf/engine/store/event-store';
import { type DatabaseStore, openSqliteStore } from '@aufruf/engine/store/sqlite-store';
import { assertNever } from '@aufruf/shared/lib/assert';
import type { DeviceId } from '@aufruf/shared/lib/ids';
import { type Result, refuse } from '@aufruf/shared/lib/result';
import { makeWritable } from './make-writable.ts';
import type { StartRefusal } from './start-refusal.ts';
import { DATABASE } from './tools/copy-request.ts';

/** The database, what SQLite keeps beside it, what was set aside after damage (S2), and the data of `npm start`'s windows. */
const OWN_FILES = /^(hub\.db([.-].*)?|aufruf-windows)$/;

export interface DataFolderOptions {
  readonly folder: string;
  /** Deletes what an earlier hub left there. */
  readonly fresh: boolean;
  readonly platform: Platform;
}

/** Opens the hub's store in a folder, which is made if it is not there. */
export function openDataFolder({ folder, fresh, platform }: DataFolderOptions): Result<DatabaseStore, StartRefusal> {
  const problem = makeWritable(folder);
  if (problem !== null) {
    const line = `The data folder ${folder} ${problem}: name another one with --data.`;
    return refuse({ type: 'folderNotWritable', lines: [line] });
  }
  const file = join(realpathSync(folder), DATABASE);
  const open = (): DatabaseStore => openSqliteStore({ file, device: 'hub' as DeviceId, platform });
  try {
    if (fresh) {
      const foreign = readdirSync(folder).find((name) => !OWN_FILES.test(name));
      if (foreign !== undefined) {
        const line = `The folder ${folder} holds "${foreign}", which is not Aufruf's: name an own folder with --data to start fresh in.`;
        return refuse({ type: 'folderForeign', lines: [line] });
      }
      assertUnlocked(open);
      for (const name of readdirSync(folder)) rmSync(join(folder, name), { recursive: true });
    }
    return { ok: true, value: open() };
  } catch (error) {
    if (error instanceof StorageFault) return refuse(faultToRefusal(error, folder));
    throw error;
  }
}

/** A database that another hub works on must not be deleted under it. One that is merely broken may go. */
function assertUnlocked(open: () => DatabaseStore): void {
  try {
    open().close();
  } catch (error) {
    if (!(error instanceof StorageFault) || error.type === 'locked' || error.type === 'readOnly') throw error;
  }
}

function faultToRefusal(fault: StorageFault, folder: string): StartRefusal {
  switch (fault.type) {
    case 'locked':
      return {
        type: 'folderInUse',
        lines: [`Another hub is working with the data folder ${folder}: stop it, or name another folder with --data.`],
      };
    case 'readOnly':
      return {
        type: 'folderNotWritable',
        lines: [`The database in ${folder} cannot be written: name another folder with --data.`],
      };
    case 'full':
      return {
        type: 'storage',
        lines: [`The disk of ${folder} is full: free some space, or name another folder with --data.`],
      };
    case 'corrupt':
    case 'other':
      return {
        type: 'storage',
        lines: [
          `The database in ${folder} cannot be used (${fault.message}): mend that, or name another folder with --data.`,
        ],
      };
    default:
      return assertNever(fault.type);
  }
}
