/**
 * Fetches Electron's binary with the install script of its own package. Only where it can succeed: the script has no
 * time limit of its own worth the name, and whoever has no way to its server should not wait to learn that.
 */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { type Result, refuse } from '@aufruf/shared/lib/result';
import { MINUTE_MS, SECOND_MS } from '@aufruf/shared/lib/time';

/** A server that has not answered by then is not reached. */
const PROBE_WITHIN_MS = 3 * SECOND_MS;
/** About 100 MB; who has less than 3 Mbit/s is better off with a browser now. */
const FETCH_WITHIN_MS = 5 * MINUTE_MS;

const SERVER = 'https://github.com/electron/electron/releases/download/';
/** In the order in which the script reads them. */
const MIRROR_VARIABLES = ['npm_config_electron_mirror', 'NPM_CONFIG_ELECTRON_MIRROR', 'ELECTRON_MIRROR'];

type Env = Readonly<Record<string, string | undefined>>;

export interface FetchElectronOptions {
  /** Folder of the package `electron`. */
  readonly folder: string;
  readonly env: Env;
  /** Ends it early: whoever waits for it is leaving. */
  readonly signal: AbortSignal;
  /** Called once when the server has answered and the download begins. */
  readonly onBegin: () => void;
  readonly withinMs?: number;
  readonly probeWithinMs?: number;
}

export interface NotFetched {
  readonly type: 'notFetched';
  /** Why, to stand inside a sentence. */
  readonly reason: string;
}

export async function fetchElectron(options: FetchElectronOptions): Promise<Result<null, NotFetched>> {
  const { folder, env, signal, onBegin, withinMs = FETCH_WITHIN_MS, probeWithinMs = PROBE_WITHIN_MS } = options;
  const failed = (reason: string) => refuse({ type: 'notFetched' as const, reason });
  const server = MIRROR_VARIABLES.map((name) => env[name]).find(Boolean) ?? SERVER;
  // Through a proxy it is the script that knows the way.
  const isProbed = !env.ELECTRON_GET_USE_PROXY;
  if (isProbed && !(await answers(server, AbortSignal.any([signal, AbortSignal.timeout(probeWithinMs)]))))
    return failed(`${hostOf(server)} does not answer`);
  onBegin();
  const limit = AbortSignal.timeout(withinMs);
  const { code, lastLine } = await runScript(join(folder, 'install.js'), env, AbortSignal.any([signal, limit]));
  if (code === 0) return { ok: true, value: null };
  if (limit.aborted) return failed(`its download took longer than ${Math.round(withinMs / SECOND_MS)} s`);
  return failed(lastLine === '' ? 'its install script failed' : `its install script failed: ${lastLine}`);
}

/** Whatever it answers, it is there. */
async function answers(url: string, signal: AbortSignal): Promise<boolean> {
  try {
    await fetch(url, { method: 'HEAD', redirect: 'manual', signal });
    return true;
  } catch {
    return false;
  }
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : url;
}

/** `lastLine`: the first line of what the script complained about, without the stack behind it. */
function runScript(file: string, env: Env, signal: AbortSignal): Promise<{ code: number | null; lastLine: string }> {
  return new Promise((resolve) => {
    let said = '';
    // A script that hangs may not listen to anything gentler.
    const child = spawn(process.execPath, [file], {
      env: env as NodeJS.ProcessEnv,
      stdio: ['ignore', 'ignore', 'pipe'],
      signal,
      killSignal: 'SIGKILL',
    });
    child.stderr.on('data', (chunk: Buffer) => {
      said += chunk.toString();
    });
    const end = (code: number | null): void => resolve({ code, lastLine: complaint(said) });
    child.on('error', () => {
      // One that was ended is not gone yet.
      if (child.pid === undefined) end(null);
    });
    child.on('close', end);
  });
}

const complaint = (said: string): string =>
  (/^\s*(?:\w*Error|Error \w+): (.+)$/m.exec(said)?.[1] ?? said.trim().split('\n').at(-1) ?? '').trim().slice(0, 200);
