/** What may be said to the commands of `npm run hub` that look after a database. */
import { resolve } from 'node:path';
import { isCalendarDate } from '@aufruf/shared/lib/local-time';
import { ok, type Result, refuse } from '@aufruf/shared/lib/result';
import { localDateSchema } from '@aufruf/shared/lib/time';
import { z } from 'zod';
import { type BadOptions, type OptionTable, optionsHelp, readOptions } from '../options/read-options.ts';
import type { StatisticsWish } from './statistics-tool.ts';

const flagSchema = z.boolean().default(false);
const daySchema = localDateSchema.refine(isCalendarDate).optional();

const statisticsOptions = {
  from: {
    takes: 'DAY',
    schema: daySchema,
    expected: 'a day like 2026-11-23',
    help: 'the first day (default: the first there is)',
  },
  to: {
    takes: 'DAY',
    schema: daySchema,
    expected: 'a day like 2026-11-23',
    help: 'the last day (default: the last that is closed)',
  },
  csv: { takes: null, schema: flagSchema, help: 'as a table for a spreadsheet (default)' },
  json: { takes: null, schema: flagSchema, help: 'as JSON, with the spread of all times' },
  counters: {
    takes: null,
    schema: flagSchema,
    help: 'figures of each counter too. Where a clerk has a counter of their own these are\nfigures of a person: see your works agreement',
  },
} as const satisfies OptionTable;

export const TOOLS_HELP = `npm run hub -- verify DIR               checks the database in DIR: every event, the order, the state of each day
npm run hub -- backup DIR TO            copies it to the file or folder TO, also while the hub works
npm run hub -- restore FILE DIR         makes the backup FILE the database in the empty folder DIR
npm run hub -- statistics DIR [options] figures of the closed days, without anything about a person

${optionsHelp(statisticsOptions)}`;

export type ToolOptions =
  | { readonly name: 'verify'; readonly place: string }
  | { readonly name: 'backup'; readonly place: string; readonly to: string }
  | { readonly name: 'restore'; readonly file: string; readonly folder: string }
  | { readonly name: 'statistics'; readonly place: string; readonly wish: StatisticsWish };

const PLACES = {
  verify: ['DIR'],
  backup: ['DIR', 'TO'],
  restore: ['FILE', 'DIR'],
  statistics: ['DIR'],
} as const;
type ToolName = keyof typeof PLACES;

export const isToolName = (word: string | undefined): word is ToolName =>
  word !== undefined && Object.hasOwn(PLACES, word);

/** Relative paths are taken from `from`, the folder in which the command was typed. Null: the help is asked for. */
export function parseToolOptions(
  [name, ...args]: readonly [ToolName, ...string[]],
  from: string,
): Result<ToolOptions | null, BadOptions> {
  if (args.includes('--help')) return ok(null);
  const firstOption = args.findIndex((arg) => arg.startsWith('--'));
  const places = args.slice(0, firstOption === -1 ? args.length : firstOption);
  const command = `npm run hub -- ${name}`;
  if (places.length !== PLACES[name].length) {
    return refuse({
      type: 'badOptions',
      line: `${command} expects ${PLACES[name].join(' and ')}. See ${command} --help`,
    });
  }
  const options = args.slice(places.length);
  if (name !== 'statistics') {
    const read = readOptions({}, { args: options, env: {}, command });
    if (!read.ok) return read;
  }
  const [first = '', second = ''] = places.map((place) => resolve(from, place));
  switch (name) {
    case 'verify':
      return ok({ name, place: first });
    case 'backup':
      return ok({ name, place: first, to: second });
    case 'restore':
      return ok({ name, file: first, folder: second });
    case 'statistics':
      return statistics(first, options, command);
  }
}

function statistics(place: string, args: readonly string[], command: string): Result<ToolOptions, BadOptions> {
  const read = readOptions(statisticsOptions, { args, env: {}, command });
  if (!read.ok) return read;
  const { from = null, to = null, csv, json, counters } = read.value;
  if (csv && json) return refuse({ type: 'badOptions', line: `--csv or --json, not both. See ${command} --help` });
  return ok({ name: 'statistics', place, wish: { from, to, format: json ? 'json' : 'csv', counters } });
}
