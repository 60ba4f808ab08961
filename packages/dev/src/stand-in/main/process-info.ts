/** What `process` tells in an app's main and preload: the versions of the Electron that is stood in for. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const manifest: { readonly version: string } = JSON.parse(
  readFileSync(createRequire(import.meta.url).resolve('electron/package.json'), 'utf8'),
);

/** Electron's version. */
export const ELECTRON_VERSION = manifest.version;

/** `process` of a sandboxed preload. */
export const processInfo = (): Readonly<Record<string, unknown>> => ({
  platform: process.platform,
  arch: process.arch,
  type: 'renderer',
  sandboxed: true,
  contextIsolated: true,
  versions: { electron: ELECTRON_VERSION, node: process.versions.node },
});
