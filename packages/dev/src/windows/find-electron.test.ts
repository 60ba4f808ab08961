import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { electronProblem } from '../e2e-harness/electron-app.ts';
import { findElectron } from './find-electron.ts';

describe('findElectron', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'aufruf-electron-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));
  const find = (env: Readonly<Record<string, string>> = {}, platform: NodeJS.Platform = 'linux') =>
    findElectron({ platform, env, folder });

  it('finds what the package has fetched', () => {
    mkdirSync(join(folder, 'dist'));
    writeFileSync(join(folder, 'dist', 'electron'), '');
    expect(find()).toMatchObject({ refusal: { type: 'notFetched' } });
    writeFileSync(join(folder, 'path.txt'), 'electron');
    expect(find()).toEqual({ ok: true, value: join(folder, 'dist', 'electron') });
  });

  it('a note without a binary behind it is none', () => {
    writeFileSync(join(folder, 'path.txt'), 'electron');
    expect(find()).toMatchObject({ refusal: { type: 'notFetched' } });
  });

  it.each([
    ['linux', 'electron'],
    ['win32', 'electron.exe'],
    ['darwin', join('Electron.app', 'Contents', 'MacOS', 'Electron')],
  ] as const)(
    'the folder that ELECTRON_OVERRIDE_DIST_PATH names goes before, and is never filled: %s',
    (platform, executable) => {
      const dist = join(folder, 'own');
      const env = { ELECTRON_OVERRIDE_DIST_PATH: dist };
      expect(find(env, platform)).toMatchObject({ refusal: { type: 'overrideEmpty' } });
      mkdirSync(join(dist, executable), { recursive: true });
      expect(find(env, platform)).toEqual({ ok: true, value: join(dist, executable) });
    },
  );

  it('an electron that is not installed is not there', () => {
    expect(findElectron({ platform: 'linux', env: {}, folder: null })).toMatchObject({
      refusal: { type: 'noPackage' },
    });
  });

  it('specs on real Electron say why they are skipped', () => {
    expect(electronProblem({ ok: true, value: '/electron' })).toBeNull();
    expect(electronProblem(find())).toContain('ELECTRON_OVERRIDE_DIST_PATH');
  });
});
