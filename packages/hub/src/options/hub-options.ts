/**
 * What may be said to a hub when it is started: by `npm start`, which adds options of its own, and by `npm run hub`, which
 * also reads the environment, for roll-outs without anybody at the keyboard.
 */
import { resolve } from 'node:path';
import { LOG_LEVELS } from '@aufruf/engine/platform/json-log';
import { type DeviceId, deviceIdSchema } from '@aufruf/shared/lib/ids';
import type { Result } from '@aufruf/shared/lib/result';
import { DEFAULT_HUB_PORT } from '@aufruf/shared/protocol/stations';
import { z } from 'zod';
import type { CommandLogOptions } from '../platform/command-log.ts';
import {
  type BadOptions,
  type OptionSources,
  type OptionTable,
  type OptionValues,
  optionsHelp,
  readOptions,
} from './read-options.ts';

/** `--log -`: lines go to standard error, for whoever collects them there. */
export const LOG_TO_STANDARD_ERROR = '-';

const flagSchema = z.boolean().default(false);
const textSchema = z.string().min(1);

/** Shared by all commands that start a hub. */
export const hubOptions = {
  port: {
    takes: 'N',
    schema: z
      .string()
      .regex(/^\d{1,5}$/)
      .transform(Number)
      .pipe(z.number().max(65_535))
      .optional(),
    expected: 'a port from 0 to 65535',
    help: `the port of the hub (default ${DEFAULT_HUB_PORT}, or a free one if that is in use)`,
  },
  host: {
    takes: 'ADDRESS',
    schema: textSchema.default('127.0.0.1'),
    help: "the address to listen on (default 127.0.0.1: this machine only; 0.0.0.0: the location's network)",
  },
  data: {
    takes: 'FOLDER',
    schema: textSchema.optional(),
    help: 'where tickets and calls are kept (default: a folder of this user for each location)',
  },
  fresh: {
    takes: null,
    schema: flagSchema,
    help: 'starts empty: deletes what an earlier hub left in the data folder',
  },
  location: {
    takes: 'FILE',
    schema: textSchema,
    expected: "the location's configuration file",
    help: "the location's configuration",
  },
  'open-hours': { takes: null, schema: flagSchema, help: 'ignores the opening hours, to try things out at night' },
  'accept-clock': {
    takes: null,
    schema: flagSchema,
    help: 'starts with a clock far from the last business day: somebody has checked it',
  },
} as const satisfies OptionTable;

export const helpOption = { help: { takes: null, schema: flagSchema, help: 'this text' } } as const;

/** Of commands without a screen. */
/** Two weeks: a mistake that is noticed after a holiday can still be undone. */
const DEFAULT_BACKUPS_KEPT = 14;

export const headlessOptions = {
  ...hubOptions,
  port: {
    ...hubOptions.port,
    variable: 'AUFRUF_PORT',
    help: `the port of the hub (default ${DEFAULT_HUB_PORT}; 0: any free one)`,
  },
  host: { ...hubOptions.host, variable: 'AUFRUF_HOST' },
  data: { ...hubOptions.data, variable: 'AUFRUF_DATA' },
  location: {
    ...hubOptions.location,
    variable: 'AUFRUF_LOCATION',
    help: "the location's configuration; must be given",
  },
  'backup-dir': {
    takes: 'FOLDER',
    schema: textSchema.optional(),
    variable: 'AUFRUF_BACKUP_DIR',
    help: 'makes a backup there each day, best on another machine (default: none)',
  },
  'backup-keep': {
    takes: 'N',
    schema: z
      .string()
      .regex(/^\d{1,4}$/)
      .transform(Number)
      .pipe(z.number().min(1))
      .default(DEFAULT_BACKUPS_KEPT),
    expected: 'a number from 1 to 9999',
    variable: 'AUFRUF_BACKUP_KEEP',
    help: `how many of them stay (default ${DEFAULT_BACKUPS_KEPT})`,
  },
  announce: {
    takes: 'HOW',
    schema: z
      .enum(['on', 'off'])
      .default('on')
      .transform((word) => word === 'on'),
    expected: 'on or off',
    variable: 'AUFRUF_ANNOUNCE',
    help: 'on or off: whether it makes itself known in the network by mDNS, for devices to find it (default on)',
  },
  log: {
    takes: 'FOLDER',
    schema: textSchema.optional(),
    variable: 'AUFRUF_LOG',
    help: 'where logs are written (default: a folder of this user for each location; -: standard error)',
  },
  'log-level': {
    takes: 'LEVEL',
    schema: z.enum(LOG_LEVELS).default('info'),
    expected: `one of ${LOG_LEVELS.join(', ')}`,
    variable: 'AUFRUF_LOG_LEVEL',
    help: `the least that is written: ${LOG_LEVELS.join(', ')} (default info)`,
  },
  ...helpOption,
} as const satisfies OptionTable;

