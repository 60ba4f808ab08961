/**
 * `npm run hub`: a hub without a screen, for a small server. Whatever a person can mend ends in clear lines and exit code
 * 1, before anything is served; SIGTERM and Ctrl-C end it in good order with exit code 0. A fault that nobody foresaw is
 * logged and ends it with exit code 2: what is acknowledged is on the disk, and the service manager starts it again.
 */
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { createNodePlatform } from '@aufruf/engine/platform/node-platform';
import { builtRenderers } from './built-renderers.ts';
import { createMdnsDiscovery } from './discovery/mdns-discovery.ts';
import { readLocationFile } from './location-file.ts';
import { type StartHubOptions, startHub } from './main.ts';
import { makeWritable } from './make-writable.ts';
import { networkAddresses } from './network-addresses.ts';
import { defaultDataFolder, defaultLogFolder, type Machine } from './options/default-folders.ts';
import {
  HUB_HELP,
  type HubOptions,
  parseHubOptions,
  parseTakeoverOptions,
  TAKEOVER_HELP,
} from './options/hub-options.ts';
import { openCommandLog } from './platform/command-log.ts';
import { stopOnSignal } from './platform/stop-on-signal.ts';
import { runTool } from './tools/run-tool.ts';
import { isToolName, parseToolOptions, TOOLS_HELP } from './tools/tool-options.ts';
import { verifyInWorker } from './tools/verify-in-worker.ts';

const machine: Machine = { platform: process.platform, env: process.env, home: homedir() };
const say = (lines: readonly string[]): void => void process.stdout.write(`${lines.join('\n')}\n`);
const complain = (lines: readonly string[]): void => void process.stderr.write(`${lines.join('\n')}\n`);

/** npm changes to the folder of package.json and notes where the command was typed. */
const from = process.env.INIT_CWD ?? process.cwd();
const args = process.argv.slice(2);
const [first, ...others] = args;
if (isToolName(first)) await lookAfter([first, ...others]);
else await start();

async function start(): Promise<void> {
  const isTakeover = first === 'takeover';
  const options = isTakeover
    ? parseTakeoverOptions({ args: others, env: process.env }, from)
    : parseHubOptions({ args, env: process.env }, from);
  if (!options.ok) fail([options.refusal.line]);
  else if (options.value === null)
    say(isTakeover ? [TAKEOVER_HELP.trimEnd()] : [HUB_HELP, TAKEOVER_HELP, TOOLS_HELP.trimEnd()]);
  else await run(options.value);
}

async function lookAfter(words: Parameters<typeof parseToolOptions>[0]): Promise<void> {
  const options = parseToolOptions(words, from);
  if (!options.ok) fail([options.refusal.line]);
  else if (options.value === null) say([TOOLS_HELP.trimEnd()]);
  else process.exitCode = await runTool(options.value);
}

async function run(wanted: HubOptions): Promise<void> {
  const { backupFolder, backupsKept } = wanted;
  const problem = backupFolder === null ? null : makeWritable(backupFolder);
  if (problem !== null)
    return fail([`The backup folder ${backupFolder} ${problem}: name another one with --backup-dir.`]);
  const location = readLocationFile(wanted.locationFile);
  if (!location.ok) return fail(location.refusal.lines);
  const opened = await openCommandLog(wanted, defaultLogFolder(location.value.id, machine));
  if (!opened.ok) return fail([opened.refusal.line]);
  const { log, close: closeLog } = opened.value;
  const dataFolder = wanted.dataFolder ?? defaultDataFolder(location.value.id, machine);
  const renderers = builtRenderers();
  const platform = createNodePlatform({ log });

  const started = await startHub({
    ...wanted,
    dataFolder,
    renderers,
    mayHavePredecessor: !wanted.fresh,
    backup: backupFolder === null ? null : { folder: backupFolder, keep: backupsKept, verify: verifyInWorker },
    ...(wanted.isAnnounced && { discovery: createMdnsDiscovery({ platform }) }),
    platform,
  });
  if (!started.ok) {
    for (const line of started.refusal.lines) log.error('the hub cannot start', { line });
    await closeLog();
    return fail(started.refusal.lines);
  }
  const { hub, url, port, close } = started.value;
  stopOnSignal(async () => {
    await close();
    log.info('the hub has stopped');
    await closeLog();
  });
  process.on('uncaughtException', (error) => {
    log.error('the hub broke', { error });
    complain([`The hub broke: ${error.message}`]);
    process.exit(2);
  });

  const { epoch, day } = hub.stats();
  const { host } = wanted;
  log.info('the hub is up', { location: location.value.id, port, host, epoch, day, node: process.version });
  const isOpen = host === '0.0.0.0' || host === '::';
  say([
    `The hub of ${location.value.name.en} is up: ${url}`,
    ...(isOpen ? networkAddresses().map((address) => `  network  http://${address}:${port}`) : []),
    ...placeLines(hub.movedTo(), wanted),
    ...unbuiltLines(renderers),
    ...(wanted.openAllDay ? ['Opening hours are ignored (--open-hours).'] : []),
    `Data: ${dataFolder}`,
    `Log: ${opened.value.place}`,
  ]);
}

function placeLines(movedTo: string | null, { takeOver }: HubOptions): string[] {
  if (movedTo !== null)
    return [`It orders nothing: the location's hub is ${movedTo} now. What is here is handed on to it.`];
  if (takeOver === undefined) return [];
  return [
    `It takes over as the hub on the machine of ${takeOver.device}: devices will reach it at ${takeOver.address}.`,
  ];
}

/** Desktop apps bring their own pages; only browsers need the hub's. */
function unbuiltLines(renderers: StartHubOptions['renderers']): string[] {
  const missing = Object.entries(renderers).filter(([, folder]) => !existsSync(folder));
  if (missing.length === 0) return [];
  return [`Not built for browsers: ${missing.map(([app]) => app).join(', ')}. To serve them: npm run build`];
}

function fail(lines: readonly string[]): void {
  complain(lines);
  process.exitCode = 1;
}
