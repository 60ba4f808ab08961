import { describe, expect, it } from 'vitest';
import { readPreferences } from './preferences.ts';

describe('preferences', () => {
  it('speaks German first, and the browser’s language where there is a catalog for it', () => {
    expect(readPreferences(null, []).language).toBe('de');
    expect(readPreferences(null, ['fr-FR', 'tr']).language).toBe('de');
    expect(readPreferences(null, ['fr-FR', 'en-GB', 'de']).language).toBe('en');
  });

  it('keeps what the clerk chose over what the browser prefers', () => {
    const json = JSON.stringify({ language: 'de', largeText: true, highContrast: true, signKeys: false });
    expect(readPreferences(json, ['en'])).toEqual({
      language: 'de',
      largeText: true,
      highContrast: true,
      signKeys: false,
    });
  });

  it('starts afresh from anything unreadable', () => {
    const fresh = { language: 'de', largeText: false, highContrast: false, signKeys: true };
    for (const json of ['{', 'null', '7', '{"language":"xx","largeText":"yes"}']) {
      expect(readPreferences(json, [])).toEqual(fresh);
    }
  });
});
