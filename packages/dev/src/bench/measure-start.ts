/** How long a headless hub takes from the start of its process until /health says `ok`. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { root } from '../root.ts';
import { nowMs } from './clock.ts';

const START_TIMEOUT_MS = 60_000;
const LOOK_MS = 2;

/** Ms. The hub is ended again. @throws what it said when it did not come up */
export async function measureHubStart(locationFile: string, dataFolder: string): Promise<number> {
  const startedAt = nowMs();
  const args = ['--location', locationFile, '--data', dataFolder, '--port', '0', '--log', '-', '--log-level', 'error'];
  const child = spawn(process.execPath, [join(root, 'packages', 'hub', 'src', 'cli.ts'), ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const exited = once(child, 'exit');
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (data: Buffer) => {
      said += data.toString();
    });
  try {
    for (;;) {
      const url = /https?:\/\/127\.0\.0\.1:\d+/.exec(said)?.[0];
      if (url !== undefined && (await isHealthy(url))) return nowMs() - startedAt;
      const isLate = nowMs() - startedAt > START_TIMEOUT_MS;
      if (isLate || child.exitCode !== null) throw new Error(`the hub did not come up: ${said}`);
      await wait(LOOK_MS);
    }
  } finally {
    child.kill('SIGTERM');
    await exited;
  }
}

async function isHealthy(url: string): Promise<boolean> {
  const answer = await fetch(`${url}/health`);
  return ((await answer.json()) as { readonly status: string }).status === 'ok';
}
