/** What may stand behind `npm start --`. */
import { join, resolve } from 'node:path';
import { helpOption, hubOptions } from '@aufruf/hub/options/hub-options';
import { type BadOptions, type OptionTable, optionsHelp, readOptions } from '@aufruf/hub/options/read-options';
import type { Result } from '@aufruf/shared/lib/result';
import { root } from './root.ts';
import type { ShellWish } from './start-shell.ts';

export const DEFAULT_LOCATION_FILE = join(root, 'packages', 'dev', 'samples', 'hamburg-mitte.json');

const flagSchema = helpOption.help.schema;

const startOptions = {
  ...hubOptions,
  location: {
    ...hubOptions.location,
    schema: hubOptions.location.schema.default(DEFAULT_LOCATION_FILE),
    help: `${hubOptions.location.help} (default packages/dev/samples/hamburg-mitte.json)`,
  },
  demo: { takes: null, schema: flagSchema, help: 'simulated visitors come and simulated clerks work' },
  web: { takes: null, schema: flagSchema, help: 'opens the browser instead of windows' },
  'no-open': { takes: null, schema: flagSchema, help: 'opens neither windows nor a browser' },
  ...helpOption,
} as const satisfies OptionTable;

export const HELP = `npm start -- [options]     starts a hub and opens its kiosk, display and counter

${optionsHelp(startOptions)}`;

export interface StartOptions {
  /** Absent: the default or any free one. */
  readonly port: number | undefined;
  readonly host: string;
  /** Absent: the user's own folder for the location. */
  readonly dataFolder: string | undefined;
  readonly fresh: boolean;
  readonly locationFile: string;
  readonly openAllDay: boolean;
  readonly acceptClock: boolean;
  readonly demo: boolean;
  readonly shell: ShellWish;
  readonly help: boolean;
}

/** Relative paths are taken from `from`, the folder in which the command was typed. */
export function parseStartOptions(args: readonly string[], from: string): Result<StartOptions, BadOptions> {
  const read = readOptions(startOptions, { args, env: {}, command: 'npm start --' });
  if (!read.ok) return read;
  const { port, host, data, fresh, location, demo, web, help } = read.value;
  return {
    ok: true,
    value: {
      port,
      host,
      dataFolder: data === undefined ? undefined : resolve(from, data),
      fresh,
      locationFile: resolve(from, location),
      openAllDay: read.value['open-hours'],
      acceptClock: read.value['accept-clock'],
      demo,
      shell: read.value['no-open'] ? 'nothing' : web ? 'browser' : 'windows',
      help,
    },
  };
}
