/**
 * One instance for each data folder: a lock file names the process that holds it, and what a later instance was started
 * with is left beside it for the holder to read. All of it at once, for the later instance ends right after.
 */
import {
  closeSync,
  type FSWatcher,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  watch,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';

export interface SecondStart {
  readonly argv: readonly string[];
  readonly workingDirectory: string;
  readonly additionalData: unknown;
}

export interface SingleInstance {
  /** False where another process holds the lock, which is then told of this start. */
  request(start: SecondStart): boolean;
  isHeld(): boolean;
  release(): void;
}

const STARTS = 'second-starts';

/** `folder`: the data folder at the time of the request. */
export function createSingleInstance(folder: () => string, onSecond: (start: SecondStart) => void): SingleInstance {
  let watcher: FSWatcher | null = null;
  let lockFile: string | null = null;

  function readStarts(startsFolder: string): void {
    for (const name of readdirSync(startsFolder)) {
      if (!name.endsWith('.json')) continue;
      const file = join(startsFolder, name);
      const start: SecondStart = JSON.parse(readFileSync(file, 'utf8'));
      rmSync(file);
      onSecond(start);
    }
  }

  return {
    request(start) {
      if (lockFile !== null) return true;
      const startsFolder = join(folder(), STARTS);
      mkdirSync(startsFolder, { recursive: true });
      const file = join(folder(), 'instance-lock');
      if (!takeLock(file)) {
        const note = join(startsFolder, `${process.pid}`);
        writeFileSync(note, JSON.stringify(start));
        // Whole or not at all: its reader is waiting.
        renameSync(note, `${note}.json`);
        return false;
      }
      lockFile = file;
      watcher = watch(startsFolder, () => readStarts(startsFolder));
      watcher.unref();
      return true;
    },
    isHeld: () => lockFile !== null,
    release() {
      watcher?.close();
      if (lockFile !== null) rmSync(lockFile, { force: true });
      lockFile = null;
    },
  };
}

/** Takes over the lock of a process that ended without letting go. */
function takeLock(file: string): boolean {
  try {
    const handle = openSync(file, 'wx');
    writeFileSync(handle, String(process.pid));
    closeSync(handle);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  const holder = Number(readFileSync(file, 'utf8'));
  if (isRunning(holder)) return false;
  rmSync(file, { force: true });
  return takeLock(file);
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
