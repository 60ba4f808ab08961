/** The hub of a replay: a real one, with its own database, on a free port of this machine, by the compressed clock. */
import { join } from 'node:path';
import { startHub } from '@aufruf/hub/main';
import { failAsChild, listenToParent, tellParent } from './process-lines.ts';
import { takeSettings } from './process-settings.ts';

async function main(): Promise<void> {
  const { settings, clock, platform } = takeSettings(process.argv[2]);
  // Nobody opens a page during a replay.
  const noPages = join(settings.dataFolder, 'no-pages');
  const started = await startHub({
    locationFile: settings.locationFile,
    dataFolder: join(settings.dataFolder, 'hub'),
    renderers: { kiosk: noPages, display: noPages, counter: noPages },
    port: 0,
    platform,
  });
  if (!started.ok) return failAsChild(new Error(started.refusal.lines.join(' ')));
  const { hub, url, close } = started.value;

  const end = () => void close().then(() => process.exit(0));
  process.on('SIGTERM', end);
  listenToParent((line) => {
    if (line.kind === 'pace') clock.setPace(line);
    if (line.kind === 'report')
      tellParent({ kind: 'state', device: 'hub', rows: hub.state().info.rows, stateHash: hub.stateHash(), pending: 0 });
  }, end);
  tellParent({ kind: 'ready', url });
}

process.on('uncaughtException', failAsChild);
process.on('unhandledRejection', failAsChild);
main().catch(failAsChild);
