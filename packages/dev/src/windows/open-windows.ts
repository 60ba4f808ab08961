/**
 * Kiosk, display and counter as desktop apps, each a process with a window of its own, set up without a question: hub,
 * station and data folder come with the command line. Each is in a window like any other, since this is somebody's desk.
 *
 * Invariants: one that ends leaves the others alone; after `stop` none is left.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import type { LocationConfig } from '@aufruf/shared/domain/location-config/schema';
import { SECOND_MS } from '@aufruf/shared/lib/time';
import { type App, apps } from '../apps.ts';
import { root } from '../root.ts';

/** A window that has not closed by then is closed by force; what it has committed is on the disk. */
const STOP_WITHIN_MS = SECOND_MS;
/** An app that fails so soon has never shown anything. */
export const STARTED_MS = 15 * SECOND_MS;

export interface WindowsOptions {
  /** Electron's executable. */
  readonly electron: string;
  readonly hubUrl: string;
  readonly config: Pick<LocationConfig, 'kiosks' | 'displays' | 'counters'>;
  /** The apps' data folders are made below it. */
  readonly folder: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly isRoot: boolean;
  readonly onEnd: (end: WindowEnd) => void;
}

export interface WindowEnd {
  readonly app: App;
  /** Null: somebody closed it. Otherwise what went wrong, to stand inside a sentence. */
  readonly problem: string | null;
  /** It had hardly been started. */
  readonly isEarly: boolean;
  /** Windows that are still there. */
  readonly left: number;
}

export interface Windows {
  /** How many were opened: a location may have no kiosk or display. */
  readonly count: number;
  /** Resolves when all are gone. Repetition does nothing. */
  stop(): Promise<void>;
}

export function openWindows(options: WindowsOptions): Windows {
  const running = new Map<App, Promise<void>>();
  const children = new Set<ChildProcess>();
  let isStopping = false;

  for (const [app, station] of stationsOf(options.config)) {
    const startedMs = performance.now();
    const child = spawn(options.electron, windowArgs(options, app, station), {
      env: windowEnv(options.env),
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let said = '';
    child.stderr.on('data', (chunk: Buffer) => {
      said = (said + chunk.toString()).slice(-4_000);
    });
    children.add(child);
    const ended = new Promise<string | null>((resolve) => {
      child.once('error', (error) => resolve(error.message));
      child.once('close', (code, signal) => resolve(code === 0 ? null : lastWords(said, code, signal)));
    });
    running.set(
      app,
      ended.then((problem) => {
        children.delete(child);
        running.delete(app);
        const isEarly = performance.now() - startedMs < STARTED_MS;
        if (!isStopping) options.onEnd({ app, problem, isEarly, left: running.size });
      }),
    );
  }

  return {
    count: running.size,
    async stop() {
      isStopping = true;
      for (const child of children) child.kill('SIGTERM');
      const late = setTimeout(() => {
        for (const child of children) child.kill('SIGKILL');
      }, STOP_WITHIN_MS);
      await Promise.all(running.values());
      clearTimeout(late);
    },
  };
}

/** The first kiosk and counter, as in web mode, and of the displays the one that shows most of the location. */
export function stationsOf({ kiosks, displays, counters }: WindowsOptions['config']): ReadonlyMap<App, string> {
  const byAreas = displays.toSorted((a, b) => b.areaIds.length - a.areaIds.length);
  const first = { kiosk: kiosks[0], display: byAreas[0], counter: counters[0] };
  return new Map(apps.flatMap((app) => (first[app] === undefined ? [] : [[app, first[app].id as string] as const])));
}

function windowArgs({ hubUrl, folder, isRoot }: WindowsOptions, app: App, station: string): readonly string[] {
  return [
    // Chromium refuses its sandbox to root.
    ...(isRoot ? ['--no-sandbox'] : []),
    join(root, 'apps', app),
    ...['--hub', hubUrl, '--station', station, '--data', join(folder, app), '--windowed'],
  ];
}

/** Editors set the first variable in their terminals; with it Electron is no more than Node. The cache is this Node's. */
function windowEnv(env: WindowsOptions['env']): NodeJS.ProcessEnv {
  const { ELECTRON_RUN_AS_NODE: _, NODE_COMPILE_CACHE: __, ...rest } = env;
  return rest as NodeJS.ProcessEnv;
}

function lastWords(said: string, code: number | null, signal: NodeJS.Signals | null): string {
  const how = signal === null ? `exit code ${code}` : signal;
  const line = said.trim().split('\n').at(-1) ?? '';
  return line === '' ? how : `${how}: ${line.slice(0, 300)}`;
}
