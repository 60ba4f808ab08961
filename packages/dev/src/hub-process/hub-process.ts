/** Starts and ends a hub in a process of its own. */
import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import type { HubMessage, HubSettings } from './hub-settings.ts';

export interface HubProcess {
  readonly port: number;
  readonly url: string;
  /** Ends it in good order. Repetition does nothing. */
  stop(): Promise<void>;
  /** `kill -9`: it has no chance to tidy up. */
  kill(): Promise<void>;
  /** What it has logged so far. */
  log(): string;
}

/**
 * Resolves when pages can be opened. It never outlives this process.
 * @throws when the hub cannot start, with its own words
 */
export function startHubProcess(settings: HubSettings): Promise<HubProcess> {
  const child = fork(join(import.meta.dirname, 'hub-child.ts'), [JSON.stringify(settings)], {
    execArgv: [],
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  let log = '';
  const keep = (chunk: Buffer) => {
    log += chunk.toString();
  };
  child.stdout?.on('data', keep);
  child.stderr?.on('data', keep);
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));

  return new Promise((resolve, reject) => {
    child.once('message', (message: HubMessage) => {
      if (message.type === 'refused') reject(new Error(message.lines.join('\n')));
      else
        resolve({
          ...message,
          stop: () => end(child, ended, 'SIGTERM'),
          kill: () => end(child, ended, 'SIGKILL'),
          log: () => log,
        });
    });
    child.once('exit', (code) => reject(new Error(`The hub ended at its start (${code}):\n${log}`)));
  });
}

function end(child: ChildProcess, ended: Promise<void>, signal: NodeJS.Signals): Promise<void> {
  child.kill(signal);
  return ended;
}
