/** What the shell takes from outside: a monotonic clock, timers, the log. An engine's platform fits. */

export interface ShellLog {
  info(message: string, fields?: Readonly<Record<string, unknown>>): void;
  warn(message: string, fields?: Readonly<Record<string, unknown>>): void;
  error(message: string, fields?: Readonly<Record<string, unknown>>): void;
}

export interface ShellPlatform {
  /** Monotonic ms since an arbitrary start. */
  monoMs(): number;
  /** Runs `work` once after `delayMs`; returns the way to cancel. */
  schedule(delayMs: number, work: () => void): () => void;
  readonly log: ShellLog;
}
