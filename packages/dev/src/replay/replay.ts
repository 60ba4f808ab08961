/**
 * `npm run replay`: plays a recorded day of a real office through a real hub, kiosks, counters and a display, each in a
 * process of its own with its own database, connected over socket.io, on a clock that runs faster. Then judges, from
 * what people saw alone, whether every ticket was called exactly once and shown.
 *
 * Exit code 0: it was. 1: it was not, or the replay could not be played; a line on standard error says why.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { reconstructOfficeDay } from '../arrivals/office-day.ts';
import { readQueueNames } from '../arrivals/queue-names.ts';
import { type ReadRefusal, readOfficeDay } from '../arrivals/read-snapshots.ts';
import { dataRoot } from './data-root.ts';
import { judge } from './judge.ts';
import { parseReplayOptions, type ReplayOptions } from './options.ts';
import { playDay } from './play-day.ts';
import { makeReplayPlan } from './replay-plan.ts';
import { makeReport, reportLines } from './report.ts';

/** Problems told one by one; more are counted. */
const MAX_PROBLEMS_TOLD = 10;

/** What a person can mend: told in one line. */
class Unplayable extends Error {}

function readRefusalToLine({ snapshots, office, date }: ReplayOptions, refusal: ReadRefusal): string {
  switch (refusal.type) {
    case 'unreadable':
      return `${snapshots} cannot be read: ${refusal.detail}`;
    case 'badLine':
      return `${snapshots}, line ${refusal.line}: ${refusal.expected}`;
    case 'unknownOffice':
      return `${snapshots} has no office "${office}"; it has ${refusal.offices.join(', ')}`;
    case 'noSuchDate': {
      const dates = refusal.dates.map((each) =>
        each.file === each.true ? each.file : `${each.true} (in the file: ${each.file})`,
      );
      return `${snapshots} has no day ${date} of ${office}; it has ${dates.join(', ')}`;
    }
  }
}

async function replay(options: ReplayOptions): Promise<boolean> {
  const read = await readOfficeDay(options.snapshots, options.office, options.date);
  if (!read.ok) throw new Unplayable(readRefusalToLine(options, read.refusal));
  const namesFile = join(dirname(options.snapshots), 'queues.csv');
  const names = await readQueueNames(namesFile, options.office);
  if (!names.ok) throw new Unplayable(`${namesFile}, line ${names.refusal.line}: ${names.refusal.expected}`);
  const day = reconstructOfficeDay(read.value);
  if (day.queues.every((queue) => queue.arrivals.length === 0))
    throw new Unplayable(`nobody came to ${options.office} on ${options.date}: there is nothing to play`);
  const plan = makeReplayPlan(day, names.value, { maxCounters: options.counters, seed: options.seed });

  const folder = await mkdtemp(join(dataRoot(), 'aufruf-replay-'));
  const startedAt = performance.now();
  // Whoever interrupts a replay leaves neither processes nor databases behind.
  const interruption = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => interruption.abort());
  try {
    await writeFile(join(folder, 'plan.json'), JSON.stringify(plan));
    await writeFile(join(folder, 'location.json'), JSON.stringify(plan.config));
    const played = await playDay(plan, { folder, speed: options.speed, signal: interruption.signal });
    if (!played.ok) throw new Unplayable(played.refusal.detail);
    const { records, devices, meanSpeed } = played.value;
    const verdict = judge(records, { visitors: plan.visitors.length, devices });
    const report = makeReport(day, plan, verdict, {
      speed: meanSpeed,
      wallMs: Math.round(performance.now() - startedAt),
    });
    console.log(options.json ? JSON.stringify(report) : reportLines(report).join('\n'));
    for (const problem of verdict.problems.slice(0, MAX_PROBLEMS_TOLD)) console.error(`replay: ${problem}`);
    const more = verdict.problems.length - MAX_PROBLEMS_TOLD;
    if (more > 0) console.error(`replay: and ${more} more problems`);
    if (verdict.problems.length === 0 && !options.json)
      console.log('  every ticket was called exactly once, and every call was shown');
    return verdict.problems.length === 0;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function main(): Promise<number> {
  const options = parseReplayOptions(process.argv.slice(2));
  if (!options.ok) {
    console.error(`replay: ${options.refusal.detail}`);
    return 1;
  }
  try {
    return (await replay(options.value)) ? 0 : 1;
  } catch (error) {
    if (!(error instanceof Unplayable)) throw error;
    console.error(`replay: ${error.message}`);
    return 1;
  }
}

process.exitCode = await main();
