/**
 * `npm start`: one hub with its three apps in web mode. Whatever a person can mend ends in one clear line and exit code
 * 1; Ctrl-C ends everything within STOP_WITHIN_MS and exit code 0.
 */
import { homedir, networkInterfaces } from 'node:os';
import { createJsonLog } from '@aufruf/engine/platform/json-log';
import { createNodePlatform } from '@aufruf/engine/platform/node-platform';
import { readLocationFile } from '@aufruf/hub/location-file';
import { type RunningHub, startHub } from '@aufruf/hub/main';
import { buildRenderers, builtRenderer } from './build.ts';
import { type Demo, startDemo } from './demo/demo.ts';
import { defaultDataFolder } from './start-data-folder.ts';
import { HELP, parseStartOptions, type StartOptions } from './start-options.ts';
import { chooseShell, launchDetached } from './start-shell.ts';
import { localUrl, startText } from './start-text.ts';

/** However slow the disk or a client: after so long the process ends. Nothing committed is lost by it. */
const STOP_WITHIN_MS = 1_800;
/** Signals so close to each other are one press. */
const SAME_PRESS_MS = 300;

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
    platform,
  });
  if (!started.ok) return fail(started.refusal.lines);
  const running = started.value;
  let demo: Demo | null = null;
  stopOnSignal(running, () => demo);

  try {
    const built = await buildRenderers();
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
  chooseShell(wanted.openBrowser, { ...machine, launch: launchDetached }).show(localUrl(facts));
}

function stopOnSignal(running: RunningHub, demo: () => Demo | null): void {
  let stoppingSinceMs: number | null = null;
  const stop = async (): Promise<void> => {
    const nowMs = performance.now();
    if (stoppingSinceMs !== null) {
      // Who presses Ctrl-C again does not want to wait. The same press can also arrive twice: once from the terminal,
      // once handed on by npm.
      if (nowMs - stoppingSinceMs > SAME_PRESS_MS) process.exit(0);
      return;
    }
    stoppingSinceMs = nowMs;
    setTimeout(() => process.exit(0), STOP_WITHIN_MS).unref();
    await demo()?.stop();
    await running.close();
    process.exit(0);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void stop());
}

function networkAddresses(): string[] {
  return Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .filter(({ internal, family }) => !internal && family === 'IPv4')
    .map(({ address }) => address);
}

function fail(lines: readonly string[]): void {
  process.stderr.write(`${lines.join('\n')}\n`);
  process.exitCode = 1;
}
