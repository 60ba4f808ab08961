import { SMALL } from '@aufruf/hub/simulation/plan';
import { describe, expect, it } from 'vitest';
import { runSeeds } from './run-seeds.ts';

describe('runSeeds', () => {
  it('runs each seed once, however many at a time, and sums up the same', { timeout: 60_000 }, async () => {
    const sums: string[] = [];
    for (const jobs of [1, 3]) {
      const lines: string[] = [];
      expect(await runSeeds({ from: 11, seeds: 4, jobs, wished: SMALL }, (line) => lines.push(line))).toBe(0);
      expect(lines).toHaveLength(1);
      sums.push(lines[0]?.split(' in ')[0] ?? '');
    }
    expect(sums[0]).toMatch(/^4 seeds, 0 bad; \d+ tickets, \d+ answers; \d/);
    expect(sums[1]).toBe(sums[0]);
  });

  it('a simulation that breaks counts as no success', { timeout: 60_000 }, async () => {
    await expect(runSeeds({ from: 1, seeds: 1, jobs: 1, wished: { devices: 1 } }, () => {})).rejects.toThrow('devices');
  });
});
