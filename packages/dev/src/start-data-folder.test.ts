import type { LocationId } from '@aufruf/shared/lib/ids';
import { describe, expect, it } from 'vitest';
import { defaultDataFolder } from './start-data-folder.ts';

const mitte = 'mitte' as LocationId;
const home = '/home/anna';

describe('defaultDataFolder', () => {
  it("is the user's own, one for each location, by the custom of each system", () => {
    expect(defaultDataFolder(mitte, { platform: 'linux', env: {}, home })).toBe('/home/anna/.local/share/aufruf/mitte');
    expect(defaultDataFolder(mitte, { platform: 'linux', env: { XDG_DATA_HOME: '/data' }, home })).toBe(
      '/data/aufruf/mitte',
    );
    expect(defaultDataFolder(mitte, { platform: 'darwin', env: { XDG_DATA_HOME: '/data' }, home })).toBe(
      '/home/anna/Library/Application Support/aufruf/mitte',
    );
    expect(defaultDataFolder(mitte, { platform: 'win32', env: { APPDATA: '/appdata' }, home })).toBe(
      '/appdata/aufruf/mitte',
    );
  });

  it('ignores a relative XDG_DATA_HOME, as its specification demands', () => {
    expect(defaultDataFolder(mitte, { platform: 'linux', env: { XDG_DATA_HOME: 'data' }, home })).toBe(
      '/home/anna/.local/share/aufruf/mitte',
    );
  });
});
