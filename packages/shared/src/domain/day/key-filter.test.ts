import { describe, expect, it } from 'vitest';
import { createKeyFilter } from './key-filter.ts';

/** Like the ids of commands: random, of equal length. */
const uuid = (n: number) => {
  const hex = (Math.imul(n + 1, 0x9e3779b1) >>> 0).toString(16).padStart(8, '0');
  return `${hex}-0000-4000-8000-${n.toString(16).padStart(12, '0')}`;
};
const keys = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => uuid(from + i));

describe('key filter', () => {
  it('holds nothing at first, and never denies what was added', () => {
    const filter = createKeyFilter();
    expect(keys(0, 1_000).filter(filter.mayHold)).toEqual([]);
    for (const key of keys(0, 50_000)) filter.add(key);
    expect(keys(0, 50_000).every(filter.mayHold)).toBe(true);
  });

  it('is wrong about less than 5 in 100 others with the 50,000 of a long day', () => {
    const filter = createKeyFilter();
    for (const key of keys(0, 50_000)) filter.add(key);
    expect(keys(50_000, 60_000).filter(filter.mayHold).length).toBeLessThan(500);
  });
});
