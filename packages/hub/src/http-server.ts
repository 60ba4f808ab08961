/**
 * The web server of web mode: the three apps' built pages, the citizen's ticket page, a start page, /health, and the
 * stations of the location for devices that are being set up.
 *
 * Plain node:http: a handful of fixed routes needs no framework. It reads nothing but method, path and Host, takes no
 * bodies, and answers every request with the same strict headers. Sockets are attached by whoever owns the server.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Log } from '@aufruf/engine/platform/platform';
import type { LocationConfig } from '@aufruf/shared/domain/location-config/schema';
import { SECOND_MS } from '@aufruf/shared/lib/time';
import { STATIONS_PATH } from '@aufruf/shared/protocol/stations';
import { readServedFile, type ServedFile } from './http-files.ts';
import type { RequestGuard } from './http-guard.ts';
import { CACHE_NEVER, securityHeaders } from './http-headers.ts';
import { START_CSS, startPage } from './http-start-page.ts';
import { stationsOf } from './http-stations.ts';

/** Largest header of a request; ours are below 2 KB. */
export const MAX_HEADER_BYTES = 8 * 1024;
/** Longest path; a longer one is nobody's link. */
export const MAX_PATH_LENGTH = 512;
/** A client that has not finished its request by then is cut off. */
export const REQUEST_TIMEOUT_MS = 5 * SECOND_MS;
/** Most connections at once; a location has up to 100 devices, and phones that follow their tickets. */
const MAX_CONNECTIONS = 2_000;

/** Where each app's built renderer lies. */
export interface RendererFolders {
  readonly kiosk: string;
  readonly display: string;
  readonly counter: string;
}

export type RendererApp = keyof RendererFolders;

export interface HttpServerOptions {
  readonly renderers: RendererFolders;
  /** The only app served, also at `/`; absent: all of them, with a start page. */
  readonly onlyApp?: RendererApp;
  readonly guard: RequestGuard;
  readonly log: Log;
  /** For the start page and /stations, which is answered with 503 while there is none; null until the hub is up. */
  readonly config: () => LocationConfig | null;
  /** Where the hub is now, if it is not here any more (M5); absent: it never moves. */
  readonly movedTo?: () => string | null;
  /** What /health answers; null until the hub is up. While it is not, or does not order, the answer is 503. */
  readonly health: () => { readonly status: string } | null;
  /** Another limit only in tests. */
  readonly maxConnections?: number;
}

/** The server, not listening yet. */
export function createHttpServer(options: HttpServerOptions): Server {
  const server = createServer(
    {
      maxHeaderSize: MAX_HEADER_BYTES,
      headersTimeout: REQUEST_TIMEOUT_MS,
      requestTimeout: REQUEST_TIMEOUT_MS,
      // How often the two are looked at; the default of 30 s would make them mean little.
      connectionsCheckingInterval: SECOND_MS,
      insecureHTTPParser: false,
    },
    (request, response) => {
      respond(request, response, options).catch((error: unknown) => {
        options.log.error('a page could not be served', { error });
        if (response.headersSent) response.destroy();
        else sendText(request, response, 500, 'This page could not be read.');
      });
    },
  );
  server.maxConnections = options.maxConnections ?? MAX_CONNECTIONS;
  return server;
}

async function respond(request: IncomingMessage, response: ServerResponse, options: HttpServerOptions): Promise<void> {
  if (!options.guard.isHostAllowed(request)) {
    response.setHeader('connection', 'close');
    sendText(request, response, 421, 'This hub does not answer to that host name.');
    return;
  }
  for (const [name, value] of Object.entries(securityHeaders(request.headers.host ?? '')))
    response.setHeader(name, value);
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    response.setHeader('allow', 'GET, HEAD').setHeader('connection', 'close');
    sendText(request, response, 405, 'Only GET and HEAD are answered.');
    return;
  }
  const path = readPath(request.url ?? '');
  if (path === null) {
    sendText(request, response, 400, 'This address cannot be read.');
    return;
  }
  await serve(path, request, response, options);
}

async function serve(
  path: string,
  request: IncomingMessage,
  response: ServerResponse,
  { renderers, onlyApp, config, movedTo = () => null, health }: HttpServerOptions,
): Promise<void> {
  switch (path) {
    case '/':
      if (onlyApp !== undefined) return redirect(request, response, `/${onlyApp}/`);
      return send(request, response, 200, textFile(startPage(config(), movedTo()), 'text/html; charset=utf-8'));
    case '/start.css':
      return send(request, response, 200, textFile(START_CSS, 'text/css; charset=utf-8'));
    case STATIONS_PATH: {
      const current = config();
      const json = JSON.stringify(current === null ? null : stationsOf(current));
      return send(request, response, current === null ? 503 : 200, textFile(json, 'application/json; charset=utf-8'));
    }
    case '/health': {
      const body = health();
      const json = JSON.stringify(body ?? { status: 'starting' });
      const isUp = body !== null && body.status !== 'steppedDown';
      return send(request, response, isUp ? 200 : 503, textFile(json, 'application/json; charset=utf-8'));
    }
  }
  const [, app = '', slash = '', rest = ''] = /^\/([^/]+)(\/?)(.*)$/.exec(path) ?? [];
  const place = placeOf(app, renderers);
  if (place === null || (onlyApp !== undefined && app !== onlyApp))
    return sendText(request, response, 404, 'There is no such page.');
  if (slash === '') {
    // The pages name their files relative to themselves, so each needs a folder of its own.
    const query = /\?.*$/.exec(request.url ?? '')?.[0] ?? '';
    return redirect(request, response, `/${app}/${query}`);
  }
  const file = await readServedFile(place.folder, rest === '' ? place.page : rest);
  if (file !== null) return send(request, response, 200, file);
  if (rest !== '') return sendText(request, response, 404, 'There is no such file.');
  return sendText(request, response, 503, `The ${app} has not been built yet: run "npm run build".`);
}

function redirect(request: IncomingMessage, response: ServerResponse, to: string): void {
  response.setHeader('location', to);
  sendText(request, response, 308, `See ${to}`);
}

function placeOf(app: string, { kiosk, display, counter }: RendererFolders): { folder: string; page: string } | null {
  switch (app) {
    case 'kiosk':
      return { folder: kiosk, page: 'index.html' };
    case 'display':
      return { folder: display, page: 'index.html' };
    case 'counter':
      return { folder: counter, page: 'index.html' };
    // The citizen's own page is the kiosk's second one.
    case 'ticket':
      return { folder: kiosk, page: 'ticket.html' };
    default:
      return null;
  }
}

/** The decoded path of a request, without its query; null if it is none. Dots are not resolved: they are refused later. */
function readPath(url: string): string | null {
  const raw = url.replace(/\?.*$/, '');
  if (raw.length > MAX_PATH_LENGTH || !raw.startsWith('/')) return null;
  try {
    return decodeURIComponent(raw);
  } catch {
    return null;
  }
}

const textFile = (text: string, contentType: string): ServedFile => ({
  body: Buffer.from(text),
  contentType,
  cacheControl: CACHE_NEVER,
});

function sendText(request: IncomingMessage, response: ServerResponse, status: number, text: string): void {
  send(request, response, status, textFile(`${text}\n`, 'text/plain; charset=utf-8'));
}

function send(request: IncomingMessage, response: ServerResponse, status: number, file: ServedFile): void {
  response.writeHead(status, {
    'content-type': file.contentType,
    'content-length': file.body.length,
    'cache-control': file.cacheControl,
  });
  response.end(request.method === 'HEAD' ? undefined : file.body);
}
