/**
 * `npm run bench`: measures an office of 50 devices on this machine, and what socket.io and the disk could do at best in
 * the same run. `--json` for machines, `--quick` for a look whether the bench works, `--no-browser` leaves Chromium out,
 * `--only PART`, as often as wanted, leaves out all other parts.
 *
 * Loopback only. It ends by itself, and leaves neither processes nor files behind. Exit code 0: measured, whatever the
 * figures say; 1: it could not be.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { findChromium } from '../browser/find-chromium.ts';
import { launchBrowser } from '../browser/launch-browser.ts';
import { buildRenderers, builtRenderers } from '../build.ts';
import { dataRoot } from '../replay/data-root.ts';
import { benchLocation } from './bench-location.ts';
import { type BenchReport, reportLines } from './bench-report.ts';
import { type Measured, toFigures } from './figures.ts';
import { type BrowserSpans, measureBrowser } from './measure-browser.ts';
import { type CrowdSpans, measureCrowd } from './measure-crowd.ts';
import { type DaySpans, measureDay } from './measure-day.ts';
import { type OfficeAtWork, type OfficePlaces, openOffice } from './measure-office.ts';
import { measureHubStart } from './measure-start.ts';
import { type BenchSizes, CROWD_SIZES, FULL_SIZES, QUICK_SIZES } from './sizes.ts';

/** A bench that takes longer is stuck. */
const BENCH_TIMEOUT_MS = 15 * 60_000;

const PARTS = ['start', 'office', 'day', 'crowd'] as const;
type Part = (typeof PARTS)[number];

const USAGE = `npm run bench -- [--json] [--quick] [--no-browser] [--only ${PARTS.join('|')}]`;

const NOTES = [
  'Ratios compare with the raw figures above them, measured in turns with the product in the same run.',
  'Each device of a location has a disk of its own, here all share one: the hub, the pressed kiosk and the pressed counter keep their databases on it, the onlookers keep theirs in memory. A display on a disk of its own adds one commit.',
  'On a device a press is two commits beside each other: the claim on its disk, and meanwhile the decision on the hub\u2019s; the decision on its own follows the answer. In web mode it is one, the hub\u2019s.',
];

interface Folders {
  readonly disk: string;
  readonly memory: string;
}

/** Says what goes on where people look, and not where machines read. */
const say = (line: string): void => void process.stderr.write(`bench: ${line}\n`);

async function measureInBrowser(
  office: OfficeAtWork,
  sizes: BenchSizes,
  wantsBrowser: boolean,
): Promise<{ readonly spans: BrowserSpans | null; readonly notes: readonly string[] }> {
  if (!wantsBrowser) return { spans: null, notes: ['Nothing was painted: --no-browser.'] };
  const chromium = await findChromium();
  if (!chromium.ok) return { spans: null, notes: [`Nothing was painted: ${chromium.refusal.reason}`] };
  say('painting in Chromium');
  const browser = await launchBrowser(chromium.value);
  try {
    const note =
      'Painted: when the frame after the one with the number begins, an upper bound. The display page is in web mode, in headless Chromium without a graphics card.';
    return { spans: await measureBrowser(browser, office, sizes), notes: [note] };
  } finally {
    await browser.close();
  }
}

interface Wanted {
  readonly sizes: BenchSizes;
  /** Of the office where all devices come back at once. */
  readonly crowd: BenchSizes;
  readonly browser: boolean;
  readonly parts: ReadonlySet<Part>;
}

type AtWork = Pick<Measured, 'office' | 'browser' | 'hubMemory'> & { readonly notes: readonly string[] };

async function measureOffice({ sizes, browser }: Wanted, places: OfficePlaces): Promise<AtWork> {
  say('connecting devices');
  const office = await openOffice(sizes, places);
  try {
    say('drawing and calling');
    const spans = await office.measure();
    const inBrowser = await measureInBrowser(office, sizes, browser);
    const hubMemory = await office.hub.ask('memory', null);
    return { office: spans, browser: inBrowser.spans, hubMemory, notes: [...NOTES, ...inBrowser.notes] };
  } finally {
    await office.close();
  }
}

