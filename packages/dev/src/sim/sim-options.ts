/** What may stand behind `npm run sim --`. */
import { availableParallelism } from 'node:os';
import { helpOption } from '@aufruf/hub/options/hub-options';
import { type BadOptions, type OptionTable, optionsHelp, readOptions } from '@aufruf/hub/options/read-options';
import { FAULT_KINDS } from '@aufruf/hub/simulation/fault-kinds';
import type { Wished } from '@aufruf/hub/simulation/mix';
import { MAX_DEVICES, MIN_DEVICES } from '@aufruf/hub/simulation/office';
import { type SimulationOptions, SMALL } from '@aufruf/hub/simulation/plan';
import type { Result } from '@aufruf/shared/lib/result';
import { z } from 'zod';

/** Seeds are the plan's and the random generator's: 32 bits. */
const MAX_SEED = 2 ** 32 - 1;
const MAX_DAYS = 30;
/** A day shorter than this is over before anything has happened. */
const MAX_SQUEEZE = 2_000;
const MAX_JOBS = 256;
/** As many as `npm test` runs. */
const DEFAULT_SEEDS = 200;

const number = (least: number, most: number) => ({
  schema: z
    .string()
    .regex(/^\d+$/)
    .transform(Number)
    .refine((value) => value >= least && value <= most)
    .optional(),
  expected: `a number from ${least} to ${most}`,
});
/** So many of a kind an office day. */
const MAX_FAULTS = 1_000;

/** `cut=5,diskLost=2`; undefined when it is not that. */
function faultsOf(text: string): SimulationOptions['faults'] {
  const pairs = text.split(',').map((pair) => {
    const [, name, times = ''] = /^(\w+)=(\d{1,4})$/.exec(pair) ?? [];
    const kind = FAULT_KINDS.find((one) => one === name);
    return kind === undefined || Number(times) > MAX_FAULTS ? null : ([kind, Number(times)] as const);
  });
  const known = pairs.filter((pair) => pair !== null);
  return known.length < pairs.length ? undefined : Object.fromEntries(known);
}

const flagSchema = helpOption.help.schema;

const simOptions = {
  seeds: { takes: 'N', ...number(1, MAX_SEED), help: `how many seeds (default ${DEFAULT_SEEDS})` },
  from: { takes: 'S', ...number(1, MAX_SEED), help: 'the first of them (default 1)' },
  seed: { takes: 'S', ...number(1, MAX_SEED), help: 'this one alone, with a trace' },
  size: {
    takes: 'SIZE',
    schema: z.enum(['small', 'any']).optional(),
    expected: 'small or any',
    help: 'locations of five devices and 40 s a day, or of any size; with none of this and the next six, a mix of everything',
  },
  devices: {
    takes: 'K',
    ...number(MIN_DEVICES, MAX_DEVICES),
    help: 'devices in each location; otherwise the seed says',
  },
  days: { takes: 'D', ...number(1, MAX_DAYS), help: 'office days; otherwise the seed says' },
  squeeze: {
    takes: 'Q',
    ...number(1, MAX_SQUEEZE),
    help: 'a day takes so many times less; 1 = ten hours are ten hours',
  },
  faults: {
    takes: 'KIND=N,…',
    schema: z
      .string()
      .transform(faultsOf)
      .refine((faults) => faults !== undefined)
      .optional(),
    expected: `kinds of fault, each with how many an office day (at most ${MAX_FAULTS}), such as cut=5,diskLost=2`,
    help: 'these kinds of fault and no others, each N times an office day on average; otherwise the seed says',
  },
  'hub-disk': {
    takes: 'HOW',
    schema: z.enum(['once', 'often']).optional(),
    expected: 'once or often',
    help: 'the hub’s own disk is lost: once, with no other disk; or often. Otherwise never',
  },
  takeover: {
    takes: 'HOW',
    schema: z.enum(['once', 'often']).optional(),
    expected: 'once or often',
    help: 'the hub moves to a relay’s machine, with no disk lost beside the hub’s: once; or often, also back. Otherwise never',
  },
  jobs: { takes: 'J', ...number(1, MAX_JOBS), help: 'seeds at a time (default: one for each processor)' },
  planted: { takes: null, schema: flagSchema, help: 'hunts the planted bugs instead' },
  only: { takes: 'TEXT', schema: z.string().optional(), help: 'of these, the ones whose rule or name contains TEXT' },
  ...helpOption,
} as const satisfies OptionTable;

export const HELP = `npm run sim -- [options]     whole locations under faults, judged by what people saw

${optionsHelp(simOptions)}`;

export interface SimOptions {
  readonly do: 'seeds' | 'replay' | 'planted' | 'help';
  /** First seed and how many; of `replay` its only one. */
  readonly from: number;
  readonly seeds: number;
  readonly jobs: number;
  readonly wished: Wished;
  readonly only: string;
}

export function parseSimOptions(args: readonly string[]): Result<SimOptions, BadOptions> {
  const read = readOptions(simOptions, { args, env: {}, command: 'npm run sim --' });
  if (!read.ok) return read;
  const { seed, seeds = DEFAULT_SEEDS, from = 1, jobs = availableParallelism(), planted, only = '', help } = read.value;
  const { size, devices, days, squeeze, faults, 'hub-disk': hubDisk, takeover } = read.value;
  const wished = {
    ...(size === 'small' && SMALL),
    ...(devices !== undefined && { devices }),
    ...(days !== undefined && { days }),
    ...(squeeze !== undefined && { squeeze }),
    ...(faults !== undefined && { faults }),
    ...(hubDisk !== undefined && { hubDisk }),
    ...(takeover !== undefined && { takeover }),
  };
  const isMix = size === undefined && Object.keys(wished).length === 0;
  const what = help ? 'help' : planted ? 'planted' : seed === undefined ? 'seeds' : 'replay';
  return { ok: true, value: { do: what, from: seed ?? from, seeds, jobs, wished: isMix ? null : wished, only } };
}
