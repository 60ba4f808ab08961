/** Files of a built renderer. Only names that cannot leave the folder are looked up at all. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseServedFile } from '@aufruf/shared/lib/served-file';
import { CACHE_FOREVER, CACHE_NEVER } from './http-headers.ts';

export interface ServedFile {
  readonly body: Buffer;
  readonly contentType: string;
  readonly cacheControl: string;
}

/**
 * Reads `path` (already decoded, with `/` between its parts) below `folder`. Null where there is no such file, and for
 * every path that could lead elsewhere.
 */
export async function readServedFile(folder: string, path: string): Promise<ServedFile | null> {
  const name = parseServedFile(path);
  if (name === null) return null;
  const { parts, contentType } = name;
  try {
    const body = await readFile(join(folder, ...parts));
    // The build puts a hash into the name of everything below `assets`.
    const cacheControl = parts.length > 1 && parts[0] === 'assets' ? CACHE_FOREVER : CACHE_NEVER;
    return { body, contentType, cacheControl };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'EISDIR') return null;
    throw error;
  }
}
