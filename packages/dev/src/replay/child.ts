/** One process of a replay, as the parent sees it: lines in, lines out, and an end that is never silent. */
import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { ProcessSettings } from './process-settings.ts';
import { type ChildLine, childLineSchema, type ParentLine } from './records.ts';

const HUB_PROCESS = import.meta.resolve('./hub-process.ts');
const DEVICE_PROCESS = import.meta.resolve('./device-process.ts');
/** A process that was told to end and has not after so long is killed. */
const END_TIMEOUT_MS = 3_000;

export interface Child {
  readonly name: string;
  tell(line: ParentLine): void;
  /** Tells it to end and waits until it has. Repetition does nothing more. */
  end(): Promise<void>;
}

export interface ChildEvents {
  onLine(line: ChildLine, child: Child): void;
  /** It ended without having been told to, or said something unreadable. */
  onFailure(child: Child, detail: string): void;
}

export function startChild(name: string, settings: ProcessSettings, { onLine, onFailure }: ChildEvents): Child {
  const script = settings.role === 'hub' ? HUB_PROCESS : DEVICE_PROCESS;
  const child: ChildProcess = spawn(process.execPath, [fileURLToPath(script), JSON.stringify(settings)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  let isEnding = false;
  const exited = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
    // It never came up, so it never exits.
    child.once('error', () => resolve());
  });

  const self: Child = {
    name,
    tell(line) {
      if (child.stdin?.writable === true) child.stdin.write(`${JSON.stringify(line)}\n`);
    },
    async end() {
      isEnding = true;
      child.stdin?.end();
      const killer = setTimeout(() => child.kill('SIGKILL'), END_TIMEOUT_MS);
      await exited;
      clearTimeout(killer);
    },
  };
  // A write to a process that has just died is told by its exit.
  child.stdin?.on('error', () => {});
  child.once('error', (error) => onFailure(self, error.message));
  child.once('exit', (code, signal) => {
    if (!isEnding) onFailure(self, `ended with ${signal ?? `code ${code}`}`);
  });
  if (child.stdout !== null)
    createInterface({ input: child.stdout }).on('line', (text) => {
      let line: ReturnType<typeof childLineSchema.safeParse>;
      try {
        line = childLineSchema.safeParse(JSON.parse(text));
      } catch {
        return onFailure(self, `said something unreadable: ${text.slice(0, 200)}`);
      }
      if (line.success) onLine(line.data, self);
      else onFailure(self, `said something unreadable: ${text.slice(0, 200)}`);
    });
  return self;
}
