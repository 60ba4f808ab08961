import { describe, expect, it } from 'vitest';
import { chanceFor, lognormal } from './seeded.ts';

describe('chanceFor', () => {
  it('repeats itself for one seed and name, and differs for others', () => {
    const first = (seed: number, name: string) => chanceFor(seed, name).unit();
    expect(first(1, 'A001')).toBe(first(1, 'A001'));
    expect(new Set([first(1, 'A001'), first(2, 'A001'), first(1, 'A002')]).size).toBe(3);
  });
});

describe('lognormal', () => {
  it('keeps mean and variation', () => {
    const chance = chanceFor(7, 'spans');
    const spans = Array.from({ length: 20_000 }, () => lognormal(chance, 300, 0.6));
    const mean = spans.reduce((sum, span) => sum + span, 0) / spans.length;
    const variance = spans.reduce((sum, span) => sum + (span - mean) ** 2, 0) / spans.length;
    expect(mean).toBeGreaterThan(290);
    expect(mean).toBeLessThan(310);
    expect(Math.sqrt(variance) / mean).toBeCloseTo(0.6, 1);
    expect(Math.min(...spans)).toBeGreaterThan(0);
  });
});
