/**
 * `npm start`: one hub with its three apps, as windows of Electron where that is possible, in the browser otherwise. Whatever a person can mend ends in one clear line and exit code
 * 1; Ctrl-C ends everything within STOP_WITHIN_MS, with exit code 0.
 */
import { homedir } from 'node:os';
import { createJsonLog } from '@aufruf/engine/platform/json-log';
import { createNodePlatform } from '@aufruf/engine/platform/node-platform';
import { createMdnsDiscovery } from '@aufruf/hub/discovery/mdns-discovery';
import { readLocationFile } from '@aufruf/hub/location-file';
import { startHub } from '@aufruf/hub/main';
import { networkAddresses } from '@aufruf/hub/network-addresses';
import { defaultDataFolder } from '@aufruf/hub/options/default-folders';
import { stopOnSignal } from '@aufruf/hub/platform/stop-on-signal';
import { buildDesktopApps, buildRenderers, builtRenderer } from './build.ts';
import { type Demo, startDemo } from './demo/demo.ts';
import { HELP, parseStartOptions, type StartOptions } from './start-options.ts';
import { chooseShell, launchDetached } from './start-shell.ts';
import { localUrl, startText } from './start-text.ts';
import { fetchElectron } from './windows/fetch-electron.ts';
import { electronFolder, findElectron } from './windows/find-electron.ts';
import { openWindows } from './windows/open-windows.ts';

const say = (text: string): void => void process.stdout.write(text);

/** npm changes to the folder of package.json and notes where the command was typed. */
const options = parseStartOptions(process.argv.slice(2), process.env.INIT_CWD ?? process.cwd());
if (!options.ok) fail([options.refusal.line]);
else if (options.value.help) say(HELP);
else await start(options.value);

async function start(wanted: StartOptions): Promise<void> {
  const { host, openAllDay } = wanted;
  const location = readLocationFile(wanted.locationFile);
  if (!location.ok) return fail(location.refusal.lines);
  const machine = { platform: process.platform, env: process.env, home: homedir() };
  const dataFolder = wanted.dataFolder ?? defaultDataFolder(location.value.id, machine);
  const log = createJsonLog({ level: 'warn', now: Date.now, write: (line) => process.stderr.write(line) });
  const platform = createNodePlatform({ log });

  // The hub before the pages: what is wrong with port or folder is said at once, not after a build.
  const started = await startHub({
    locationFile: wanted.locationFile,
    dataFolder,
    fresh: wanted.fresh,
    renderers: { kiosk: builtRenderer('kiosk'), display: builtRenderer('display'), counter: builtRenderer('counter') },
    host,
    port: wanted.port,
    openAllDay,
    acceptClock: wanted.acceptClock,
    discovery: createMdnsDiscovery({ platform }),
    platform,
  });
  if (!started.ok) return fail(started.refusal.lines);
  const running = started.value;
  let demo: Demo | null = null;
  const shell = chooseShell(wanted.shell, {
    ...machine,
    isRoot: process.getuid?.() === 0,
    launch: launchDetached,
    say: (sentence) => say(`${sentence}\n`),
    electronFolder: electronFolder(),
    findElectron,
    fetchElectron,
    openWindows,
  });
  stopOnSignal(async () => {
    await demo?.stop();
    await shell.stop();
    await running.close();
  });

  try {
    const built = await (shell.needsDesktopApps ? buildDesktopApps() : buildRenderers());
    if (built.length > 0) say(`Built ${built.join(', ')}.\n`);
  } catch (error) {
    await running.close();
    return fail([`The pages could not be built: ${(error as Error).message}`]);
  }
  const config = running.hub.state().info.config ?? location.value;
  const facts = {
    config,
    now: platform.now(),
    port: running.port,
    host,
    networkAddresses: networkAddresses(),
    dataFolder,
    openAllDay,
  };
  say(startText(facts));
  if (wanted.demo) demo = startDemo({ url: running.url });
  await shell.show({ url: localUrl(facts), hubUrl: running.url, config, dataFolder });
}

function fail(lines: readonly string[]): void {
  process.stderr.write(`${lines.join('\n')}\n`);
  process.exitCode = 1;
}
