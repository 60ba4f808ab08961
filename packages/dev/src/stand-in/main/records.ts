/** What apps did that nobody can see in Chromium: kept for tests to read. */
import type { StandInRecord } from '../settings.ts';

const kept: StandInRecord[] = [];

export function record(api: string, ...args: readonly unknown[]): void {
  kept.push({ api, args: args.map(toPlain) });
}

export const records = (): readonly StandInRecord[] => kept;

/** A copy that can cross to another process. */
function toPlain(value: unknown): unknown {
  const text = JSON.stringify(value, (_key, part) => (typeof part === 'function' ? '[function]' : part));
  return text === undefined ? undefined : JSON.parse(text);
}
