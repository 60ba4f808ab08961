/**
 * `npm run faults -- [--times N] [--from SEED] [file ...]`: the tests of faults, again and again, each time from another
 * seed. Stops at the first failure, whose files and history are kept: the failed test says where.
 * Exit code 0: green so many times in a row.
 */
import { parseArgs } from 'node:util';
import { startVitest } from 'vitest/node';
import { root } from '../root.ts';
import { summarize } from '../test-summary.ts';

const USAGE = 'npm run faults -- [--times N] [--from SEED] [file ...]';

function parseOptions() {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: { times: { type: 'string', default: '1' }, from: { type: 'string', default: '1' } },
    });
    const [times, from] = [Number(values.times), Number(values.from)];
    if (!Number.isInteger(times) || !Number.isInteger(from) || times < 1 || from < 0)
      throw new Error('--times and --from are whole numbers');
    return { times, from, files: positionals };
  } catch (error) {
    const [reason = ''] = (error instanceof Error ? error.message : String(error)).split(/[.\n]/);
    console.error(`faults: ${reason}. Usage: ${USAGE}`);
    return null;
  }
}

/** @returns whether all was well */
async function runOnce(files: readonly string[], seed: number): Promise<boolean> {
  // Read by the tests, see seed.ts.
  process.env.AUFRUF_FAULTS_SEED = String(seed);
  const vitest = await startVitest([...files], {
    root,
    project: ['faults'],
    run: true,
    watch: false,
    reporters: ['dot'],
  });
  const { passed, failed } = summarize(vitest.state.getTestModules());
  const unhandled = vitest.state.getUnhandledErrors().length;
  await vitest.close();
  process.exitCode = 0;
  return passed > 0 && failed + unhandled === 0;
}

async function main(): Promise<number> {
  const options = parseOptions();
  if (options === null) return 1;
  const { times, from, files } = options;
  for (let time = 0; time < times; time += 1) {
    const startedMs = performance.now();
    const isGood = await runOnce(files, from + time);
    const seconds = ((performance.now() - startedMs) / 1_000).toFixed(0);
    console.log(
      `faults: seed ${from + time} ${isGood ? 'green' : 'RED'} in ${seconds} s, ${isGood ? time + 1 : time} in a row`,
    );
    if (!isGood) return 1;
  }
  return 0;
}

process.exit(await main());
