/**
 * `npm run sim`: runs seeds of the simulator, or one with a trace, or the planted bugs.
 * `--seeds N [--from S] [--devices K] [--days D] [--squeeze Q]` · `--seed S` · `--planted`
 */
import { parseArgs } from 'node:util';
import { simulate } from '@aufruf/hub/simulation/simulate';
import { runPlanted } from './planted/run-planted.ts';

const { values } = parseArgs({
  options: {
    seeds: { type: 'string' },
    from: { type: 'string', default: '1' },
    seed: { type: 'string' },
    devices: { type: 'string' },
    days: { type: 'string' },
    squeeze: { type: 'string' },
    planted: { type: 'boolean', default: false },
    only: { type: 'string', default: '' },
  },
});
const number = (text: string | undefined) => (text === undefined ? undefined : Number(text));
const wished = Object.fromEntries(
  (['devices', 'days', 'squeeze'] as const).flatMap((name) => {
    const value = number(values[name]);
    return value === undefined ? [] : [[name, value]];
  }),
);

/** A long run says so often how far it is. */
const PROGRESS_SEEDS = 500;

if (values.planted) {
  process.exitCode = (await runPlanted(values.only)) === 0 ? 0 : 1;
} else if (values.seed !== undefined) {
  const result = await simulate({ seed: Number(values.seed), ...wished }, console.log);
  for (const { rule, atMs, detail } of result.violations) console.log(`${rule} at ${atMs} ms: ${detail}`);
  process.exitCode = result.violations.length === 0 ? 0 : 1;
} else {
  const from = Number(values.from);
  const seeds = Number(values.seeds ?? '200');
  const startedAt = performance.now();
  let simulatedMs = 0;
  let tickets = 0;
  let answers = 0;
  let bad = 0;
  for (let seed = from; seed < from + seeds; seed += 1) {
    const result = await simulate({ seed, ...wished });
    simulatedMs += result.simulatedMs;
    tickets += result.tickets;
    answers += result.answers;
    const [first] = result.violations;
    if (first !== undefined) {
      bad += 1;
      console.log(`seed ${seed}: ${first.rule} at ${first.atMs} ms: ${first.detail.slice(0, 500)}`);
    }
    const done = seed - from + 1;
    if (done % PROGRESS_SEEDS === 0 && done < seeds) console.log(`${done} seeds, ${bad} bad`);
  }
  const tookMs = performance.now() - startedAt;
  console.log(
    `${seeds} seeds, ${bad} bad; ${tickets} tickets, ${answers} answers; ${(simulatedMs / 3_600_000).toFixed(1)} h simulated ` +
      `in ${(tookMs / 1000).toFixed(1)} s: ${Math.round(simulatedMs / tookMs)} x real time`,
  );
  process.exitCode = bad === 0 ? 0 : 1;
}
