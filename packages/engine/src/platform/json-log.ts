/**
 * The log: one JSON object a line, for a person with `grep` and for any collector.
 *
 * It must never hold what a citizen or clerk entered. So a field is a number, a boolean or a short text; an object, which
 * is what a payload would be, is written as its kind only. An Error gives name, message and stack.
 */
import type { EpochMs } from '@aufruf/shared/lib/time';
import type { Log } from './platform.ts';

/** In rising order; a log writes its own level and all above. */
export const LOG_LEVELS = ['debug', 'info', 'warn', 'error'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** Longest text in a field, in characters; stacks have more. */
export const MAX_LOG_TEXT = 300;
const MAX_STACK_TEXT = 4_000;

export interface JsonLogOptions {
  readonly level: LogLevel;
  readonly now: () => EpochMs;
  /** Takes one line, newline included. */
  readonly write: (line: string) => void;
}

export function createJsonLog({ level, now, write }: JsonLogOptions): Log {
  const lowest = LOG_LEVELS.indexOf(level);
  const logAt =
    (lineLevel: LogLevel): Log['info'] =>
    (message, fields) => {
      if (LOG_LEVELS.indexOf(lineLevel) < lowest) return;
      const line = { at: new Date(now()).toISOString(), level: lineLevel, message, ...loggableFields(fields) };
      write(`${JSON.stringify(line)}\n`);
    };
  return { debug: logAt('debug'), info: logAt('info'), warn: logAt('warn'), error: logAt('error') };
}

/** What a line says itself; a field cannot pass itself off as it. */
const OWN_NAMES: ReadonlySet<string> = new Set(['at', 'level', 'message']);

/** Fields as a log may hold them, whoever writes it. */
export function loggableFields(fields: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [OWN_NAMES.has(name) ? `field.${name}` : name, loggable(value)]),
  );
}

function loggable(value: unknown): unknown {
  if (value === null || typeof value === 'boolean' || typeof value === 'number') return value;
  if (typeof value === 'string') return cut(value, MAX_LOG_TEXT);
  if (value instanceof Error) {
    return {
      name: value.name,
      message: cut(value.message, MAX_LOG_TEXT),
      stack: cut(value.stack ?? '', MAX_STACK_TEXT),
      ...(value.cause instanceof Error && { cause: cut(`${value.cause.name}: ${value.cause.message}`, MAX_LOG_TEXT) }),
    };
  }
  return Array.isArray(value) ? `[array of ${value.length}]` : `[${typeof value}]`;
}

const cut = (text: string, length: number): string => (text.length <= length ? text : `${text.slice(0, length)}…`);
