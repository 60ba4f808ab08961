/**
 * Pages come over `app://<app>/`, never over file: so each app has an origin of its own, only files of its renderer can
 * be read, and every answer carries the same strict headers.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseServedFile } from '@aufruf/shared/lib/served-file';
import type { CustomScheme } from 'electron';

export const SCHEME = 'app';

/** To be registered before `ready`. Standard and secure like https; nothing else, and above all no way past the policy. */
export const PRIVILEGED_SCHEME: CustomScheme = {
  scheme: SCHEME,
  privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true, codeCache: true },
};

export const pageUrl = (app: string, page: string): string => `${SCHEME}://${app}/${page}`;

/** Whether a URL is a page of this app. Compared by its parts: Node knows no origin for schemes of one's own. */
export function isOwnUrl(app: string, url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, host, username, password } = new URL(url);
  return protocol === `${SCHEME}:` && host === app && username === '' && password === '';
}

/** Nothing inline, nothing remote, no connections: a page speaks to its main process over the preload and to no one else. */
const POLICY = {
  'default-src': "'none'",
  'script-src': "'self'",
  'style-src': "'self'",
  'font-src': "'self'",
  'img-src': "'self' data:",
  'media-src': "'self'",
  'connect-src': "'none'",
  'base-uri': "'none'",
  'form-action': "'none'",
  'frame-ancestors': "'none'",
  'require-trusted-types-for': "'script'",
  'trusted-types': "'none'",
} as const;

export const SECURITY_HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy': Object.entries(POLICY)
    .map(([directive, sources]) => `${directive} ${sources}`)
    .join('; '),
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'permissions-policy': 'camera=(), microphone=(), geolocation=(), payment=(), usb=(), serial=(), hid=()',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-embedder-policy': 'require-corp',
  'cross-origin-resource-policy': 'same-origin',
  // The files lie on this machine's disk; a page of an older version must never come out of a cache.
  'cache-control': 'no-cache',
};

/** Serves the built renderer in `folder`. What is not there, and what could lead elsewhere, is 404. Never rejects. */
export function createAppProtocol(app: string, folder: string): (request: Request) => Promise<Response> {
  const refuse = (status: number): Response => new Response(null, { status, headers: SECURITY_HEADERS });

  return async ({ url, method }) => {
    if (!isOwnUrl(app, url)) return refuse(404);
    if (method !== 'GET' && method !== 'HEAD') return refuse(405);
    const file = parseServedFile(decodePath(new URL(url).pathname));
    if (file === null) return refuse(404);
    try {
      const body = await readFile(join(folder, ...file.parts));
      const headers = { ...SECURITY_HEADERS, 'content-type': file.contentType };
      return new Response(method === 'HEAD' ? null : new Uint8Array(body), { status: 200, headers });
    } catch {
      return refuse(404);
    }
  };
}

/** Without its first slash; empty where it cannot be decoded, which is no file's name. */
function decodePath(path: string): string {
  try {
    return decodeURIComponent(path.slice(1));
  } catch {
    return '';
  }
}
