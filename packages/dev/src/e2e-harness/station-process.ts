/** A station in web mode in a process of its own, as `npm run station` starts it. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import type { App } from '../apps.ts';
import { root } from '../root.ts';

export interface StationProcess {
  /** Of its page. */
  readonly url: string;
  /** What it has logged so far. */
  log(): string;
  /** Ends it in good order. */
  stop(): Promise<void>;
}

export interface StationSettings {
  readonly app: App;
  readonly station: string;
  readonly hubUrl: string;
  readonly dataFolder: string;
}

const CLI = join(root, 'packages', 'hub', 'src', 'station', 'station-cli.ts');

/** @throws when it cannot start, with its own words */
export function startStationProcess({ app, station, hubUrl, dataFolder }: StationSettings): Promise<StationProcess> {
  const args = ['--hub', hubUrl, `--${app}`, station, '--data', dataFolder, '--port', '0', '--log', '-'];
  const child = spawn(process.execPath, [CLI, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  let log = '';
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => {
    log += chunk.toString();
  });
  return new Promise((resolve, reject) => {
    child.stdout.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      const url = /is up: (\S+)/.exec(said)?.[1];
      if (url === undefined) return;
      resolve({
        url,
        log: () => log,
        stop() {
          child.kill('SIGTERM');
          return ended;
        },
      });
    });
    child.once('exit', (code) => reject(new Error(`${station} ended at its start (${code}):\n${log}`)));
  });
}
