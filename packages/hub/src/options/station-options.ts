/** What may be said to `npm run station`, by command line or, for roll-outs without anybody at the keyboard, environment. */
import { resolve } from 'node:path';
import type { Caller } from '@aufruf/shared/bridge/roles';
import { counterIdSchema, displayIdSchema, kioskIdSchema } from '@aufruf/shared/lib/ids';
import { type Result, refuse } from '@aufruf/shared/lib/result';
import { z } from 'zod';
import type { CommandLogOptions } from '../platform/command-log.ts';
import { headlessOptions, LOG_TO_STANDARD_ERROR, type WantedAddress } from './hub-options.ts';
import { type BadOptions, type OptionSources, type OptionTable, optionsHelp, readOptions } from './read-options.ts';

/** Beside a hub on the same machine. */
const DEFAULT_STATION_PORT = 4710;

const { host, data, log, 'log-level': logLevel, help } = headlessOptions;
const COMMAND = 'npm run station --';

const stationOptions = {
  hub: {
    takes: 'URL',
    schema: z
      .url({ protocol: /^https?$/ })
      .max(512)
      .transform((text) => new URL(text).origin),
    expected: "the hub's address, like http://192.168.7.20:4700",
    variable: 'AUFRUF_HUB',
    help: "the hub's address, like http://192.168.7.20:4700; must be given",
  },
  kiosk: {
    takes: 'ID',
    schema: kioskIdSchema.optional(),
    expected: "a kiosk's id in the configuration, like kiosk-1",
    variable: 'AUFRUF_KIOSK',
    help: 'is this kiosk',
  },
  display: {
    takes: 'ID',
    schema: displayIdSchema.optional(),
    expected: "a display's id in the configuration, like display-1",
    variable: 'AUFRUF_DISPLAY',
    help: 'or this display',
  },
  counter: {
    takes: 'ID',
    schema: counterIdSchema.optional(),
    expected: "a counter's id in the configuration, like counter-1",
    variable: 'AUFRUF_COUNTER',
    help: 'or this counter',
  },
  port: {
    ...headlessOptions.port,
    help: `the port of its page (default ${DEFAULT_STATION_PORT}; 0: any free one)`,
  },
  host: { ...host, help: 'the address to listen on (default 127.0.0.1: the browser of this machine only)' },
  data: { ...data, help: 'where its events are kept (default: a folder of this user for each station)' },
  log: { ...log, help: 'where logs are written (default: a folder of this user for each station; -: standard error)' },
  'log-level': logLevel,
  help,
} as const satisfies OptionTable;

export const STATION_HELP = `${COMMAND} --hub URL --kiosk ID [options]     a kiosk, display or counter in a browser of its
own machine, which goes on without the hub

${optionsHelp(stationOptions)}`;

export type StationCaller = Extract<Caller, { readonly role: 'kiosk' | 'display' | 'clerk' }>;

export interface StationOptions extends WantedAddress, CommandLogOptions {
  readonly hubUrl: string;
  readonly caller: StationCaller;
  /** Absent: the user's own folder for the station. */
  readonly dataFolder: string | undefined;
}

/** Relative paths are taken from `from`, the folder in which the command was typed. Null: the help is asked for. */
export function parseStationOptions(
  { args, env }: Omit<OptionSources, 'command'>,
  from: string,
): Result<StationOptions | null, BadOptions> {
  if (args.includes('--help')) return { ok: true, value: null };
  const read = readOptions(stationOptions, { args, env, command: COMMAND });
  if (!read.ok) return read;
  const { hub, kiosk, display, counter, port, host, data, log } = read.value;
  const callers: StationCaller[] = [
    ...(kiosk === undefined ? [] : [{ role: 'kiosk', kioskId: kiosk } as const]),
    ...(display === undefined ? [] : [{ role: 'display', displayId: display } as const]),
    ...(counter === undefined ? [] : [{ role: 'clerk', counterId: counter } as const]),
  ];
  const [caller] = callers;
  if (caller === undefined || callers.length > 1) {
    const line = `A station is one of --kiosk, --display and --counter. See ${COMMAND} --help`;
    return refuse({ type: 'badOptions', line });
  }
  return {
    ok: true,
    value: {
      hubUrl: hub,
      caller,
      port: port ?? DEFAULT_STATION_PORT,
      host,
      dataFolder: data === undefined ? undefined : resolve(from, data),
      logFolder: log === undefined ? undefined : log === LOG_TO_STANDARD_ERROR ? null : resolve(from, log),
      logLevel: read.value['log-level'],
    },
  };
}
