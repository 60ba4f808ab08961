import { utf8Length } from '../lib/utf8-length.ts';

/** Size of a value as JSON in UTF-8 bytes; null where it is not JSON at all (a cycle, a BigInt, nothing). */
export function jsonBytes(value: unknown): number | null {
  try {
    const json = JSON.stringify(value) as string | undefined;
    return json === undefined ? null : utf8Length(json);
  } catch {
    return null;
  }
}
