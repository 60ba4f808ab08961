/** The real clocks, randomness, timers and log. Only the composition root of a process makes one and hands it on. */
import { randomBytes, randomUUID } from 'node:crypto';
import type { CommandId, Incarnation } from '@aufruf/shared/lib/ids';
import { createJsonLog } from './json-log.ts';
import type { Log, Platform } from './platform.ts';
import { sha256 } from './sha256.ts';

/** Longest delay `schedule` takes, about 24 days: setTimeout would run a longer one at once. */
export const MAX_DELAY_MS = 2 ** 31 - 1;

export interface NodePlatformOptions {
  /** Default: JSON lines of level `info` to `write`. */
  readonly log?: Log;
  /** Takes a line of the default log, newline included; standard error, where absent. */
  readonly write?: (line: string) => void;
}

export function createNodePlatform({ log, write = toStandardError }: NodePlatformOptions = {}): Platform {
  const now = () => Date.now();
  return {
    now,
    monoMs: () => Math.floor(performance.now()),
    newCommandId: () => randomUUID() as CommandId,
    newIncarnation: () => randomBytes(16).toString('hex') as Incarnation,
    random: () => Math.random(),
    schedule: (delayMs, work) => {
      if (!(delayMs <= MAX_DELAY_MS)) throw new Error(`cannot schedule in ${delayMs} ms`);
      if (delayMs <= 0) {
        // setTimeout would wait 1 ms; this runs as soon as the messages that are here already have been handled.
        // Not unref'd: an idle process would sleep over it, and it keeps nothing alive for longer than a turn.
        const immediate = setImmediate(work);
        return () => clearImmediate(immediate);
      }
      const timer = setTimeout(work, delayMs);
      // Servers, sockets and windows keep a process alive. A timer alone must not, or a stopped hub would linger.
      timer.unref();
      return () => clearTimeout(timer);
    },
    sha256,
    log: log ?? createJsonLog({ level: 'info', now, write }),
  };
}

const toStandardError = (line: string): void => void process.stderr.write(line);
