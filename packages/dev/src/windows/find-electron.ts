/** Where Electron's binary is. Its package must not be imported to find out: it would try to fetch what is missing. */
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { type Result, refuse } from '@aufruf/shared/lib/result';

export interface ElectronPlace {
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Folder of the package `electron`; null where it is not installed. */
  readonly folder: string | null;
}

/**
 * `notFetched`: the package is there, its binary is not. `overrideEmpty`: the folder that somebody has named holds none;
 * nothing is fetched in its place. `noPackage`: it is not installed.
 */
export interface ElectronMissing {
  readonly type: 'notFetched' | 'overrideEmpty' | 'noPackage';
  readonly reason: string;
}

/** Path of the executable. */
export type ElectronSearch = Result<string, ElectronMissing>;

export function findElectron({ platform, env, folder }: ElectronPlace = thisMachine()): ElectronSearch {
  const override = env.ELECTRON_OVERRIDE_DIST_PATH;
  if (override) {
    const file = join(override, executableIn(platform));
    if (existsSync(file)) return { ok: true, value: file };
    return refuse({ type: 'overrideEmpty', reason: `ELECTRON_OVERRIDE_DIST_PATH names a folder without ${file}` });
  }
  if (folder === null) return refuse({ type: 'noPackage', reason: 'the package electron is not installed' });
  // Written last, when everything is unpacked.
  const note = join(folder, 'path.txt');
  const file = existsSync(note) ? join(folder, 'dist', readFileSync(note, 'utf8')) : null;
  if (file !== null && existsSync(file)) return { ok: true, value: file };
  return refuse({ type: 'notFetched', reason: "Electron's binary is not here" });
}

const thisMachine = (): ElectronPlace => ({
  platform: process.platform,
  env: process.env,
  folder: electronFolder(),
});

export function electronFolder(): string | null {
  try {
    return dirname(createRequire(import.meta.url).resolve('electron/package.json'));
  } catch {
    return null;
  }
}

/** As the archives that Electron publishes hold it. */
function executableIn(platform: NodeJS.Platform): string {
  if (platform === 'win32') return 'electron.exe';
  return platform === 'darwin' ? join('Electron.app', 'Contents', 'MacOS', 'Electron') : 'electron';
}
