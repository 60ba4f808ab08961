/** Files of a built renderer. Only names that cannot leave the folder are looked up at all. */
import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { CACHE_FOREVER, CACHE_NEVER } from './http-headers.ts';

/** What a renderer consists of; a file of any other kind is not served. */
const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.mp3': 'audio/mpeg',
  '.ogg': 'audio/ogg',
  '.wav': 'audio/wav',
  '.webmanifest': 'application/manifest+json',
};

/** Each part of a path: no dot first, no separator, no escape: nothing of it can mean another folder or a hidden file. */
const PLAIN_NAME = /^[A-Za-z0-9_-][A-Za-z0-9._-]*$/;

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
  const parts = path.split('/');
  const contentType = CONTENT_TYPES[extname(path)];
  if (contentType === undefined || !parts.every((part) => PLAIN_NAME.test(part))) return null;
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
