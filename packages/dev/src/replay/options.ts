/** The command line of `npm run replay`. */
import { parseArgs } from 'node:util';
import { type Result, refuse } from '@aufruf/shared/lib/result';
import { localDateSchema } from '@aufruf/shared/lib/time';
import { z } from 'zod';

const DEFAULT_SPEED = 400;
export const MAX_SPEED = 5_000;
const DEFAULT_COUNTERS = 20;
/** As many as a location may have. */
export const MAX_COUNTERS = 100;

const USAGE =
  'npm run replay -- --snapshots FILE --office NAME --date YYYY-MM-DD [--speed N] [--counters N] [--seed N] [--json]';

const whole = (least: number, most: number) =>
  z
    .string()
    .regex(/^\d{1,9}$/)
    .transform(Number)
    .refine((value) => value >= least && value <= most);

const optionsSchema = z.object({
  snapshots: z.string({ error: 'expected the path of the snapshots file' }).min(1),
  office: z.string({ error: 'expected the name of an office, like UD_Wola' }).min(1),
  date: z.pipe(z.string({ error: 'expected a date like 2020-01-08' }), localDateSchema),
  speed: whole(1, MAX_SPEED).optional(),
  counters: whole(1, MAX_COUNTERS).optional(),
  seed: whole(0, 999_999_999).optional(),
  json: z.boolean().optional(),
});

const EXPECTED: Readonly<Record<string, string>> = {
  speed: `expected a whole number from 1 to ${MAX_SPEED}`,
  counters: `expected a whole number from 1 to ${MAX_COUNTERS}`,
  seed: 'expected a whole number from 0 to 999999999',
};

export interface ReplayOptions {
  readonly snapshots: string;
  readonly office: string;
  /** As it stands in the file, or the true one. */
  readonly date: string;
  /** Virtual seconds a real second, at most: the clock slows down where the machine cannot follow. */
  readonly speed: number;
  /** Most counters to run. */
  readonly counters: number;
  readonly seed: number;
  readonly json: boolean;
}

/** `detail` is one line, fit to be printed as it is. */
export function parseReplayOptions(
  args: readonly string[],
): Result<ReplayOptions, { type: 'badOption'; detail: string }> {
  let values: Record<string, unknown>;
  try {
    values = parseArgs({
      args: [...args],
      options: {
        snapshots: { type: 'string' },
        office: { type: 'string' },
        date: { type: 'string' },
        speed: { type: 'string' },
        counters: { type: 'string' },
        seed: { type: 'string' },
        json: { type: 'boolean' },
      },
    }).values;
  } catch (error) {
    const [reason = ''] = (error instanceof Error ? error.message : String(error)).split(/[.\n]/);
    return refuse({ type: 'badOption', detail: `${reason}. Usage: ${USAGE}` });
  }
  const parsed = optionsSchema.safeParse(values);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    const name = String(issue?.path[0] ?? 'option');
    return refuse({
      type: 'badOption',
      detail: `--${name}: ${EXPECTED[name] ?? issue?.message ?? 'not valid'}. Usage: ${USAGE}`,
    });
  }
  const { snapshots, office, date, speed = DEFAULT_SPEED, counters = DEFAULT_COUNTERS, seed = 1, json } = parsed.data;
  return { ok: true, value: { snapshots, office, date, speed, counters, seed, json: json ?? false } };
}
