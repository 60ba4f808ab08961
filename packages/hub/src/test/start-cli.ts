/** `npm run hub` as a process of its own, to be killed. */
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export interface CliProcess {
  /** What it said once it was up. */
  readonly out: string;
  /** `kill -9`; resolves when the process is gone. */
  kill(): Promise<void>;
}

const SCRIPT = fileURLToPath(new URL('../cli.ts', import.meta.url));

/** Resolves when the hub is up. @throws with what it said when it does not start */
export function startCli(args: readonly string[]): Promise<CliProcess> {
  const child = spawn(process.execPath, [SCRIPT, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  const gone = new Promise<void>((resolve) => child.on('close', () => resolve()));
  let out = '';
  let errors = '';
  child.stderr.on('data', (chunk: Buffer) => {
    errors += chunk.toString();
  });
  return new Promise((resolve, reject) => {
    child.stdout.on('data', (chunk: Buffer) => {
      out += chunk.toString();
      if (!out.includes('Log: ')) return;
      resolve({
        out,
        kill() {
          child.kill('SIGKILL');
          return gone;
        },
      });
    });
    void gone.then(() => reject(new Error(`the hub ended: ${errors}`)));
  });
}
