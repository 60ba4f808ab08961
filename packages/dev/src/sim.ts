/** `npm run sim`: runs seeds of the simulator, or one with a trace, or hunts the planted bugs. Exit code 1: not as it should be. */
import { optionsOf } from '@aufruf/hub/simulation/mix';
import { simulate } from '@aufruf/hub/simulation/simulate';
import { runPlanted } from './planted/run-planted.ts';
import { runSeeds } from './sim/run-seeds.ts';
import { HELP, parseSimOptions, type SimOptions } from './sim/sim-options.ts';

const options = parseSimOptions(process.argv.slice(2));
if (options.ok) process.exitCode = (await carryOut(options.value)) ? 0 : 1;
else {
  console.error(options.refusal.line);
  process.exitCode = 1;
}

/** Whether all was well. */
async function carryOut(wish: SimOptions): Promise<boolean> {
  switch (wish.do) {
    case 'help':
      console.log(HELP);
      return true;
    case 'planted':
      return (await runPlanted(wish.only)) === 0;
    case 'replay':
      return replay(wish);
    case 'seeds':
      return (await runSeeds(wish, console.log)) === 0;
  }
}

async function replay({ from: seed, wished }: SimOptions): Promise<boolean> {
  const { violations } = await simulate(optionsOf(seed, wished), console.log);
  for (const { rule, atMs, detail } of violations) console.log(`${rule} at ${atMs} ms: ${detail}`);
  return violations.length === 0;
}
