/**
 * Keeps the compressed clock from outrunning the machine: a clerk's click that takes a twentieth of a second is half a
 * minute at 600 times natural speed, and the replay would measure the machine instead of the office. So the speed follows
 * how long commands take. Pure.
 */

/** What one command may take on average, in virtual ms. */
const COMMAND_BUDGET_MS = 20_000;
/** However slow the machine, the clock runs at least at this part of the speed asked for. */
const SLOWEST = 1 / 10;
const MOST_DOWN = 0.6;
const MOST_UP = 1.2;

/** The speed from now on. `commandMs`: mean real time of the newest commands; null when there were none. */
export function nextSpeed(speed: number, commandMs: number | null, fullSpeed: number): number {
  const wanted = commandMs === null ? fullSpeed : COMMAND_BUDGET_MS / Math.max(1, commandMs);
  const step = Math.min(MOST_UP, Math.max(MOST_DOWN, wanted / speed));
  return Math.min(fullSpeed, Math.max(fullSpeed * SLOWEST, speed * step));
}

/** Counts how long commands take, those still under way included. */
export interface CommandMeter {
  begin(): () => void;
  /** Sum and number since the last time it was asked. */
  take(): { readonly commands: number; readonly totalMs: number };
}

export function createCommandMeter(monoMs: () => number): CommandMeter {
  let commands = 0;
  let totalMs = 0;
  const underWay = new Set<{ readonly sinceMs: number }>();
  return {
    begin() {
      const one = { sinceMs: monoMs() };
      underWay.add(one);
      return () => {
        underWay.delete(one);
        commands += 1;
        totalMs += monoMs() - one.sinceMs;
      };
    },
    take() {
      const now = monoMs();
      // What hangs has to count before it ends: a stuck hub would go unnoticed.
      const hanging = [...underWay].map(({ sinceMs }) => now - sinceMs).filter((ms) => ms > 0);
      const taken = {
        commands: commands + hanging.length,
        totalMs: totalMs + hanging.reduce((sum, ms) => sum + ms, 0),
      };
      commands = 0;
      totalMs = 0;
      return taken;
    },
  };
}
