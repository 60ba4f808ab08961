import type { LocationId } from '@aufruf/shared/lib/ids';
import { describe, expect, it } from 'vitest';
import { defaultDataFolder, defaultLogFolder } from './default-folders.ts';

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

describe('defaultLogFolder', () => {
  it("is the user's own, one for each location, and never in the data folder", () => {
    const linux = { platform: 'linux', env: {}, home } as const;
    expect(defaultLogFolder(mitte, linux)).toBe('/home/anna/.local/state/aufruf/mitte/log');
    expect(defaultLogFolder(mitte, { ...linux, env: { XDG_STATE_HOME: '/state' } })).toBe('/state/aufruf/mitte/log');
    expect(defaultLogFolder(mitte, { ...linux, env: { XDG_STATE_HOME: 'state' } })).toBe(
      defaultLogFolder(mitte, linux),
    );
    expect(defaultLogFolder(mitte, { platform: 'darwin', env: {}, home })).toBe('/home/anna/Library/Logs/aufruf/mitte');
    expect(defaultLogFolder(mitte, { platform: 'win32', env: { LOCALAPPDATA: '/local' }, home })).toBe(
      '/local/aufruf/mitte/log',
    );
    for (const platform of ['linux', 'darwin', 'win32'] as const) {
      const machine = { platform, env: {}, home };
      expect(defaultLogFolder(mitte, machine).startsWith(defaultDataFolder(mitte, machine))).toBe(false);
    }
  });
});
