import { type SessionId, sessionIdSchema } from '@aufruf/shared/lib/ids';
import { kept, newSessionId } from '../platform/browser.ts';

const KEY = 'aufruf.counter.session';

/** This window's session: random, names no person, lives as long as the window, so that a reload resumes the counter. */
export function keptSession(): SessionId {
  const stored = sessionIdSchema.safeParse(kept.read('session', KEY));
  if (stored.success) return stored.data;
  const fresh = newSessionId();
  kept.write('session', KEY, fresh);
  return fresh;
}
