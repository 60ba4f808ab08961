import { MAX_ADDRESS_LENGTH } from '@aufruf/shared/bridge/shell-table';
import { describe, expect, it } from 'vitest';
import { hubUrlSchema, parseHubAddress } from './hub-address.ts';

describe('parseHubAddress', () => {
  it.each([
    ['192.168.7.20', 'http://192.168.7.20:4700'],
    ['192.168.7.20:80', 'http://192.168.7.20'],
    [' aufruf-mitte ', 'http://aufruf-mitte:4700'],
    ['aufruf-mitte:4711', 'http://aufruf-mitte:4711'],
    ['Aufruf-Mitte.local/', 'http://aufruf-mitte.local:4700'],
    ['fe80::1', 'http://[fe80::1]:4700'],
    ['[::1]:4711', 'http://[::1]:4711'],
    ['http://10.0.0.5:4700/', 'http://10.0.0.5:4700'],
    ['http://10.0.0.5', 'http://10.0.0.5'],
    ['https://aufruf.example', 'https://aufruf.example'],
  ])('reads %j as %s', (typed, url) => {
    expect(parseHubAddress(typed)).toEqual({ ok: true, value: url });
    expect(hubUrlSchema.parse(typed)).toBe(url);
  });

  it.each([
    '',
    '   ',
    'two words',
    'ftp://10.0.0.5',
    'file:///etc/passwd',
    'javascript://x',
    'http://user:secret@10.0.0.5',
    'http://10.0.0.5/kiosk',
    'http://10.0.0.5/?a=1',
    'http://10.0.0.5/#a',
    'http://',
    '10.0.0.5:99999',
    '10.0.0.5/kiosk',
    `${'a'.repeat(MAX_ADDRESS_LENGTH)}x`,
  ])('Bad input: refuses %j', (typed) => {
    expect(parseHubAddress(typed)).toEqual({ ok: false, refusal: { type: 'badAddress' } });
    expect(hubUrlSchema.safeParse(typed).success).toBe(false);
  });

  it('reads an address at the edge of MAX_ADDRESS_LENGTH', () => {
    const label = 'a'.repeat(49);
    const address = `${label}.${label}.${label}.${'a'.repeat(50)}`;
    expect(address).toHaveLength(MAX_ADDRESS_LENGTH);
    expect(parseHubAddress(address).ok).toBe(true);
  });
});
