/** Starts `hub-process.ts`, reads what it reports, kills it. */
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { assert } from '@aufruf/shared/lib/assert';

export interface HubProcess {
  readonly port: number;
  /** `kill -9`; resolves when the process is gone and all it had reported is read. */
  kill(): Promise<void>;
}

export interface HubProcessOptions {
  readonly file: string;
  /** 0 = any free one. */
  readonly port: number;
  /** Whether it draws tickets itself. */
  readonly load: 'busy' | 'quiet';
  /** A configuration's file; absent: `bigLocation`. */
  readonly locationFile?: string;
  readonly onDrawn?: (visitId: string, number: string) => void;
}

const SCRIPT = fileURLToPath(new URL('./hub-process.ts', import.meta.url));

export async function startHubProcess(options: HubProcessOptions): Promise<HubProcess> {
  const { file, port, load, locationFile, onDrawn = () => {} } = options;
  const args = [SCRIPT, file, String(port), load, ...(locationFile === undefined ? [] : [locationFile])];
  const child = spawn(process.execPath, args, { stdio: 'pipe' });
  let errors = '';
  child.stderr.on('data', (chunk) => {
    errors += chunk;
  });
  const lines = createInterface({ input: child.stdout });
  const listening = Promise.withResolvers<number>();
  const gone = Promise.withResolvers<void>();
  lines.on('line', (line) => {
    const [what, first = '', second = ''] = line.split(' ');
    if (what === 'listening') listening.resolve(Number(first));
    if (what === 'drawn') onDrawn(first, second);
  });
  lines.on('close', () => {
    listening.reject(new Error(`the hub process ended: ${errors}`));
    gone.resolve();
  });
  const actualPort = await listening.promise;
  return {
    port: actualPort,
    kill() {
      assert(child.exitCode === null, `the hub process ended by itself: ${errors}`);
      child.kill('SIGKILL');
      return gone.promise;
    },
  };
}
