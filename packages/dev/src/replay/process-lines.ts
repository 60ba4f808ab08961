/** The wire between a replay's processes: JSON lines, out on standard output, in on standard input. */
import { createInterface } from 'node:readline';
import { type ChildLine, type ParentLine, parentLineSchema } from './records.ts';

/** Writes one line for the parent. */
export const tellParent = (line: ChildLine): void => {
  process.stdout.write(`${JSON.stringify(line)}\n`);
};

/** Hands on what the parent says. A parent that is gone ends this process: nothing may outlive a replay. */
export function listenToParent(onLine: (line: ParentLine) => void, onGone: () => void): void {
  const lines = createInterface({ input: process.stdin });
  lines.on('line', (text) => onLine(parentLineSchema.parse(JSON.parse(text))));
  lines.on('close', onGone);
}

/** Ends the process with a line that says why; also for what nobody caught. */
export function failAsChild(error: unknown): never {
  const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
  // Straight to the file descriptor: what is left in a stream's buffer would be lost with the process.
  tellParent({ kind: 'failed', detail });
  process.exit(1);
}
