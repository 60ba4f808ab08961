import type { IncomingMessage } from 'node:http';
import { describe, expect, it } from 'vitest';
import { createRequestGuard } from './http-guard.ts';

const guard = createRequestGuard(() => ['mitte.example']);
const request = (host?: string, origin?: string) => ({ headers: { host, origin } }) as unknown as IncomingMessage;

describe('createRequestGuard', () => {
  it.each([
    ['localhost:4700', 'http://localhost:4700'],
    ['127.0.0.1', 'http://127.0.0.1'],
    ['127.0.0.1:80', 'http://127.0.0.1'],
    ['[::1]:4700', 'http://[::1]:4700'],
    ['mitte.example', 'https://mitte.example'],
    ['mitte.example:443', 'https://mitte.example'],
    ['MITTE.example', 'http://mitte.example'],
    ['192.168.7.20:4700', undefined],
  ])('a websocket to %s from a page of %s is opened', (host, origin) => {
    expect(guard.isUpgradeAllowed(request(host, origin))).toBe(true);
  });

  it.each([
    ['localhost:4700', 'http://evil.example'],
    ['localhost:4700', 'http://localhost:8080'],
    ['localhost:4700', 'http://127.0.0.1:4700'],
    ['localhost:4700', 'null'],
    ['localhost:4700', ''],
    ['localhost:4700', 'file://localhost:4700'],
    ['mitte.example', 'https://mitte.example.evil.example'],
    ['evil.example', 'http://evil.example'],
    ['evil.example', undefined],
    [undefined, undefined],
  ])('a foreign Origin or Host is refused: to %s from %s', (host, origin) => {
    expect(guard.isUpgradeAllowed(request(host, origin))).toBe(false);
  });
});
