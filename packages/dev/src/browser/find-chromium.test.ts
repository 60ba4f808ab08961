import { describe, expect, it } from 'vitest';
import { chromiumPlaces } from './chromium-places.ts';
import { findChromium, type Machine } from './find-chromium.ts';

interface Given {
  readonly env?: NodeJS.ProcessEnv;
  readonly working?: readonly string[];
  readonly packed?: string | null;
  /** What works after an installation; undefined = nothing can be installed. */
  readonly installing?: readonly string[];
}

function machine({ env = { PATH: '/bin' }, working = [], packed = null, installing }: Given) {
  const works = new Set(working);
  const done: string[] = [];
  const given: Machine = {
    env,
    platform: 'linux',
    works: async (path) => works.has(path),
    unpack: async () => {
      done.push('unpack');
      return packed;
    },
    install: async () => {
      done.push('install');
      for (const path of installing ?? []) works.add(path);
      return installing !== undefined;
    },
  };
  return { given, done };
}

describe('findChromium', () => {
  it('takes the one of CHROMIUM_PATH before any other', async () => {
    const { given } = machine({ env: { PATH: '/bin', CHROMIUM_PATH: '/mine' }, working: ['/mine', '/bin/chromium'] });
    expect(await findChromium(given)).toEqual({ ok: true, value: '/mine' });
  });

  it('does not silently take another than the one asked for', async () => {
    const { given, done } = machine({ env: { PATH: '/bin', CHROMIUM_PATH: '/mine' }, working: ['/bin/chromium'] });
    expect(await findChromium(given)).toMatchObject({
      ok: false,
      refusal: { reason: expect.stringContaining('/mine') },
    });
    expect(done).toEqual([]);
  });

  it('takes an installed one, passing over those that do not start', async () => {
    const { given, done } = machine({ working: ['/bin/microsoft-edge'], packed: '/packed' });
    expect(await findChromium(given)).toEqual({ ok: true, value: '/bin/microsoft-edge' });
    expect(done).toEqual([]);
  });

  it('unpacks the packaged one where none is installed', async () => {
    const { given, done } = machine({ working: ['/packed'], packed: '/packed' });
    expect(await findChromium(given)).toEqual({ ok: true, value: '/packed' });
    expect(done).toEqual(['unpack']);
  });

  it('installs one where the packaged one lacks a library', async () => {
    const { given, done } = machine({ packed: '/packed', installing: ['/bin/chromium'] });
    expect(await findChromium(given)).toEqual({ ok: true, value: '/bin/chromium' });
    expect(done).toEqual(['unpack', 'install']);
  });

  it('says what would help where there is none', async () => {
    expect(await findChromium(machine({}).given)).toMatchObject({
      ok: false,
      refusal: { type: 'noChromium', reason: expect.stringContaining('CHROMIUM_PATH') },
    });
  });
});

describe('chromiumPlaces', () => {
  it('follows PATH on Linux, folder by folder', () => {
    const places = chromiumPlaces({ PATH: '/a::/b' }, 'linux');
    expect(places[0]).toBe('/a/chromium');
    expect(places).toContain('/b/google-chrome');
    expect(places.indexOf('/a/microsoft-edge')).toBeLessThan(places.indexOf('/b/chromium'));
  });

  it('knows the places of macOS and Windows', () => {
    expect(chromiumPlaces({ HOME: '/Users/x' }, 'darwin')).toContain(
      '/Users/x/Applications/Chromium.app/Contents/MacOS/Chromium',
    );
    expect(chromiumPlaces({ PROGRAMFILES: 'C:\\Program Files' }, 'win32')).toContain(
      'C:\\Program Files\\Microsoft\\Edge\\Application\\msedge.exe',
    );
  });

  it('names nothing where the environment says nothing', () => {
    expect(chromiumPlaces({}, 'linux')).toEqual([]);
    expect(chromiumPlaces({}, 'win32')).toEqual([]);
  });
});
