import { accessSync, constants, existsSync, mkdirSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

/** Makes a folder if it is not there. Null when it can be written; else why not, to follow its name in a sentence. */
export function makeWritable(folder: string): string | null {
  try {
    makeFolder(resolve(folder));
    if (!statSync(folder).isDirectory()) return 'is not a folder';
    accessSync(folder, constants.R_OK | constants.W_OK | constants.X_OK);
    return null;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return code === 'ENOTDIR' ? 'is not a folder' : `cannot be written (${code})`;
  }
}

/** By hand: Node's own `recursive` never returns where a file system refuses new folders with ENOENT, as /proc does. */
function makeFolder(folder: string): void {
  if (existsSync(folder)) return;
  makeFolder(dirname(folder));
  mkdirSync(folder);
}
