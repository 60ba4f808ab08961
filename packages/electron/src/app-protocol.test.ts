import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createAppProtocol, isOwnUrl, PRIVILEGED_SCHEME, pageUrl, SECURITY_HEADERS } from './app-protocol.ts';

describe('the app protocol', () => {
  let root: string;
  let serve: (request: Request) => Promise<Response>;
  beforeAll(() => {
    root = mkdtempSync(join(tmpdir(), 'aufruf-app-'));
    mkdirSync(join(root, 'renderer', 'assets'), { recursive: true });
    writeFileSync(join(root, 'renderer', 'index.html'), '<title>kiosk</title>');
    writeFileSync(join(root, 'renderer', 'assets', 'index-1.js'), 'start()');
    writeFileSync(join(root, 'renderer', 'settings.json'), '{}');
    writeFileSync(join(root, 'secret.html'), 'secret');
    serve = createAppProtocol('kiosk', join(root, 'renderer'));
  });
  afterAll(() => rmSync(root, { recursive: true }));
  /** `Request` tidies an address up; Chromium does, too, but nothing may rest on that. */
  const get = (url: string, method = 'GET') => serve({ url, method } as Request);

  it('serves pages and their files with their kind', async () => {
    const page = await get(pageUrl('kiosk', 'index.html'));
    expect([page.status, await page.text(), page.headers.get('content-type')]).toEqual([
      200,
      '<title>kiosk</title>',
      'text/html; charset=utf-8',
    ]);
    expect((await get('app://kiosk/assets/index-1.js?v=1#top')).headers.get('content-type')).toMatch(/javascript/);
    expect(await (await get('app://kiosk/index.html', 'HEAD')).text()).toBe('');
  });

  it.each([
    'app://kiosk/../secret.html',
    'app://kiosk/assets/../../secret.html',
    'app://kiosk/%2e%2e/secret.html',
    'app://kiosk/..%2fsecret.html',
    'app://kiosk/assets/..%5c..%5csecret.html',
    'app://kiosk/%2fetc%2fpasswd.html',
    'app://kiosk/%E0%A4%A.html',
    'app://kiosk/settings.json',
    'app://kiosk/',
    'app://kiosk/assets',
    'app://kiosk/gone.html',
    'app://display/index.html',
    'app://user:pass@kiosk/index.html',
    'app://kiosk:99/index.html',
    'file:///etc/passwd.html',
    'not a url',
  ])('Bad input: %s is not there', async (url) => {
    const answer = await get(url);
    expect([answer.status, await answer.text()]).toEqual([404, '']);
    expect(answer.headers.get('content-security-policy')).toBe(SECURITY_HEADERS['content-security-policy']);
  });

  it('Bad input: nothing can be sent to it', async () => {
    for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS'])
      expect((await get('app://kiosk/index.html', method)).status).toBe(405);
  });

  it('Checklist 1: "Only load secure content": pages are a secure context of their own and load nothing remote', () => {
    expect(PRIVILEGED_SCHEME.privileges).toMatchObject({ standard: true, secure: true });
    expect(SECURITY_HEADERS['content-security-policy']).not.toMatch(/https?:|\*|ws:/);
  });

  it('Checklist 7: "Define a Content-Security-Policy": nothing inline, no evaluation, no connection, trusted types', async () => {
    const policy = (await get('app://kiosk/index.html')).headers.get('content-security-policy') ?? '';
    expect(policy.split('; ')).toEqual(
      expect.arrayContaining([
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "connect-src 'none'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
        "require-trusted-types-for 'script'",
        "trusted-types 'none'",
      ]),
    );
    expect(policy).not.toContain('unsafe');
    expect(PRIVILEGED_SCHEME.privileges).not.toHaveProperty('bypassCSP');
  });

  it('Checklist 18: "Avoid usage of the file:// protocol": no page, and no way to one, is a file', () => {
    expect(isOwnUrl('kiosk', 'file:///etc/passwd')).toBe(false);
    expect(pageUrl('kiosk', 'index.html')).toBe('app://kiosk/index.html');
  });

  it.each([
    ['app://kiosk/index.html', true],
    ['app://kiosk', true],
    ['app://kiosk.evil/', false],
    ['app://display/', false],
    ['http://kiosk/', false],
    ['data:text/html,x', false],
    ['about:blank', false],
    ['', false],
  ])('knows its own pages: %s %s', (url, own) => {
    expect(isOwnUrl('kiosk', url)).toBe(own);
  });
});
