/** What may stand behind `npm start --`. */
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { type Result, refuse } from '@aufruf/shared/lib/result';
import { z } from 'zod';
import { root } from './root.ts';

export const HELP = `npm start -- [options]        starts a hub and its kiosk, display and counter in web mode

  --port N          the port of the hub (default 4700, or a free one if that is in use)
  --host ADDRESS    the address to listen on (default 127.0.0.1: this machine only; 0.0.0.0: the location's network)
  --data FOLDER     where tickets and calls are kept (default: a folder of this user for each location)
  --fresh           starts empty: deletes what an earlier hub left in the data folder
  --location FILE   the location's configuration (default packages/dev/samples/hamburg-mitte.json)
  --open-hours      ignores the opening hours, to try things out at night
  --demo            simulated visitors come and simulated clerks work
  --no-open         does not open a browser
  --help            this text
`;

export const DEFAULT_LOCATION_FILE = join(root, 'packages', 'dev', 'samples', 'hamburg-mitte.json');

const optionsSchema = z.strictObject({
  port: z
    .string()
    .regex(/^\d{1,5}$/, 'expected a number')
    .transform(Number)
    .pipe(z.number().max(65_535))
    .optional(),
  host: z.string().min(1).default('127.0.0.1'),
  data: z.string().min(1).optional(),
  fresh: z.boolean().default(false),
  location: z.string().min(1).default(DEFAULT_LOCATION_FILE),
  'open-hours': z.boolean().default(false),
  demo: z.boolean().default(false),
  'no-open': z.boolean().default(false),
  help: z.boolean().default(false),
});

export interface StartOptions {
  /** Absent: the default or any free one. */
  readonly port: number | undefined;
  readonly host: string;
  /** Absent: the user's own folder for the location. */
  readonly dataFolder: string | undefined;
  readonly fresh: boolean;
  readonly locationFile: string;
  readonly openAllDay: boolean;
  readonly demo: boolean;
  readonly openBrowser: boolean;
  readonly help: boolean;
}

const EXPECTED: Readonly<Record<string, string>> = { port: 'a port from 0 to 65535' };

/** Relative paths are taken from `from`, the folder in which the command was typed. */
export function parseStartOptions(
  args: readonly string[],
  from: string,
): Result<StartOptions, { type: 'badOptions'; line: string }> {
  const bad = (what: string) => refuse({ type: 'badOptions' as const, line: `${what} See npm start -- --help` });
  let values: Readonly<Record<string, unknown>>;
  try {
    const text = { type: 'string' } as const;
    const flag = { type: 'boolean' } as const;
    const options = {
      port: text,
      host: text,
      data: text,
      fresh: flag,
      location: text,
      'open-hours': flag,
      demo: flag,
      'no-open': flag,
      help: flag,
    };
    values = parseArgs({ args: [...args], options, strict: true, allowPositionals: false }).values;
  } catch (error) {
    // Node's first sentence names the argument; the advice after it is about writing programs.
    const [sentence = 'These options cannot be read'] = (error as Error).message.split(/\.\s|\n/);
    return bad(`${sentence.replace(/\.$/, '')}.`);
  }
  const parsed = optionsSchema.safeParse(values);
  if (!parsed.success) {
    const name = String(parsed.error.issues[0]?.path[0] ?? '');
    return bad(`--${name} expects ${EXPECTED[name] ?? 'a value'}, not "${String(values[name])}".`);
  }
  const { port, host, data, fresh, location, demo, help } = parsed.data;
  return {
    ok: true,
    value: {
      port,
      host,
      dataFolder: data === undefined ? undefined : resolve(from, data),
      fresh,
      locationFile: resolve(from, location),
      openAllDay: parsed.data['open-hours'],
      demo,
      openBrowser: !parsed.data['no-open'],
      help,
    },
  };
}
