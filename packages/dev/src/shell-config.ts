/** How Vite builds an app's main process, with the hub it may host, and its preload. */
import { join } from 'node:path';
import type { InlineConfig } from 'vite';
import type { App } from './apps.ts';
import { root } from './root.ts';

/** What Electron 45 brings. */
const NODE = 'node24';
const CHROME = 'chrome156';

/**
 * Not bundled: Electron is there, better-sqlite3 is a library of the system's kind, and the other two are optional
 * helpers of socket.io that are not installed.
 */
const EXTERNAL = ['electron', 'better-sqlite3', 'bufferutil', 'utf-8-validate'];

export type ShellPart = 'main' | 'preload';

const source = (app: App, ...path: string[]) => join(root, 'apps', app, 'src', ...path);

/** Everything else is bundled, so that a packed app holds these files and one native library. */
export function shellConfig(app: App, part: ShellPart): InlineConfig {
  const common: InlineConfig = { configFile: false, root: join(root, 'apps', app), logLevel: 'warn' };
  if (part === 'main') {
    return {
      ...common,
      ssr: { noExternal: true, external: EXTERNAL },
      build: {
        ssr: true,
        target: NODE,
        minify: false,
        reportCompressedSize: false,
        rolldownOptions: {
          input: { index: source(app, 'main', 'index.ts'), hub: source(app, 'main', 'hub.ts') },
          external: EXTERNAL,
          output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
        },
      },
    };
  }
  return {
    ...common,
    build: {
      target: CHROME,
      minify: false,
      reportCompressedSize: false,
      // A sandboxed preload is CommonJS, and one file: it can require nothing but Electron's own.
      lib: { entry: source(app, 'preload', 'index.ts'), formats: ['cjs'], fileName: () => 'index.cjs' },
      rolldownOptions: { external: ['electron'], output: { codeSplitting: false } },
    },
  };
}
