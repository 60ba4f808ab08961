/** Hunts all planted bugs and says of each whether, how fast and by which rule it was found. */
import { execFile } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Catch } from './hunt.ts';
import { plantedBugs } from './planted-bugs.ts';

const run = promisify(execFile);
/** More seeds than this for one bug, and the simulator counts as blind to it. */
const MOST_SEEDS = 300;

/** Returns how many were not found. `only`: those whose rule or name contains this. */
export async function runPlanted(only: string): Promise<number> {
  const waiting = [...plantedBugs.entries()].filter(([, { rule, id }]) => `${rule} ${id}`.includes(only));
  const total = waiting.length;
  let found = 0;

  async function work(): Promise<void> {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const [index, { rule, id }] = next;
      const caught = await hunt(index);
      if (caught !== null) found += 1;
      const outcome =
        caught === null
          ? `NOT FOUND in ${MOST_SEEDS} seeds`
          : `found after ${caught.seeds} seeds, as ${caught.rule}: ${(caught.detail.split('\n')[0] ?? '').slice(0, 110)}`;
      console.log(`${rule.padEnd(3)} ${id}: ${outcome}`);
    }
  }

  await Promise.all(Array.from({ length: availableParallelism() }, work));
  console.log(`${found}/${total} found`);
  return total - found;
}

async function hunt(index: number): Promise<Catch | null> {
  const script = join(import.meta.dirname, 'hunt.ts');
  const { stdout } = await run(process.execPath, [script, String(index), String(MOST_SEEDS)]);
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? 'null') as Catch | null;
}
