/**
 * A platform in which nothing happens by itself: the clock stands until `advance` moves it, ids and random numbers follow
 * from the seed, and the log is kept for looking at. Two platforms with one seed behave alike, ids included; devices of
 * one test therefore need seeds of their own.
 */
import type { CommandId, Incarnation } from '@aufruf/shared/lib/ids';
import type { EpochMs } from '@aufruf/shared/lib/time';
import type { Log, Platform } from './platform.ts';
import { createRandom } from './seeded-random.ts';
import { sha256 } from './sha256.ts';

export interface LogLine {
  readonly level: keyof Log;
  readonly message: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

export interface TestPlatform extends Platform {
  /** Moves both clocks on by `ms`, running what falls due, at its time and in order. */
  advance(ms: number): void;
  /** Sets the wall clock alone, as a person or a time server does. Timers do not notice. */
  setWallClock(at: EpochMs): void;
  /** How many timers wait. */
  timersPending(): number;
  readonly logged: readonly LogLine[];
}

export interface TestPlatformOptions {
  readonly now: EpochMs;
  /** Any whole number. */
  readonly seed: number;
}

interface Timer {
  readonly dueMs: number;
  readonly work: () => void;
}

export function createTestPlatform({ now: startAt, seed }: TestPlatformOptions): TestPlatform {
  const random = createRandom(seed);
  const logged: LogLine[] = [];
  // Insertion order, so that of two timers due at once the older runs first.
  const timers = new Set<Timer>();
  let monoMs = 0;
  /** Wall clock minus monotonic clock. */
  let wallOffsetMs = startAt;

  const hex128 = () => Array.from({ length: 4 }, () => random.uint32().toString(16).padStart(8, '0')).join('');
  const logAt =
    (level: keyof Log): Log['info'] =>
    (message, fields = {}) => {
      logged.push({ level, message, fields });
    };
  const firstDue = (untilMs: number): Timer | null => {
    let first: Timer | null = null;
    for (const timer of timers) if (timer.dueMs <= untilMs && (!first || timer.dueMs < first.dueMs)) first = timer;
    return first;
  };

  return {
    now: () => monoMs + wallOffsetMs,
    monoMs: () => monoMs,
    newCommandId: () => hex128() as CommandId,
    newIncarnation: () => hex128() as Incarnation,
    random: () => random.uint32() / 2 ** 32,
    schedule: (delayMs, work) => {
      const timer: Timer = { dueMs: monoMs + Math.max(0, Math.ceil(delayMs)), work };
      timers.add(timer);
      return () => void timers.delete(timer);
    },
    sha256,
    log: { debug: logAt('debug'), info: logAt('info'), warn: logAt('warn'), error: logAt('error') },

    advance: (ms) => {
      if (!Number.isInteger(ms) || ms < 0) throw new Error(`cannot advance by ${ms} ms`);
      const untilMs = monoMs + ms;
      for (let timer = firstDue(untilMs); timer !== null; timer = firstDue(untilMs)) {
        timers.delete(timer);
        monoMs = timer.dueMs;
        timer.work();
      }
      monoMs = Math.max(monoMs, untilMs);
    },
    setWallClock: (at) => {
      wallOffsetMs = at - monoMs;
    },
    timersPending: () => timers.size,
    logged,
  };
}
