/**
 * `npm run soak -- [--devices 100] [--visits 5000]`: a long day with many devices, for what only shows after a while:
 * memory that grows, calls that become slow. Loopback only. It ends by itself, and leaves neither processes nor files.
 * Exit code 0: memory stays flat and calls quick; 1: not so, or it could not be measured.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { benchLocation } from '../bench/bench-location.ts';
import { QUICK_SIZES } from '../bench/sizes.ts';
import { dataRoot } from '../replay/data-root.ts';
import { runSoak } from './run-soak.ts';
import { soakVerdict } from './soak-report.ts';

const USAGE = 'npm run soak -- [--devices N] [--visits N]';
/** A soak that takes longer is stuck: it needs some 20 minutes of two processors, several times that where these have other work. */
const TIMEOUT_MS = 120 * 60_000;
/** Most visits that a day has numbers for; fewest devices and visits that say anything. */
const LIMITS = { devices: [8, 200], visits: [20, 8_000] } as const;

const say = (line: string): void => void process.stderr.write(`soak: ${line}\n`);

function parseOptions(): { readonly devices: number; readonly visits: number } | null {
  try {
    const { values } = parseArgs({
      options: { devices: { type: 'string', default: '100' }, visits: { type: 'string', default: '5000' } },
    });
    const read = (name: keyof typeof LIMITS): number => {
      const number = Number(values[name]);
      const [least, most] = LIMITS[name];
      if (!Number.isInteger(number) || number < least || number > most)
        throw new Error(`--${name} is a number from ${least} to ${most}`);
      return number;
    };
    return { devices: read('devices'), visits: read('visits') };
  } catch (error) {
    const [reason = ''] = (error instanceof Error ? error.message : String(error)).split(/[.\n]/);
    console.error(`soak: ${reason}. Usage: ${USAGE}`);
    return null;
  }
}

async function main(): Promise<number> {
  const options = parseOptions();
  if (options === null) return 1;
  const kiosks = Math.ceil(options.devices / 10);
  const displays = Math.ceil(options.devices / 10);
  const sizes = { ...QUICK_SIZES, kiosks, displays, counters: options.devices - kiosks - displays };
  const folder = mkdtempSync(join(tmpdir(), 'aufruf-soak-'));
  const memoryFolder = mkdtempSync(join(dataRoot(), 'aufruf-soak-'));
  const tidy = (): void => {
    for (const each of [folder, memoryFolder]) rmSync(each, { recursive: true, force: true });
  };
  // The helpers end with this process: their line to it is cut.
  const giveUp = (reason: string): void => {
    say(reason);
    tidy();
    process.exit(1);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => giveUp('interrupted'));
  const timer = setTimeout(() => giveUp(`took longer than ${TIMEOUT_MS / 60_000} minutes`), TIMEOUT_MS);
  try {
    const locationFile = join(folder, 'location.json');
    writeFileSync(locationFile, JSON.stringify(benchLocation(sizes)));
    const result = await runSoak({ sizes, visits: options.visits, locationFile, folder, memoryFolder, say });
    const { lines, isGood } = soakVerdict(result);
    console.log(lines.join('\n'));
    return isGood ? 0 : 1;
  } catch (error) {
    say(error instanceof Error ? error.message : String(error));
    return 1;
  } finally {
    clearTimeout(timer);
    tidy();
  }
}

process.exitCode = await main();
