/**
 * Options of a command: a table says for each what it takes, where else it may come from, and what the help says about
 * it. The command line wins over the environment. Whatever cannot be understood is refused in one line.
 */
import { parseArgs } from 'node:util';
import { type Result, refuse } from '@aufruf/shared/lib/result';
import type { z } from 'zod';

export interface Option {
  /** What stands behind the option, as the help names it; null: nothing, it only switches something on. */
  readonly takes: string | null;
  readonly schema: z.ZodType;
  /** What a value that does not fit should have been. */
  readonly expected?: string;
  /** The variable of the environment that says the same. */
  readonly variable?: string;
  /** Lines of the help. */
  readonly help: string;
}

export type OptionTable = Readonly<Record<string, Option>>;
export type OptionValues<T extends OptionTable> = { readonly [Name in keyof T]: z.infer<T[Name]['schema']> };

export interface OptionSources {
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  /** How the command is typed when options follow: `npm start --`. */
  readonly command: string;
}

export interface BadOptions {
  readonly type: 'badOptions';
  readonly line: string;
}

export function readOptions<T extends OptionTable>(
  table: T,
  { args, env, command }: OptionSources,
): Result<OptionValues<T>, BadOptions> {
  const bad = (what: string) => refuse({ type: 'badOptions' as const, line: `${what} See ${command} --help` });
  const kinds = Object.fromEntries(
    Object.entries(table).map(([name, { takes }]) => [name, { type: takes === null ? 'boolean' : 'string' } as const]),
  );
  let typed: Readonly<Record<string, unknown>>;
  try {
    typed = parseArgs({ args: [...args], options: kinds, strict: true, allowPositionals: false }).values;
  } catch (error) {
    // Node's first sentence names the argument; the advice after it is about writing programs.
    const [sentence = 'These options cannot be read'] = (error as Error).message.split(/\.\s|\n/);
    return bad(`${sentence.replace(/\.$/, '')}.`);
  }
  const values: Record<string, unknown> = {};
  for (const [name, { schema, variable, expected = 'a value' }] of Object.entries(table)) {
    // A variable that is set to nothing is one that is not set.
    const fromEnv = variable === undefined ? undefined : env[variable] || undefined;
    const value = typed[name] ?? fromEnv;
    const parsed = schema.safeParse(value);
    const source = typed[name] === undefined ? variable : `--${name}`;
    if (!parsed.success) {
      return bad(
        value === undefined
          ? `--${name}${variable === undefined ? '' : ` or ${variable}`} is needed: ${expected}.`
          : `${source} expects ${expected}, not "${String(value)}".`,
      );
    }
    values[name] = parsed.data;
  }
  return { ok: true, value: values as OptionValues<T> };
}

/** One entry for each option, the second column in line. */
export function optionsHelp(table: OptionTable): string {
  const entries = Object.entries(table).map(([name, { takes, help, variable }]) => ({
    left: `  --${name}${takes === null ? '' : ` ${takes}`}`,
    lines: [...help.split('\n'), ...(variable === undefined ? [] : [`also: ${variable}`])],
  }));
  const width = Math.max(...entries.map(({ left }) => left.length)) + 3;
  return entries
    .flatMap(({ left, lines }) => lines.map((line, i) => `${(i === 0 ? left : '').padEnd(width)}${line}`))
    .map((line) => `${line}\n`)
    .join('');
}
