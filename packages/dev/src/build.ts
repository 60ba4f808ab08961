/** `npm run build [app ...]`: the apps' main, preload and renderer into apps/<app>/out, where something changed. */
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'vite';
import { type App, apps, isApp } from './apps.ts';
import { isMain } from './is-main.ts';
import { rendererConfig } from './renderer-config.ts';
import { root } from './root.ts';
import { type ShellPart, shellConfig } from './shell-config.ts';
import { sourceStamp } from './source-stamp.ts';

/** Where a built renderer lies, ready to be served at any path. */
export const builtRenderer = (app: App) => join(root, 'apps', app, 'out', 'renderer');

/** All of them, as a hub wants to know it. */
export const builtRenderers = {
  kiosk: builtRenderer('kiosk'),
  display: builtRenderer('display'),
  counter: builtRenderer('counter'),
} as const satisfies Record<App, string>;

type Part = 'renderer' | ShellPart;

/** What each part is made of, relative to the root. */
const SOURCES: Readonly<Record<Part, readonly string[]>> = {
  renderer: ['packages/ui/src', 'packages/shared/src', 'packages/dev/src/renderer-config.ts'],
  main: [
    ...['electron', 'engine', 'hub', 'shared'].map((name) => `packages/${name}/src`),
    'packages/dev/src/shell-config.ts',
  ],
  preload: ['packages/electron/src/preload', 'packages/shared/src', 'packages/dev/src/shell-config.ts'],
};

/**
 * Builds the renderers whose sources changed since their last build; returns their apps. Safe to run twice at once: a
 * build takes the place of the old one whole.
 */
export const buildRenderers = (wanted: readonly App[] = apps): Promise<readonly App[]> =>
  buildStale(wanted, ['renderer']);

/** The same for all that a desktop app consists of: main, preload, and the renderer. */
export const buildDesktopApps = (wanted: readonly App[] = apps): Promise<readonly App[]> =>
  buildStale(wanted, ['renderer', 'main', 'preload']);

async function buildStale(wanted: readonly App[], parts: readonly Part[]): Promise<readonly App[]> {
  const stale = wanted.flatMap((app) =>
    parts.filter((part) => readStamp(app, part) !== currentStamp(app, part)).map((part) => ({ app, part })),
  );
  if (stale.length > 0) {
    await asProduction(() => Promise.all(stale.map(({ app, part }) => buildPart(app, part))));
  }
  return wanted.filter((app) => stale.some((each) => each.app === app));
}

/** Vite reads NODE_ENV and leaves it set; tests that run in this process afterwards need React's own checks. */
async function asProduction<T>(work: () => Promise<T>): Promise<T> {
  const before = process.env.NODE_ENV;
  process.env.NODE_ENV = 'production';
  try {
    return await work();
  } finally {
    if (before === undefined) delete process.env.NODE_ENV;
    else process.env.NODE_ENV = before;
  }
}

async function buildPart(app: App, part: Part): Promise<void> {
  const stamp = currentStamp(app, part);
  const target = join(outFolder(app), part);
  const fresh = `${target}-${process.pid}`;
  const config = part === 'renderer' ? rendererConfig(app) : shellConfig(app, part);
  try {
    await build({ ...config, build: { ...config.build, outDir: fresh, emptyOutDir: true } });
    rmSync(stampFile(app, part), { force: true });
    rmSync(target, { recursive: true, force: true });
    renameSync(fresh, target);
    writeFileSync(stampFile(app, part), stamp);
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
}

const currentStamp = (app: App, part: Part): string =>
  sourceStamp(root, [`apps/${app}/src/${part}`, ...SOURCES[part], 'package-lock.json']);

const outFolder = (app: App) => join(root, 'apps', app, 'out');

/** Beside what was built, not in it: it is neither served nor packed. */
function stampFile(app: App, part: Part): string {
  mkdirSync(outFolder(app), { recursive: true });
  return join(outFolder(app), `${part}.stamp`);
}

function readStamp(app: App, part: Part): string | null {
  const file = stampFile(app, part);
  return existsSync(file) && existsSync(join(outFolder(app), part)) ? readFileSync(file, 'utf8') : null;
}

if (isMain(import.meta)) {
  const names = process.argv.slice(2);
  const wrong = names.find((name) => !isApp(name));
  if (wrong !== undefined) {
    console.error(`There is no app "${wrong}"; there are ${apps.join(', ')}.`);
    process.exit(1);
  }
  const startedAt = performance.now();
  try {
    const built = await buildDesktopApps(names.length ? names.filter(isApp) : apps);
    const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
    console.log(built.length ? `Built ${built.join(', ')} in ${seconds} s.` : 'Everything is up to date.');
  } catch (error) {
    console.error((error as Error).message);
    process.exit(1);
  }
}
