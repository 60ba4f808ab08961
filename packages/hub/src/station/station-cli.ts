/**
 * `npm run station`: a kiosk, display or counter in a browser of its own machine, with an engine and a database of its
 * own. Ends as `npm run hub` does: clear lines and exit code 1, good order and 0, or an unforeseen fault and 2.
 */
import { homedir } from 'node:os';
import { stationOf } from '@aufruf/engine/bridge/bind-caller';
import { createNodePlatform } from '@aufruf/engine/platform/node-platform';
import { builtRenderers } from '../built-renderers.ts';
import { createMdnsDiscovery } from '../discovery/mdns-discovery.ts';
import { defaultDataFolder, defaultLogFolder, type Machine } from '../options/default-folders.ts';
import { parseStationOptions, STATION_HELP, type StationOptions } from '../options/station-options.ts';
import { openCommandLog } from '../platform/command-log.ts';
import { stopOnSignal } from '../platform/stop-on-signal.ts';
import { startStation } from './start-station.ts';

const machine: Machine = { platform: process.platform, env: process.env, home: homedir() };
const say = (lines: readonly string[]): void => void process.stdout.write(`${lines.join('\n')}\n`);
const complain = (lines: readonly string[]): void => void process.stderr.write(`${lines.join('\n')}\n`);

const from = process.env.INIT_CWD ?? process.cwd();
const options = parseStationOptions({ args: process.argv.slice(2), env: process.env }, from);
if (!options.ok) fail([options.refusal.line]);
else if (options.value === null) say([STATION_HELP.trimEnd()]);
else await run(options.value);

async function run(wanted: StationOptions): Promise<void> {
  const name = `station-${stationOf(wanted.caller)}`;
  const opened = await openCommandLog(wanted, defaultLogFolder(name, machine));
  if (!opened.ok) return fail([opened.refusal.line]);
  const { log, close: closeLog, place } = opened.value;
  const dataFolder = wanted.dataFolder ?? defaultDataFolder(name, machine);
  const platform = createNodePlatform({ log });
  const discovery = createMdnsDiscovery({ platform });
  const started = await startStation({ ...wanted, dataFolder, renderers: builtRenderers(), discovery, platform });
  if (!started.ok) {
    for (const line of started.refusal.lines) log.error('the station cannot start', { line });
    await closeLog();
    return fail(started.refusal.lines);
  }
  const { url, close } = started.value;
  stopOnSignal(async () => {
    await close();
    log.info('the station has stopped');
    await closeLog();
  });
  process.on('uncaughtException', (error) => {
    log.error('the station broke', { error });
    complain([`The station broke: ${error.message}`]);
    process.exit(2);
  });
  log.info('the station is up', { station: name, hub: wanted.hubUrl, node: process.version });
  say([`${stationOf(wanted.caller)} is up: ${url}`, `Hub: ${wanted.hubUrl}`, `Data: ${dataFolder}`, `Log: ${place}`]);
}

function fail(lines: readonly string[]): void {
  complain(lines);
  process.exitCode = 1;
}
