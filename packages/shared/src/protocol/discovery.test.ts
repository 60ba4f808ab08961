import { describe, expect, it } from 'vitest';
import { type DeviceId, type LocationId, MAX_ID_LENGTH } from '../lib/ids.ts';
import { utf8Length } from '../lib/utf8-length.ts';
import { fromTxt, MAX_ANNOUNCED_NAME_BYTES, MAX_TXT_STRINGS, toTxt } from './discovery.ts';
import { mitte } from './test/announcement.ts';

/** RFC 6763, 6.1. */
const MAX_TXT_STRING_BYTES = 255;
const { port: _, ...said } = mitte;
const named = (de: string) => fromTxt(toTxt({ ...mitte, name: { ...mitte.name, de } }))?.name.de;

describe('an announcement', () => {
  it('is read as it was written', () => {
    expect(fromTxt(toTxt(mitte))).toEqual(said);
    expect(fromTxt(toTxt({ ...mitte, role: 'relay' }))?.role).toBe('relay');
  });

  it('carries a name of MAX_ANNOUNCED_NAME_BYTES whole, and cuts a longer one between two characters', () => {
    const longest = 'ü'.repeat(MAX_ANNOUNCED_NAME_BYTES / 2);
    expect(named(longest)).toBe(longest);
    expect(named(`${longest}x`)).toBe(`${'ü'.repeat((MAX_ANNOUNCED_NAME_BYTES - 4) / 2)}…`);
    expect(utf8Length(named('𝔐'.repeat(200)) ?? '')).toBeLessThanOrEqual(MAX_ANNOUNCED_NAME_BYTES);
  });

  it('has no string longer than a TXT record can hold', () => {
    const longId = 'a'.repeat(MAX_ID_LENGTH);
    const name = { de: 'ü'.repeat(400), en: 'x'.repeat(400) };
    const strings = toTxt({ ...mitte, locationId: longId as LocationId, device: longId as DeviceId, name });
    for (const string of strings) expect(utf8Length(string)).toBeLessThanOrEqual(MAX_TXT_STRING_BYTES);
  });

  it('may say more than this version knows, in any order; of two strings with one key the first counts', () => {
    expect(fromTxt(['colour=blue', 'lonely', '', '=', ...toTxt(mitte).reverse(), 'role=relay'])).toEqual(said);
  });

  it('is looked for among the first MAX_TXT_STRINGS strings', () => {
    const strings = toTxt(mitte);
    const more = (count: number) => Array.from({ length: count }, () => 'more=x');
    expect(fromTxt([...more(MAX_TXT_STRINGS - strings.length), ...strings])).toEqual(said);
    expect(fromTxt([...more(MAX_TXT_STRINGS - strings.length + 1), ...strings])).toBeNull();
  });

  it.each([
    ['format', '2'],
    ['role', 'king'],
    ['location', 'Mitte!'],
    ['location', ''],
    ['device', '../hub'],
    ['incarnation', 'abc'],
    ['name-de', ''],
    ['name-en', 'x'.repeat(MAX_ANNOUNCED_NAME_BYTES + 1)],
  ])('Bad input: %s "%s" is none', (key, value) => {
    const strings = toTxt(mitte).map((string) => (string.startsWith(`${key}=`) ? `${key}=${value}` : string));
    expect(fromTxt(strings)).toBeNull();
    expect(fromTxt(toTxt(mitte).filter((string) => !string.startsWith(`${key}=`)))).toBeNull();
  });
});
