/**
 * Starts an app as `electron <path> [arguments]` would: forked by `start-app.ts`, with its settings in the environment.
 * `path`: the app's folder, whose package.json names its main, or the main itself.
 */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type AppManifest, app, becomeReady, isReadyAwaited, prepareApp } from './main/app.ts';
import { hasStarter, listen, tell } from './main/control.ts';
import { electron } from './main/electron-module.ts';
import { ELECTRON_VERSION } from './main/process-info.ts';
import { records } from './main/records.ts';
import './register.ts';

/** A main whose evaluation takes longer while somebody waits for `ready` waits for itself. */
const EVALUATION_MS = 3_000;

const [path = '', ...args] = process.argv.slice(2);
const { main, manifest } = readApp(resolve(path));
process.argv = [process.execPath, path, ...args];
Object.defineProperty(process, 'type', { value: 'browser' });
Object.defineProperty(process.versions, 'electron', { value: ELECTRON_VERSION });
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => app.quit());
// Never outlives whoever started it.
process.once('disconnect', () => process.exit(0));
if (hasStarter()) listen(answer);

prepareApp(manifest, args);
let awaitedMs = 0;
const startedMs = performance.now();
const watchdog = setInterval(() => {
  if (!isReadyAwaited()) return;
  awaitedMs ||= performance.now();
  if (performance.now() - awaitedMs < EVALUATION_MS) return;
  const evaluatedMs = Math.round(performance.now() - startedMs);
  console.error(
    `${main} is still being evaluated after ${evaluatedMs} ms, and something waits for ready, which comes only after that. ` +
      'A top-level await of app.whenReady() hangs real Electron for ever (electron/electron#40719): use .then().',
  );
  process.exit(1);
}, 50);
await import(pathToFileURL(main).href);
clearInterval(watchdog);
becomeReady();

function readApp(at: string): { readonly main: string; readonly manifest: AppManifest } {
  const isFolder = statSync(at).isDirectory();
  const folder = isFolder ? at : dirname(at);
  const file = join(folder, 'package.json');
  const known: {
    readonly name?: string;
    readonly productName?: string;
    readonly version?: string;
    readonly main?: string;
  } = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
  const { name = basename(folder), productName = name, version = '0.0.0' } = known;
  return {
    main: isFolder ? join(folder, known.main ?? 'index.js') : at,
    manifest: { name: productName, version, folder },
  };
}

async function answer(message: Parameters<Parameters<typeof listen>[0]>[0]): Promise<void> {
  const { id } = message;
  try {
    if (message.type === 'records') return tell({ type: 'answer', id, value: records() });
    // The test's own function; it comes as text, as it does to real Electron.
    const work = new Function(`return (${message.source});`)() as (...given: unknown[]) => unknown;
    tell({ type: 'answer', id, value: await work(electron, message.arg) });
  } catch (error) {
    tell({ type: 'failed', id, message: error instanceof Error ? (error.stack ?? error.message) : String(error) });
  }
}
