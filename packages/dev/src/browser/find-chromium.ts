/**
 * A Chromium to test with, on whatever machine: the one of CHROMIUM_PATH, an installed Chrome, Chromium or Edge, the
 * one packed in an npm package (Linux x64), and as root on Debian the one of apt. Each is tried before it is named:
 * a distribution's `chromium` may be a mere hint to install something else.
 */
import { execFile } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { promisify } from 'node:util';
import { ok, type Result, refuse } from '@aufruf/shared/lib/result';
import { chromiumPlaces } from './chromium-places.ts';
import { unpackChromium } from './unpack-chromium.ts';

const TRIAL_TIMEOUT_MS = 30_000;
const run = promisify(execFile);

/** What the search needs of the machine. */
export interface Machine {
  readonly env: NodeJS.ProcessEnv;
  readonly platform: NodeJS.Platform;
  /** Whether it is there and starts. */
  works(path: string): Promise<boolean>;
  /** Unpacks the packaged one; null where there is none for this machine. */
  unpack(): Promise<string | null>;
  /** Installs one by the system's packages; false where that is impossible. */
  install(): Promise<boolean>;
}

/** `noChromium`: there is none to be had; `reason` says what would help. */
export type ChromiumSearch = Result<string, { readonly type: 'noChromium'; readonly reason: string }>;

export async function findChromium(machine: Machine = thisMachine): Promise<ChromiumSearch> {
  const asked = machine.env.CHROMIUM_PATH;
  if (asked)
    return (await machine.works(asked)) ? ok(asked) : noChromium(`CHROMIUM_PATH names ${asked}, which does not start.`);
  const installed = await findInstalled(machine);
  if (installed !== null) return ok(installed);
  const unpacked = await machine.unpack();
  if (unpacked !== null && (await machine.works(unpacked))) return ok(unpacked);
  if (await machine.install()) {
    const fresh = await findInstalled(machine);
    if (fresh !== null) return ok(fresh);
    // It may have lacked only a library that came along.
    if (unpacked !== null && (await machine.works(unpacked))) return ok(unpacked);
  }
  return noChromium('No Chromium, Chrome or Edge was found. Install one, or name one in CHROMIUM_PATH.');
}

const noChromium = (reason: string) => refuse({ type: 'noChromium', reason } as const);

async function findInstalled(machine: Machine): Promise<string | null> {
  for (const path of chromiumPlaces(machine.env, machine.platform)) {
    if (await machine.works(path)) return path;
  }
  return null;
}

const thisMachine: Machine = {
  env: process.env,
  platform: process.platform,

  async works(path) {
    try {
      accessSync(path, constants.X_OK);
      // On Windows "--version" opens a window instead of answering.
      if (process.platform !== 'win32') await run(path, ['--version'], { timeout: TRIAL_TIMEOUT_MS });
      return true;
    } catch {
      return false;
    }
  },

  unpack: unpackChromium,

  async install() {
    if (process.platform !== 'linux' || process.getuid?.() !== 0) return false;
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    try {
      await run('apt-get', ['update', '-qq'], { env });
      await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'], { env });
      return true;
    } catch {
      return false;
    }
  },
};
