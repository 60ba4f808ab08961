/** How Vite sees an app's renderer; shared by the build and the development server. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import react from '@vitejs/plugin-react';
import type { InlineConfig } from 'vite';
import type { App } from './apps.ts';
import { root } from './root.ts';

/** Web mode runs on televisions and thin clients, whose browsers are some years old. */
const BROWSERS = ['chrome94', 'edge94', 'firefox102', 'safari15.4'];

const rendererFolder = (app: App) => join(root, 'apps', app, 'src', 'renderer');

export function rendererConfig(app: App): InlineConfig {
  const folder = rendererFolder(app);
  return {
    configFile: false,
    root: folder,
    // Relative, so that the same files work below /kiosk/ of a hub and below app:// in a window.
    base: './',
    logLevel: 'warn',
    plugins: [react()],
    build: {
      target: BROWSERS,
      // Nothing inline: the pages run under a policy that allows only files of their own origin.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      sourcemap: false,
      reportCompressedSize: false,
      // One file per page comes from the hub next door; the bundler's advice on its size is for pages on the internet.
      chunkSizeWarningLimit: 2_000,
      // On a slow machine the bundler would print how long its plugins took, to whoever only wants to start Aufruf.
      rolldownOptions: { input: htmlEntries(folder), checks: { bundlerTimings: false } },
    },
  };
}

/** Every page of the app: index.html and, at the kiosk, the citizen's own ticket.html. */
function htmlEntries(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.html'))
    .map((name) => join(folder, name));
}
