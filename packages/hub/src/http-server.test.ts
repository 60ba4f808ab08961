import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import type { Server } from 'node:http';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LocationConfig } from '@aufruf/shared/domain/location-config/schema';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Health } from './health.ts';
import { createRequestGuard } from './http-guard.ts';
import { createHttpServer, MAX_HEADER_BYTES, MAX_PATH_LENGTH, REQUEST_TIMEOUT_MS } from './http-server.ts';
import { listen } from './listen.ts';
import { rawExchange, rawRequest } from './test/raw-request.ts';

/** A connection that the server has taken: it answers, and stays open. */
function openIdle(port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write('GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n'));
    socket.once('data', () => resolve(socket)).once('error', reject);
  });
}

const okHealth = { status: 'ok', version: '1.2.3' } as Health;
const quiet = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

describe('createHttpServer', () => {
  let folder: string;
  let server: Server;
  let port: number;
  let health: Health | null;
  let config: LocationConfig | null;

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'aufruf-http-'));
    for (const app of ['kiosk', 'display']) {
      mkdirSync(join(folder, app, 'assets'), { recursive: true });
      writeFileSync(join(folder, app, 'index.html'), `<title>${app}</title>`);
      writeFileSync(join(folder, app, 'assets', 'index-AbCd1234.js'), `"${app}"`);
      writeFileSync(join(folder, app, 'assets', 'gong-AbCd1234.mp3'), 'gong');
      writeFileSync(join(folder, app, '.hidden.html'), 'hidden');
      writeFileSync(join(folder, app, 'notes.txt'), 'notes');
    }
    writeFileSync(join(folder, 'kiosk', 'ticket.html'), '<title>ticket</title>');
    writeFileSync(join(folder, 'secret.html'), 'secret');
    symlinkSync(folder, join(folder, 'kiosk', 'assets', 'folder.html'));
    health = okHealth;
    config = null;
    server = createHttpServer({
      renderers: {
        kiosk: join(folder, 'kiosk'),
        display: join(folder, 'display'),
        counter: join(folder, 'counter'),
      },
      guard: createRequestGuard(() => ['Aufruf-Mitte.hamburg.example']),
      log: quiet,
      config: () => config,
      health: () => health,
      maxConnections: 3,
    });
    const listening = await listen(server, { host: '127.0.0.1', port: 0 });
    port = listening.ok ? listening.value : 0;
  });
  afterEach(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    rmSync(folder, { recursive: true });
  });
  const get = (path: string, headers?: Readonly<Record<string, string>>) =>
    rawRequest({ port, path, ...(headers && { headers }) });

  describe('web mode', () => {
    it.each([
      ['/kiosk/', '<title>kiosk</title>'],
      ['/display/', '<title>display</title>'],
      ['/display/?station=display-2', '<title>display</title>'],
      ['/ticket/', '<title>ticket</title>'],
      ['/ticket/assets/index-AbCd1234.js', '"kiosk"'],
    ])('serves %s', async (path, body) => {
      expect(await get(path)).toMatchObject({ status: 200, body });
    });

    it('gives each page a folder of its own, and keeps what stands behind the question mark', async () => {
      expect(await get('/kiosk')).toMatchObject({ status: 308, headers: { location: '/kiosk/' } });
      expect(await get('/display?station=display-2')).toMatchObject({
        status: 308,
        headers: { location: '/display/?station=display-2' },
      });
    });

    it('says what to do when an app has not been built', async () => {
      expect(await get('/counter/')).toMatchObject({ status: 503, body: expect.stringContaining('npm run build') });
    });

    it('caches hashed files for ever and pages not at all', async () => {
      const page = await get('/kiosk/');
      expect(page.headers).toMatchObject({ 'cache-control': 'no-cache', 'content-type': 'text/html; charset=utf-8' });
      const script = await get('/kiosk/assets/index-AbCd1234.js');
      expect(script.headers).toMatchObject({
        'cache-control': 'public, max-age=31536000, immutable',
        'content-type': 'text/javascript; charset=utf-8',
      });
      expect((await get('/kiosk/assets/gong-AbCd1234.mp3')).headers['content-type']).toBe('audio/mpeg');
    });

    it('answers HEAD like GET, without the body', async () => {
      const answer = await rawRequest({ port, path: '/kiosk/', method: 'HEAD' });
      expect(answer).toMatchObject({ status: 200, body: '', headers: { 'content-length': '20' } });
    });

    it('lists the screens on a plain start page, names escaped', async () => {
      const both = (text: string) => ({ de: text, en: text });
      config = {
        name: both('<Mitte> & "Süd"'),
        languages: ['de'],
        kiosks: [{ id: 'kiosk-1', name: both('Eingang') }],
        displays: [
          { id: 'display-1', name: both('Saal') },
          { id: 'display-2', name: both('<b>Flur</b>') },
        ],
      } as unknown as LocationConfig;
      const { status, body } = await get('/');
      expect(status).toBe(200);
      for (const app of ['kiosk', 'display', 'counter']) expect(body).toContain(`href="/${app}/"`);
      expect(body).toContain('href="/display/?station=display-2"');
      expect(body).not.toContain('<b>');
      expect(body).toContain('&#60;Mitte&#62; &#38; &#34;Süd&#34;');
      expect(body).not.toContain('<style');
      expect((await get('/start.css')).headers['content-type']).toBe('text/css; charset=utf-8');
    });

    it('tells its health, and that it is starting', async () => {
      expect(await get('/health')).toMatchObject({ status: 200, body: JSON.stringify(okHealth) });
      health = { ...okHealth, status: 'diskLow' };
      expect(await get('/health')).toMatchObject({ status: 200 });
      health = { ...okHealth, status: 'steppedDown' };
      expect(await get('/health')).toMatchObject({ status: 503 });
      health = null;
      expect(await get('/health')).toMatchObject({ status: 503, body: '{"status":"starting"}' });
    });
  });

  describe('security headers', () => {
    it.each(['/', '/kiosk/', '/kiosk/assets/index-AbCd1234.js', '/health', '/nothing', '/kiosk'])(
      'stand on every answer: %s',
      async (path) => {
        const { headers } = await get(path);
        const policy = Object.fromEntries(
          String(headers['content-security-policy'])
            .split('; ')
            .map((directive) => [directive.split(' ')[0], directive.split(' ').slice(1).join(' ')]),
        );
        expect(policy).toEqual({
          'default-src': "'none'",
          'script-src': "'self'",
          'style-src': "'self'",
          'font-src': "'self'",
          'img-src': "'self' data:",
          'media-src': "'self'",
          'connect-src': `'self' ws://127.0.0.1:${port} wss://127.0.0.1:${port}`,
          'base-uri': "'none'",
          'form-action': "'none'",
          'frame-ancestors': "'none'",
        });
        expect(headers).toMatchObject({
          'x-content-type-options': 'nosniff',
          'referrer-policy': 'no-referrer',
          'permissions-policy': expect.stringContaining('camera=()'),
        });
        expect(headers).not.toHaveProperty('access-control-allow-origin');
        expect(headers).not.toHaveProperty('x-powered-by');
      },
    );
  });

  describe('Bad input', () => {
    it.each([
      '/kiosk/../secret.html',
      '/kiosk/../../secret.html',
      '/kiosk/%2e%2e/secret.html',
      '/kiosk/%2e%2e%2fsecret.html',
      '/kiosk/..%5csecret.html',
      '/kiosk/..\\secret.html',
      '/kiosk/assets/../../secret.html',
      '/kiosk/assets/folder.html/secret.html/..',
      '/kiosk//etc/passwd',
      '/kiosk/%2fetc%2fpasswd',
      '/kiosk/.hidden.html',
      '/kiosk/notes.txt',
      '/kiosk/secret.html%00.js',
      '/kiosk/assets/',
      '/kiosk/assets/folder.html',
      '/../secret.html',
      '//secret.html',
      '/secret.html',
      '/__proto__/',
      '/constructor',
    ])('path traversal and foreign files are refused: %s', async (path) => {
      const { status, body } = await get(path);
      expect(status).toBe(404);
      expect(body).not.toContain('secret');
    });

    it('a path that cannot be decoded, or is too long, is refused by name; one at the edge is looked up', async () => {
      expect((await get('/kiosk/%zz')).status).toBe(400);
      expect((await get('/kiosk/%ff%fe')).status).toBe(400);
      expect((await get('/'.padEnd(MAX_PATH_LENGTH, 'x'))).status).toBe(404);
      expect((await get('/'.padEnd(MAX_PATH_LENGTH + 1, 'x'))).status).toBe(400);
      expect((await get(`http://127.0.0.1:${port}/kiosk/`)).status).toBe(400);
    });

    it.each(['POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH'])('the method %s is refused', async (method) => {
      const answer = await rawRequest({ port, path: '/kiosk/', method });
      expect(answer).toMatchObject({ status: 405, headers: { allow: 'GET, HEAD' } });
    });

    it.each([
      'evil.example',
      'evil.example:4700',
      '127.0.0.1.evil.example',
      'localhost.evil.example',
      'evil.example@127.0.0.1',
      '127.0.0.1/evil',
    ])('a foreign Host is refused, against DNS rebinding: %j', async (host) => {
      const { status, body } = await get('/kiosk/', { host });
      expect(status).toBe(421);
      expect(body).not.toContain('<title>');
    });

    it.each([
      '127.0.0.1',
      'localhost:4700',
      'LOCALHOST',
      '192.168.7.20:4700',
      '[::1]:4700',
      'aufruf-mitte.hamburg.example',
    ])('a Host of our own is answered: %s', async (host) => {
      expect((await get('/kiosk/', { host })).status).toBe(200);
    });

    it('headers beyond MAX_HEADER_BYTES are refused', async () => {
      expect((await get('/kiosk/', { 'x-long': 'x'.repeat(MAX_HEADER_BYTES - 500) })).status).toBe(200);
      expect((await get('/kiosk/', { 'x-long': 'x'.repeat(MAX_HEADER_BYTES) })).status).toBe(431);
    });

    it('a request with two readings, or without a Host, is refused', async () => {
      const smuggled =
        'GET /kiosk/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n';
      expect(await rawExchange(port, smuggled)).toMatch(/^HTTP\/1\.1 400 /);
      expect(await rawExchange(port, 'GET /kiosk/ HTTP/1.1\r\n\r\n')).toMatch(/^HTTP\/1\.1 400 /);
      expect(await rawExchange(port, 'GET /kiosk/ HTTP/1.1\r\nHost:\r\n\r\n')).toMatch(/^HTTP\/1\.1 421 /);
    });

    it('one connection beyond the limit is refused, and taken once another one has ended', async () => {
      const open = await Promise.all([openIdle(port), openIdle(port), openIdle(port)]);
      await expect(get('/health')).rejects.toMatchObject({ code: 'ECONNRESET' });
      open[0]?.destroy();
      await vi.waitFor(async () => expect((await get('/health')).status).toBe(200));
      for (const socket of open) socket.destroy();
    });

    it('a client that never finishes its headers is cut off', { timeout: REQUEST_TIMEOUT_MS + 10_000 }, async () => {
      expect(await rawExchange(port, 'GET /kiosk/ HTTP/1.1\r\nHost: local')).toMatch(/^HTTP\/1\.1 408 /);
    });
  });
});
