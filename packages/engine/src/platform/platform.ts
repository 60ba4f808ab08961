/**
 * Everything the outside gives: clocks, randomness, timers, the log. Only `platform/` touches the real ones;
 * all else takes them as an argument, so that a test or a simulation can supply its own.
 */
import type { Sha256 } from '@aufruf/shared/lib/hash';
import type { CommandId, Incarnation } from '@aufruf/shared/lib/ids';
import type { EpochMs } from '@aufruf/shared/lib/time';

export interface Log {
  debug(message: string, fields?: Readonly<Record<string, unknown>>): void;
  info(message: string, fields?: Readonly<Record<string, unknown>>): void;
  warn(message: string, fields?: Readonly<Record<string, unknown>>): void;
  error(message: string, fields?: Readonly<Record<string, unknown>>): void;
}

export interface Platform {
  /** Wall clock, ms since 1970. May be wrong and may jump. */
  now(): EpochMs;
  /** Monotonic clock in whole ms since an arbitrary start; for spans. */
  monoMs(): number;
  newCommandId(): CommandId;
  /** 128 random bits (J2). */
  newIncarnation(): Incarnation;
  /** A number in [0, 1), for jitter. */
  random(): number;
  /** Runs `work` once after `delayMs`; returns the way to cancel. */
  schedule(delayMs: number, work: () => void): () => void;
  readonly sha256: Sha256;
  readonly log: Log;
}
