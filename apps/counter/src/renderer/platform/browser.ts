/** What the counter takes from the browser besides clock and timers: kept settings, a random session, system notices. */
import type { SessionId } from '@aufruf/shared/lib/ids';

/** Kept values outlive the page in `local`, the window in neither. A browser may forbid both; then nothing is kept. */
export const kept = {
  read: (where: 'local' | 'session', key: string): string | null => {
    try {
      return storageOf(where).getItem(key);
    } catch {
      return null;
    }
  },
  write: (where: 'local' | 'session', key: string, value: string): void => {
    try {
      storageOf(where).setItem(key, value);
    } catch {
      // Storage is full or forbidden: the choice holds until the page is closed.
    }
  },
};

const storageOf = (where: 'local' | 'session') => (where === 'local' ? localStorage : sessionStorage);

/** 128 random bits in hex. Not `crypto.randomUUID`: browsers withhold it from pages served over plain http. */
export const newSessionId = (): SessionId =>
  [...crypto.getRandomValues(new Uint8Array(16))]
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join('') as SessionId;

export const preferredLanguages = (): readonly string[] => navigator.languages ?? [navigator.language];

/** A notice of the operating system, if the clerk has allowed them and is looking elsewhere. Never asks. */
export function notifyOutside(title: string, body: string): void {
  if (document.hasFocus() || !('Notification' in globalThis) || Notification.permission !== 'granted') return;
  new Notification(title, { body, tag: 'aufruf-arrival' });
}
