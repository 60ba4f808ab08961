/** `utilityProcess`: a real process of Node, which ends with the app. */
import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import { app } from './app.ts';
import { requireReady } from './lifecycle.ts';
import { record } from './records.ts';
import { preventable, StandInLacks, strict, strictEmitter } from './strict.ts';

const CHILD = join(import.meta.dirname, '..', 'utility', 'utility-child.ts');

interface ForkOptions {
  readonly env?: NodeJS.ProcessEnv;
  readonly cwd?: string;
  readonly execArgv?: readonly string[];
  readonly serviceName?: string;
  readonly stdio?: 'pipe' | 'ignore' | 'inherit';
}

const OPTIONS = new Set(['env', 'cwd', 'execArgv', 'serviceName', 'stdio']);

export const utilityProcess = strict('utilityProcess', {
  fork(modulePath: string, args: readonly string[] = [], options: ForkOptions = {}) {
    requireReady('utilityProcess cannot be created before app is ready.');
    const unknown = Object.keys(options).find((key) => !OPTIONS.has(key));
    if (unknown) throw new StandInLacks(`option "${unknown}" of utilityProcess.fork`);
    const { env = process.env, cwd, execArgv = [], serviceName = 'Node Utility Process', stdio = 'inherit' } = options;
    record('utilityProcess.fork', modulePath, args, options);
    const child = fork(CHILD, [modulePath, ...args], {
      env: { ...env },
      ...(cwd !== undefined && { cwd }),
      execArgv: [...execArgv],
      stdio: ['ignore', stdio, stdio, 'ipc'],
      // Structured clone, as messages between Electron's processes.
      serialization: 'advanced',
    });
    return utilityOf(child, serviceName);
  },
});

function utilityOf(child: ChildProcess, serviceName: string): object {
  let pid: number | undefined;
  let isKilled = false;
  const utility = strictEmitter('UtilityProcess', ['spawn', 'message', 'exit'], {
    get pid() {
      return pid;
    },
    get stdout() {
      return child.stdout;
    },
    get stderr() {
      return child.stderr;
    },
    postMessage(message: unknown, transfer: readonly unknown[] = []) {
      if (transfer.length > 0) throw new StandInLacks('message ports to utility processes');
      if (child.connected) child.send(structuredClone(message) as object);
    },
    kill() {
      if (pid === undefined) return false;
      isKilled = true;
      return child.kill();
    },
  });
  child.once('spawn', () => {
    pid = child.pid;
    utility.emit('spawn');
  });
  child.on('message', (message) => utility.emit('message', message));
  child.once('exit', (exitCode, signal) => {
    pid = undefined;
    const code = exitCode ?? 1;
    const reason = isKilled || signal === 'SIGKILL' ? 'killed' : signal !== null ? 'crashed' : endReason(code);
    utility.emit('exit', code);
    app.emit('child-process-gone', preventable({}), {
      type: 'Utility',
      reason,
      exitCode: code,
      serviceName: 'node.mojom.NodeService',
      name: serviceName,
    });
  });
  return utility;
}

const endReason = (code: number): string => (code === 0 ? 'clean-exit' : 'abnormal-exit');
