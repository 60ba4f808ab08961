/** Which files of a built renderer are served, by a hub's web server and by a desktop window's protocol alike. */

/** What a renderer consists of; a file of any other kind is not served. */
const CONTENT_TYPES: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  svg: 'image/svg+xml',
  png: 'image/png',
  ico: 'image/x-icon',
  woff2: 'font/woff2',
  mp3: 'audio/mpeg',
  ogg: 'audio/ogg',
  wav: 'audio/wav',
  webmanifest: 'application/manifest+json',
};

/** Each part of a path: no dot first, no separator, no escape: nothing of it can mean another folder or a hidden file. */
const PLAIN_NAME = /^[A-Za-z0-9_-][A-Za-z0-9._-]*$/;

export interface ServedFileName {
  /** Each a plain name. */
  readonly parts: readonly string[];
  readonly contentType: string;
}

/**
 * Reads the decoded path of a file below a renderer's folder, `/` between its parts. Null for every path that could lead
 * elsewhere, and for files no renderer has.
 */
export function parseServedFile(path: string): ServedFileName | null {
  const parts = path.split('/');
  const extension = /\.([a-z0-9]+)$/.exec(path)?.[1] ?? '';
  const contentType = Object.hasOwn(CONTENT_TYPES, extension) ? CONTENT_TYPES[extension] : undefined;
  return contentType !== undefined && parts.every((part) => PLAIN_NAME.test(part)) ? { parts, contentType } : null;
}
