/**
 * Lets the simulator hunt one planted bug, in a process of its own: `hunt.ts <index> <most seeds>`. Prints as JSON what it
 * found, or null.
 */
import { plant } from './plant.ts';
import { plantedBugs } from './planted-bugs.ts';

export interface Catch {
  readonly seeds: number;
  readonly rule: string;
  readonly detail: string;
}

const [index = '', mostSeeds = ''] = process.argv.slice(2);
const planted = plantedBugs[Number(index)];
if (planted === undefined) throw new Error(`no planted bug ${index}`);
plant(planted.edits);
// Only now: what is planted must be there when the sources are loaded.
const { simulate } = await import('@aufruf/hub/simulation/simulate');
const { SMALL } = await import('@aufruf/hub/simulation/plan');

/** Small locations are fast, and too small for a few of the bugs. */
const BIG_EVERY = 3;
let found: Catch | null = null;
for (let seed = 1; seed <= Number(mostSeeds) && found === null; seed += 1) {
  const isBig = seed % BIG_EVERY === 0;
  const [violation] = (await simulate({ seed, ...(isBig ? {} : SMALL), ...planted.suits })).violations;
  if (violation !== undefined) found = { seeds: seed, rule: violation.rule, detail: violation.detail };
}
console.log(JSON.stringify(found));
