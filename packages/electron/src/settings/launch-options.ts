/**
 * What may stand on an app's command line, or in its environment, for roll-outs without anybody at the screen. Unknown
 * arguments are left alone: Chromium has many of its own.
 */
import { isAbsolute, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { type DeviceId, deviceIdSchema } from '@aufruf/shared/lib/ids';
import { z } from 'zod';
import { type OwnHub, ownHubSchema } from './device-settings.ts';
import { hubUrlSchema } from './hub-address.ts';

export interface LaunchOptions {
  readonly hubUrl: string | null;
  readonly stationId: DeviceId | null;
  readonly ownHub: OwnHub | null;
  /** That hub ignores opening hours. */
  readonly openAllDay: boolean;
  /** The own hub takes the place of the location's, which is broken. */
  readonly takeOver: boolean;
  /** Absolute; null: the app's usual data folder. */
  readonly dataFolder: string | null;
  /** Opens the set-up even if all is known. */
  readonly setup: boolean;
  /** A kiosk or display in an ordinary window: to try it out. */
  readonly windowed: boolean;
  readonly hideCursor: boolean;
}

const text = { type: 'string' } as const;
const flag = { type: 'boolean' } as const;
/** Each option's name, its variable in the environment (null: none), and its kind. */
const OPTIONS = {
  hub: { variable: 'AUFRUF_HUB', kind: text },
  station: { variable: 'AUFRUF_STATION', kind: text },
  'host-hub': { variable: 'AUFRUF_HOST_HUB', kind: flag },
  'hub-port': { variable: 'AUFRUF_HUB_PORT', kind: text },
  location: { variable: 'AUFRUF_LOCATION', kind: text },
  // As of `npm run hub`: nothing in the environment ignores opening hours, which would happen again at every start.
  'open-hours': { variable: null, kind: flag },
  'take-over': { variable: null, kind: flag },
  data: { variable: 'AUFRUF_DATA', kind: text },
  setup: { variable: 'AUFRUF_SETUP', kind: flag },
  windowed: { variable: 'AUFRUF_WINDOWED', kind: flag },
  'hide-cursor': { variable: 'AUFRUF_HIDE_CURSOR', kind: flag },
} as const;
type OptionName = keyof typeof OPTIONS;

export interface LaunchContext {
  /** Arguments behind the program's own name. */
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Relative paths are taken from here. */
  readonly from: string;
}

/** `problems`: one line for each value that makes no sense; such a value counts as not given. */
export function parseLaunchOptions({ args, env, from }: LaunchContext): {
  readonly options: LaunchOptions;
  readonly problems: readonly string[];
} {
  const problems: string[] = [];
  const given = readValues(args, env);
  const take = <S extends z.ZodType>(name: OptionName, schema: S): z.infer<S> | null => {
    const value = given[name];
    if (value === undefined) return null;
    const parsed = schema.safeParse(value);
    if (parsed.success) return parsed.data;
    problems.push(`--${name} "${String(value)}": ${parsed.error.issues[0]?.message ?? 'invalid'}`);
    return null;
  };
  const path = z
    .string()
    .min(1)
    .transform((file) => (isAbsolute(file) ? file : resolve(from, file)));
  const wantsHub = take('host-hub', z.boolean()) ?? false;
  const locationFile = take('location', path);
  const port = take(
    'hub-port',
    z.string().regex(/^\d+$/, 'expected a port').transform(Number).pipe(ownHubSchema.shape.port.unwrap()),
  );
  if (wantsHub && locationFile === null)
    problems.push('--host-hub needs --location FILE, the location\u2019s configuration');
  return {
    options: {
      hubUrl: take('hub', hubUrlSchema),
      stationId: take('station', deviceIdSchema),
      ownHub:
        wantsHub && locationFile !== null ? ownHubSchema.parse({ locationFile, ...(port !== null && { port }) }) : null,
      openAllDay: take('open-hours', z.boolean()) ?? false,
      takeOver: take('take-over', z.boolean()) ?? false,
      dataFolder: take('data', path),
      setup: take('setup', z.boolean()) ?? false,
      windowed: take('windowed', z.boolean()) ?? false,
      hideCursor: take('hide-cursor', z.boolean()) ?? false,
    },
    problems,
  };
}

/** The command line wins; in the environment `1` and `true` switch something on, nothing and `0` do not. */
function readValues(args: readonly string[], env: LaunchContext['env']): Partial<Record<OptionName, string | boolean>> {
  const kinds = Object.fromEntries(Object.entries(OPTIONS).map(([name, { kind }]) => [name, kind]));
  const { values } = parseArgs({ args: [...args], options: kinds, strict: false, allowPositionals: true });
  const found: Partial<Record<OptionName, string | boolean>> = {};
  for (const name of Object.keys(OPTIONS) as OptionName[]) {
    const { variable, kind } = OPTIONS[name];
    const typed = values[name];
    const fromEnv = variable === null ? undefined : env[variable];
    if (typed !== undefined) found[name] = typed as string | boolean;
    else if (fromEnv) found[name] = kind === flag ? fromEnv === '1' || fromEnv === 'true' : fromEnv;
  }
  return found;
}
