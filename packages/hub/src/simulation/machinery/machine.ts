/**
 * A machine with its clock, and the process that runs on it. A process can be paused (SIGSTOP, a lid closed) and killed
 * at any moment, in the middle of a transaction too: from then on nothing it does has any effect.
 */
import type { Log, Platform } from '@aufruf/engine/platform/platform';
import { sha256 } from '@aufruf/engine/platform/sha256';
import type { CommandId, Incarnation } from '@aufruf/shared/lib/ids';
import type { EpochMs } from '@aufruf/shared/lib/time';
import type { Chance } from './chance.ts';
import type { VirtualTime } from './virtual-time.ts';

/** Thrown into a process that dies, to get out of whatever it is doing. */
export class Killed extends Error {}

export interface Process {
  readonly platform: Platform;
  isAlive(): boolean;
  isPaused(): boolean;
  /** Runs `work` as part of the process: at once, after its pause, or never. */
  run(work: () => void): void;
  pause(): void;
  resume(): void;
  kill(): void;
  /** @throws Killed when the process is dead: for what its code calls */
  assertAlive(): void;
}

export interface Machine {
  readonly name: string;
  /** Wall clock. */
  now(): EpochMs;
  /** Sets the wall clock off against the true time by so much. */
  setClockError(ms: number): void;
  clockError(): number;
  /** Starts a process; the one before is dead. */
  start(): Process;
  /** The process started last; null before the first. */
  process(): Process | null;
}

export interface MachineOptions {
  readonly name: string;
  readonly time: VirtualTime;
  /** The true time, ms since 1970. */
  readonly trueNow: () => EpochMs;
  readonly chance: Chance;
  readonly log: (machine: string, level: keyof Log, message: string, fields: unknown) => void;
  /** A living process threw: a bug. */
  readonly onThrow: (machine: string, error: unknown) => void;
}

export function createMachine({ name, time, trueNow, chance, log, onThrow }: MachineOptions): Machine {
  let clockErrorMs = 0;
  let current: Process | null = null;
  const now = () => Math.max(0, trueNow() + clockErrorMs);
  const logAt =
    (level: keyof Log): Log['info'] =>
    (message, fields) =>
      log(name, level, message, fields);

  function start(): Process {
    current?.kill();
    let isAlive = true;
    let isPaused = false;
    let held: (() => void)[] = [];

    function run(work: () => void): void {
      if (!isAlive) return;
      if (isPaused) {
        held.push(work);
        return;
      }
      try {
        work();
      } catch (error) {
        // What a dying process throws on its way down is nobody's business.
        if (isAlive) onThrow(name, error);
      }
    }

    const process: Process = {
      platform: {
        now,
        monoMs: time.now,
        newCommandId: () => chance.hex128() as CommandId,
        newIncarnation: () => chance.hex128() as Incarnation,
        random: chance.fraction,
        schedule: (delayMs, work) => {
          let isCancelled = false;
          const cancel = time.after(delayMs, () =>
            run(() => {
              if (!isCancelled) work();
            }),
          );
          return () => {
            isCancelled = true;
            cancel();
          };
        },
        sha256,
        log: { debug: logAt('debug'), info: logAt('info'), warn: logAt('warn'), error: logAt('error') },
      },
      isAlive: () => isAlive,
      isPaused: () => isPaused,
      run,
      pause: () => {
        isPaused = true;
      },
      resume: () => {
        isPaused = false;
        const works = held;
        held = [];
        for (const work of works) run(work);
      },
      kill: () => {
        isAlive = false;
        held = [];
      },
      assertAlive: () => {
        if (!isAlive) throw new Killed(`${name} is dead`);
      },
    };
    current = process;
    return process;
  }

  return {
    name,
    now,
    setClockError: (ms) => {
      clockErrorMs = Math.round(ms);
    },
    clockError: () => clockErrorMs,
    start,
    process: () => current,
  };
}
