/** `npm run build [app ...]`: the apps' renderers into apps/<app>/out/renderer, where something changed. */
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'vite';
import { type App, apps, isApp } from './apps.ts';
import { isMain } from './is-main.ts';
import { rendererConfig } from './renderer-config.ts';
import { root } from './root.ts';
import { sourceStamp } from './source-stamp.ts';

/** Where a built renderer lies, ready to be served at any path. */
export const builtRenderer = (app: App) => join(root, 'apps', app, 'out', 'renderer');

/** All of them, as a hub wants to know it. */
export const builtRenderers = {
  kiosk: builtRenderer('kiosk'),
  display: builtRenderer('display'),
  counter: builtRenderer('counter'),
} as const satisfies Record<App, string>;

/**
 * Builds those whose sources changed since their last build; returns them. Safe to run twice at once: a build
 * takes the place of the old one whole.
 */
export async function buildRenderers(wanted: readonly App[] = apps): Promise<readonly App[]> {
  const stale = wanted.filter((app) => readStamp(app) !== currentStamp(app));
  await Promise.all(stale.map(buildRenderer));
  return stale;
}

async function buildRenderer(app: App): Promise<void> {
  const stamp = currentStamp(app);
  const target = builtRenderer(app);
  const fresh = `${target}-${process.pid}`;
  const config = rendererConfig(app);
  try {
    await build({ ...config, build: { ...config.build, outDir: fresh, emptyOutDir: true } });
    rmSync(stampFile(app), { force: true });
    rmSync(target, { recursive: true, force: true });
    renameSync(fresh, target);
    writeFileSync(stampFile(app), stamp);
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
}

function currentStamp(app: App): string {
  return sourceStamp(root, [
    `apps/${app}/src`,
    'packages/ui/src',
    'packages/shared/src',
    'packages/dev/src/renderer-config.ts',
    'package-lock.json',
  ]);
}

/** Beside the renderer, not in it: it is not to be served. */
function stampFile(app: App): string {
  const folder = join(root, 'apps', app, 'out');
  mkdirSync(folder, { recursive: true });
  return join(folder, 'renderer.stamp');
}

function readStamp(app: App): string | null {
  const file = stampFile(app);
  return existsSync(file) && existsSync(builtRenderer(app)) ? readFileSync(file, 'utf8') : null;
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
    const built = await buildRenderers(names.length ? names.filter(isApp) : apps);
    const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
    console.log(built.length ? `Built ${built.join(', ')} in ${seconds} s.` : 'Everything is up to date.');
  } catch (error) {
    console.error((error as Error).message);
    process.exit(1);
  }
}
