import { describe, expect, it } from 'vitest';
import { summarise } from './percentiles.ts';

describe('summarise', () => {
  it('takes measured values by nearest rank, in whatever order they came', () => {
    const values = Array.from({ length: 200 }, (_, index) => 200 - index);
    expect(summarise(values)).toEqual({ count: 200, p50: 100, p99: 198 });
  });

  it('of one value says that value', () => {
    expect(summarise([7])).toEqual({ count: 1, p50: 7, p99: 7 });
  });

  it('of no value says nothing', () => {
    expect(() => summarise([])).toThrow('nothing was measured');
  });
});
