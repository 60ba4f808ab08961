import type { z } from 'zod';
import type { BridgeRefusal } from './bridge.ts';

/** Longest detail of a refusal in characters, so that a refusal never echoes a large message back. */
export const MAX_DETAIL_LENGTH = 300;

/** Turns the first problem zod found into a refusal that names the place and what was expected there. */
export function refuseMalformed(
  root: string,
  error: z.ZodError,
): { readonly ok: false; readonly refusal: BridgeRefusal } {
  const issue = error.issues[0];
  const place = (issue?.path ?? []).reduce<string>(
    (path, key) => (typeof key === 'number' ? `${path}[${key}]` : `${path}.${String(key)}`),
    root,
  );
  const detail = `${place}: ${issue?.message ?? 'invalid'}`.slice(0, MAX_DETAIL_LENGTH);
  return { ok: false, refusal: { type: 'malformed', detail } };
}
