import { chmodSync, closeSync, copyFileSync, existsSync, fsyncSync, openSync, renameSync, rmSync } from 'node:fs';

/** Whole under its name, or not at all. Null when it is there; else why not. */
export function putInPlace(file: string, target: string): string | null {
  const partial = `${target}.partial`;
  try {
    copyFileSync(file, partial);
    chmodSync(partial, 0o600);
    flush(partial);
    renameSync(partial, target);
    return null;
  } catch (error) {
    if (existsSync(partial)) rmSync(partial);
    const { code } = error as NodeJS.ErrnoException;
    return `${target} cannot be written (${code}): name another place, or free some space.`;
  }
}

function flush(file: string): void {
  const descriptor = openSync(file, 'r+');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
