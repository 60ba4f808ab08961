/** What a screen takes from outside: clock, randomness, timers. Only this folder touches the real ones. */
import type { CommandId } from '@aufruf/shared/lib/ids';
import type { EpochMs } from '@aufruf/shared/lib/time';

export interface RendererPlatform {
  /** This machine's wall clock; a screen shows the host's instead (`useHostNow`). */
  now(): EpochMs;
  /** Monotonic ms since an arbitrary start; for spans. */
  monoMs(): number;
  /** A number in [0, 1), for jitter. */
  random(): number;
  newCommandId(): CommandId;
  /** Runs `work` once after `delayMs`; returns the way to cancel. */
  schedule(delayMs: number, work: () => void): () => void;
}
