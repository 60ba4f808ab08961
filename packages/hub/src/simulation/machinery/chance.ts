/** Random choices that follow from a seed: one stream for each concern, so that a change of one leaves the others alone. */
import { createRandom } from '@aufruf/engine/platform/seeded-random';

export interface Chance {
  /** In [0, 1). */
  fraction(): number;
  /** True with probability `p`. */
  happens(p: number): boolean;
  /** A whole number from `from` to `to`, both included. */
  between(from: number, to: number): number;
  pick<T>(list: readonly T[]): T;
  /** A waiting time with this mean: what comes at random, comes so. At most 20 means. */
  exponential(mean: number): number;
  hex128(): string;
}

export function createChance(seed: number): Chance {
  const random = createRandom(seed);
  const fraction = (): number => random.uint32() / 2 ** 32;
  const between = (from: number, to: number): number => from + Math.floor(fraction() * (to - from + 1));
  return {
    fraction,
    happens: (p) => fraction() < p,
    between,
    pick: <T>(list: readonly T[]): T => list[between(0, list.length - 1)] as T,
    exponential: (mean) => Math.min(20 * mean, -Math.log(1 - fraction()) * mean),
    hex128: () => Array.from({ length: 4 }, () => random.uint32().toString(16).padStart(8, '0')).join(''),
  };
}

/** Streams of one seed. A new concern is added at the end, so that kept seeds stay what they are. */
const STREAMS = ['plan', 'network', 'faults', 'people', 'machines'] as const;
export type Stream = (typeof STREAMS)[number];

export const chanceOf = (seed: number, stream: Stream): Chance =>
  createChance(seed * STREAMS.length + STREAMS.indexOf(stream));