export const HUB_HELP = `npm run hub -- --location FILE [options]     a hub without a screen, for a small server

${optionsHelp(headlessOptions)}`;

export interface WantedAddress {
  readonly port: number;
  readonly host: string;
}

export interface HubOptions extends WantedAddress, CommandLogOptions {
  /** Absent: the user's own folder for the location. */
  readonly dataFolder: string | undefined;
  readonly fresh: boolean;
  readonly locationFile: string;
  readonly openAllDay: boolean;
  readonly acceptClock: boolean;
  /** Null: no daily backups. */
  readonly backupFolder: string | null;
  readonly backupsKept: number;
  /** Makes itself known in its network. */
  readonly isAnnounced: boolean;
  /** Takes the place of the location's hub. */
  readonly takeOver?: { readonly device: DeviceId; readonly address: string };
}

/** Relative paths are taken from `from`, the folder in which the command was typed. Null: the help is asked for. */
export function parseHubOptions(
  { args, env }: Omit<OptionSources, 'command'>,
  from: string,
): Result<HubOptions | null, BadOptions> {
  // Who asks for help need not know yet what must be given.
  if (args.includes('--help')) return { ok: true, value: null };
  const read = readOptions(headlessOptions, { args, env, command: 'npm run hub --' });
  if (!read.ok) return read;
  // Devices look for a server where it was yesterday: one that cannot have its port says so, and takes no other.
  return { ok: true, value: toHubOptions(read.value, { port: read.value.port ?? DEFAULT_HUB_PORT }, from) };
}

function toHubOptions(
  read: OptionValues<typeof headlessOptions>,
  { port, takeOver }: Pick<HubOptions, 'port' | 'takeOver'>,
  from: string,
): HubOptions {
  const { host, data, fresh, location, log } = read;
  return {
    port,
    host,
    dataFolder: data === undefined ? undefined : resolve(from, data),
    fresh,
    locationFile: resolve(from, location),
    openAllDay: read['open-hours'],
    acceptClock: read['accept-clock'],
    backupFolder: read['backup-dir'] === undefined ? null : resolve(from, read['backup-dir']),
    backupsKept: read['backup-keep'],
    isAnnounced: read.announce,
    logFolder: log === undefined ? undefined : log === LOG_TO_STANDARD_ERROR ? null : resolve(from, log),
    logLevel: read['log-level'],
    ...(takeOver && { takeOver }),
  };
}

const takeoverOptions = {
  ...headlessOptions,
  device: {
    takes: 'ID',
    schema: deviceIdSchema,
    expected: 'the id of a kiosk or counter, or "hub" for a machine of its own',
    help: 'whose machine this is: the kiosk or counter that was the relay here, or "hub"',
  },
  address: {
    takes: 'URL',
    schema: z.url({ protocol: /^http$/ }).max(200),
    expected: 'an address like http://192.168.7.20:4701',
    help: "where devices reach it; best the relay's own address, which devices know that are switched off now",
  },
} as const satisfies OptionTable;

export const TAKEOVER_HELP = `npm run hub -- takeover --location FILE --device ID --address URL [options]
                                        makes this machine the location's hub, for good: the old one is broken.
                                        Every start after that is an ordinary one, with the same --data

${optionsHelp({ device: takeoverOptions.device, address: takeoverOptions.address })}`;

/** Like `parseHubOptions`. It listens where it is to be reached, if nothing else is said. */
export function parseTakeoverOptions(
  { args, env }: Omit<OptionSources, 'command'>,
  from: string,
): Result<HubOptions | null, BadOptions> {
  if (args.includes('--help')) return { ok: true, value: null };
  const read = readOptions(takeoverOptions, { args, env, command: 'npm run hub -- takeover' });
  if (!read.ok) return read;
  const { device, address } = read.value;
  const port = read.value.port ?? Number(new URL(address).port || 80);
  return { ok: true, value: toHubOptions(read.value, { port, takeOver: { device, address } }, from) };
}