async function bench(wanted: Wanted, { disk, memory }: Folders): Promise<BenchReport> {
  const { sizes, parts } = wanted;
  const [loadBefore = 0] = loadavg();
  const locationFile = join(disk, 'location.json');
  writeFileSync(locationFile, JSON.stringify(benchLocation(sizes)));
  const isInOffice = parts.has('office');
  if (isInOffice && wanted.browser) await buildRenderers();

  let starts: number[] | null = null;
  if (parts.has('start')) {
    say('starting hubs');
    starts = [];
    for (let start = 0; start < sizes.starts; start += 1)
      starts.push(await measureHubStart(locationFile, join(disk, `start-${start}`)));
  }

  const places = { locationFile, folder: disk, memoryFolder: memory, renderers: builtRenderers };
  const { notes, ...atWork }: AtWork = isInOffice
    ? await measureOffice(wanted, places)
    : { office: null, browser: null, hubMemory: null, notes: [] };

  let day: DaySpans | null = null;
  if (parts.has('day')) {
    say(`a day of ${sizes.dayEvents} events`);
    day = await measureDay(sizes, { locationFile, folder: disk });
  }

  let crowd: CrowdSpans | null = null;
  if (parts.has('crowd')) {
    say('everybody comes back at once');
    const bigger = join(disk, 'crowd.json');
    writeFileSync(bigger, JSON.stringify(benchLocation(wanted.crowd)));
    const memoryFolder = mkdtempSync(join(memory, 'crowd-'));
    crowd = await measureCrowd(wanted.crowd, { locationFile: bigger, folder: disk, memoryFolder });
  }
  const [loadAfter = 0] = loadavg();
  return {
    at: new Date().toISOString(),
    machine: {
      platform: `${process.platform}-${process.arch}`,
      processor: cpus()[0]?.model.trim() ?? 'unknown processor',
      processors: availableParallelism(),
      node: process.version.slice(1),
      load: process.platform === 'win32' ? null : { before: loadBefore, after: loadAfter },
    },
    devices: sizes.kiosks + sizes.displays + sizes.counters,
    figures: toFigures({ sizes, starts, day, crowd, ...atWork }),
    notes,
  };
}

function parseOptions() {
  try {
    const { values } = parseArgs({
      options: {
        json: { type: 'boolean' },
        quick: { type: 'boolean' },
        'no-browser': { type: 'boolean' },
        only: { type: 'string', multiple: true },
      },
    });
    const unknown = values.only?.find((name) => !PARTS.some((part) => part === name));
    if (unknown !== undefined) throw new Error(`There is no part '${unknown}'`);
    return { ...values, parts: new Set(PARTS.filter((part) => values.only?.includes(part) ?? true)) };
  } catch (error) {
    const [reason = ''] = (error instanceof Error ? error.message : String(error)).split(/[.\n]/);
    console.error(`bench: ${reason}. Usage: ${USAGE}`);
    return null;
  }
}

async function main(): Promise<number> {
  const options = parseOptions();
  if (options === null) return 1;
  const folders: Folders = {
    disk: mkdtempSync(join(tmpdir(), 'aufruf-bench-')),
    memory: mkdtempSync(join(dataRoot(), 'aufruf-bench-')),
  };
  const tidy = (): void => {
    for (const folder of Object.values(folders)) rmSync(folder, { recursive: true, force: true });
  };
  // The helpers end with this process: their line to it is cut.
  const giveUp = (reason: string): void => {
    console.error(`bench: ${reason}`);
    tidy();
    process.exit(1);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => giveUp('interrupted'));
  const timer = setTimeout(() => giveUp(`took longer than ${BENCH_TIMEOUT_MS / 60_000} minutes`), BENCH_TIMEOUT_MS);
  try {
    const [sizes, crowd] = options.quick === true ? [QUICK_SIZES, QUICK_SIZES] : [FULL_SIZES, CROWD_SIZES];
    const wanted = { sizes, crowd, browser: options['no-browser'] !== true, parts: options.parts };
    const report = await bench(wanted, folders);
    console.log(options.json === true ? JSON.stringify(report) : reportLines(report).join('\n'));
    return 0;
  } catch (error) {
    console.error(`bench: ${error instanceof Error ? error.message : String(error)}`);
    return 1;
  } finally {
    clearTimeout(timer);
    tidy();
  }
}

process.exitCode = await main();
