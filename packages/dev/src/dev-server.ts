/**
 * `npm run dev [-- --port N] [--location FILE]`: the three apps with hot reload, and a hub that starts anew when
 * its sources change. Its data live as long as this command. Opening hours are ignored.
 */
import { mkdtempSync, rmSync, watch } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { createServer, type ViteDevServer } from 'vite';
import { type App, apps } from './apps.ts';
import { builtRenderers } from './build.ts';
import { type HubProcess, startHubProcess } from './hub-process/hub-process.ts';
import { rendererConfig } from './renderer-config.ts';
import { root } from './root.ts';

const HUB_SOURCES = ['shared', 'engine', 'hub'].map((name) => join(root, 'packages', name, 'src'));
/** Editors save a file in several steps. */
const SETTLE_MS = 150;
const FIRST_PORT = 5171;

const { values } = parseArgs({
  options: { port: { type: 'string', default: '4710' }, location: { type: 'string' } },
});
const hubPort = Number(values.port);
// npm changes to the folder of package.json and notes where the command was typed.
const typedIn = process.env.INIT_CWD ?? process.cwd();
const locationFile = values.location
  ? resolve(typedIn, values.location)
  : join(root, 'packages', 'dev', 'samples', 'hamburg-mitte.json');
const dataFolder = mkdtempSync(join(tmpdir(), 'aufruf-dev-'));

let hub: HubProcess | null = null;
/** Stops and starts follow one another, however fast files change. */
let lastStep: Promise<void> = Promise.resolve();
let isStopping = false;

function restartHub(): Promise<void> {
  lastStep = lastStep.then(async () => {
    await hub?.stop();
    hub = null;
    if (isStopping) return;
    try {
      hub = await startHubProcess({
        locationFile,
        dataFolder,
        port: hubPort,
        openAllDay: true,
        renderers: builtRenderers,
      });
      console.log(`hub      ${hub.url}`);
    } catch (error) {
      console.error(`The hub does not start; the next change of its sources tries again.\n${(error as Error).message}`);
    }
  });
  return lastStep;
}

async function serveApp(app: App, index: number): Promise<ViteDevServer> {
  const server = await createServer({
    ...rendererConfig(app),
    clearScreen: false,
    server: {
      host: '127.0.0.1',
      port: FIRST_PORT + index,
      proxy: { '/socket.io': { target: `http://127.0.0.1:${hubPort}`, ws: true } },
    },
  });
  return server.listen();
}

await restartHub();
const servers = await Promise.all(apps.map(serveApp));
for (const [index, app] of apps.entries()) {
  console.log(`${app.padEnd(8)} ${servers[index]?.resolvedUrls?.local[0]}`);
}

let settling: NodeJS.Timeout | undefined;
for (const folder of HUB_SOURCES) {
  watch(folder, { recursive: true }, (_event, file) => {
    if (file === null || /\.(test|contract)\.ts$/.test(file)) return;
    clearTimeout(settling);
    settling = setTimeout(() => void restartHub(), SETTLE_MS);
  });
}

async function stop(): Promise<void> {
  if (isStopping) return;
  isStopping = true;
  clearTimeout(settling);
  await lastStep;
  await hub?.stop();
  await Promise.all(servers.map((server) => server.close()));
  rmSync(dataFolder, { recursive: true, force: true });
  process.exit(0);
}
// Vite has its own idea of SIGTERM: it ends the process at once, with the hub and its data left behind.
process.removeAllListeners('SIGTERM');
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void stop());
