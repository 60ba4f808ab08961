import { expect, it } from 'vitest';
import { createRandom } from './seeded-random.ts';

it('is the same stream for ever: a kept seed must go on repeating its run', () => {
  const random = createRandom(42);
  expect([random.uint32(), random.uint32(), random.uint32()]).toEqual([1849552023, 4223452576, 118919111]);
});

it('spreads evenly over the 32 bits, from the first number on', () => {
  const ones = new Array<number>(32).fill(0);
  for (let seed = 0; seed < 2_000; seed++) {
    const value = createRandom(seed).uint32();
    for (let bit = 0; bit < 32; bit++) ones[bit]! += (value >>> bit) & 1;
  }
  // 2,000 throws of a coin leave 850 to 1,150 heads but once in 10^10 times; the seeds are fixed besides.
  for (const count of ones) expect(count > 850 && count < 1_150).toBe(true);
});
