/** Where an app is in its life: some of Electron works only in some parts of it, and real Electron punishes the rest. */

export type Phase = 'loading' | 'ready' | 'quitting' | 'ended';

let phase: Phase = 'loading';

export const currentPhase = (): Phase => phase;

export function enterPhase(next: Phase): void {
  phase = next;
}

/** @throws with Electron's own words when the app is not ready yet */
export function requireReady(words: string): void {
  if (phase === 'loading') throw new Error(words);
}

/** @throws with Electron's own words when the app is ready already */
export function requireNotReady(words: string): void {
  if (phase !== 'loading') throw new Error(words);
}
