/** A platform in which nothing happens by itself, and whose log can be read. */
import type { ShellPlatform } from '../shell-platform.ts';

export interface TestShellPlatform extends ShellPlatform {
  /** Moves the clock on, running what falls due at its time. */
  advance(ms: number): void;
  /** Messages of the log, with their level: `warn: a request was denied`. */
  readonly lines: readonly string[];
}

export function createTestShellPlatform(): TestShellPlatform {
  const timers = new Set<{ readonly dueMs: number; readonly work: () => void }>();
  const lines: string[] = [];
  let monoMs = 0;
  const at = (level: string) => (message: string) => void lines.push(`${level}: ${message}`);
  return {
    monoMs: () => monoMs,
    schedule(delayMs, work) {
      const timer = { dueMs: monoMs + delayMs, work };
      timers.add(timer);
      return () => void timers.delete(timer);
    },
    log: { info: at('info'), warn: at('warn'), error: at('error') },
    lines,
    advance(ms) {
      const untilMs = monoMs + ms;
      for (;;) {
        const [next] = [...timers].filter((timer) => timer.dueMs <= untilMs).sort((a, b) => a.dueMs - b.dueMs);
        if (next === undefined) break;
        timers.delete(next);
        monoMs = next.dueMs;
        next.work();
      }
      monoMs = untilMs;
    },
  };
}
