import type { CommandId } from '@aufruf/shared/lib/ids';
import type { RendererPlatform } from '../renderer-platform.ts';

export interface TestRendererPlatform extends RendererPlatform {
  /** Moves the clock on, running what falls due at its time. */
  advance(ms: number): void;
  timersPending(): number;
}

/** A platform in which nothing happens by itself. Its wall clock starts at `startAt`, its ids count up. */
export function createTestPlatform(startAt = 1_000_000): TestRendererPlatform {
  const timers = new Set<{ readonly dueMs: number; readonly work: () => void }>();
  let monoMs = 0;
  let ids = 0;
  return {
    now: () => startAt + monoMs,
    monoMs: () => monoMs,
    random: () => 0.5,
    newCommandId() {
      ids += 1;
      return `command-${String(ids).padStart(12, '0')}` as CommandId;
    },
    schedule(delayMs, work) {
      const timer = { dueMs: monoMs + delayMs, work };
      timers.add(timer);
      return () => void timers.delete(timer);
    },
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
    timersPending: () => timers.size,
  };
}
