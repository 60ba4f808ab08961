/**
 * Knows of most keys that were never added that they were not (a Bloom filter with two hashes), so that the frequent
 * question for a new one costs no trip to the disk. Always as large; with 50,000 keys it is wrong about 3 in 100 others.
 */
import { fnv1a } from '../../lib/fnv1a.ts';

export interface KeyFilter {
  add(key: string): void;
  /** False: certainly not added. */
  mayHold(key: string): boolean;
}

const BITS_LOG2 = 19;

export function createKeyFilter(): KeyFilter {
  const bits = new Uint8Array(2 ** BITS_LOG2 / 8);
  const isSet = (bit: number): boolean => (((bits[bit >>> 3] ?? 0) >>> (bit & 7)) & 1) === 1;
  const set = (bit: number): void => {
    bits[bit >>> 3] = (bits[bit >>> 3] ?? 0) | (1 << (bit & 7));
  };
  return {
    add(key) {
      const hash = fnv1a(key);
      set(first(hash));
      set(second(hash));
    },
    mayHold(key) {
      const hash = fnv1a(key);
      return isSet(first(hash)) && isSet(second(hash));
    },
  };
}

const first = (hash: number): number => hash >>> (32 - BITS_LOG2);
const second = (hash: number): number => Math.imul(hash ^ (hash >>> 15), 0x85ebca6b) >>> (32 - BITS_LOG2);
