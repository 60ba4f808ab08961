/** Choices that follow from a seed and a name alone, whatever else happened before: a replay's visitors stay the same. */
import { createRandom } from '@aufruf/engine/platform/seeded-random';

export interface Chance {
  /** In [0, 1). */
  unit(): number;
}

/** FNV-1a over UTF-16 units; spreads names over seeds, protects nothing. */
function hashName(name: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < name.length; index += 1) hash = Math.imul(hash ^ name.charCodeAt(index), 0x01000193);
  return hash >>> 0;
}

export function chanceFor(seed: number, name: string): Chance {
  const random = createRandom(seed * 2 ** 32 + hashName(name));
  return { unit: () => random.uint32() / 2 ** 32 };
}

/** Coefficient of variation of service times. */
export const SERVICE_VARIATION = 0.5;

/** Standard normal, by Box and Muller (1958). */
const normal = (chance: Chance): number =>
  Math.sqrt(-2 * Math.log(1 - chance.unit())) * Math.cos(2 * Math.PI * chance.unit());

/**
 * A lognormal span with this mean and this coefficient of variation: service times are skewed, a few take long.
 * mu = ln(mean) - sigma^2 / 2, sigma^2 = ln(1 + cv^2).
 */
export function lognormal(chance: Chance, mean: number, variation: number): number {
  const sigma2 = Math.log(1 + variation * variation);
  return Math.exp(Math.log(mean) - sigma2 / 2 + Math.sqrt(sigma2) * normal(chance));
}
