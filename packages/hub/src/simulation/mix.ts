/**
 * What is simulated where nobody wishes for anything: mostly small locations, which find most bugs for their time; every
 * so many one of any size; and hubs that lose their disk or their place.
 */
import { type SimulationOptions, SMALL } from './plan.ts';

// Coprime, so that each meets each.
const ANY_SIZE_EVERY = 7;
const HUB_DISK_EVERY = 5;
const TAKEOVER_EVERY = 4;

/** What is wished for of a seed; null = as the mix has it. */
export type Wished = Omit<SimulationOptions, 'seed'> | null;

export function mixOf(seed: number): SimulationOptions {
  const losesHubDisk = seed % HUB_DISK_EVERY === 0;
  const movesHub = !losesHubDisk && seed % TAKEOVER_EVERY === 0;
  return {
    seed,
    ...(seed % ANY_SIZE_EVERY !== 0 && SMALL),
    ...(losesHubDisk && { hubDisk: 'once' }),
    ...(movesHub && { takeover: 'once' as const }),
  };
}

export const optionsOf = (seed: number, wished: Wished): SimulationOptions =>
  wished === null ? mixOf(seed) : { seed, ...wished };
