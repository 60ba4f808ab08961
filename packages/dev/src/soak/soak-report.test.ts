import { describe, expect, it } from 'vitest';
import { growthOfSecondHalf, type SoakResult, soakVerdict } from './soak-report.ts';

const sample = (visits: number, bytes: number) => ({
  visits,
  rows: visits * 7,
  hubBytes: bytes,
  deviceBytes: 2 * bytes,
  residentBytes: 3 * bytes,
});
const flat = Array.from({ length: 20 }, (_, i) => sample((i + 1) * 100, 50_000_000));
const result = (over: Partial<SoakResult> = {}): SoakResult => ({
  devices: 100,
  visits: 2_000,
  seconds: 60,
  refused: 0,
  samples: flat,
  started: sample(2_000, 50_000_000),
  callMs: [10, 20, 30],
  broadcastMs: [3, 4, 5],
  ...over,
});

describe('soakVerdict', () => {
  it('is good when memory is flat and calls are quick, and shows every sample', () => {
    const { isGood, lines } = soakVerdict(result());
    expect(isGood).toBe(true);
    expect(lines.join('\n')).not.toContain('MISSED');
    expect(lines.filter((line) => /^ +\d+ +\d+ /.test(line))).toHaveLength(21);
  });

  it('is bad when the p99 of calls is more than ten times that of the broadcast', () => {
    expect(soakVerdict(result({ callMs: [10, 20, 50] })).isGood).toBe(true);
    const { isGood, lines } = soakVerdict(result({ callMs: [10, 20, 51] }));
    expect(isGood).toBe(false);
    expect(lines.join('\n')).toContain('MISSED  call to display by raw broadcast, p99: 10.2 x');
  });

  it('is bad when processes hold 5 % more than others that were started with the same day, and only then', () => {
    const ending = (bytes: number) => [...flat.slice(1), sample(2_000, bytes)];
    expect(soakVerdict(result({ samples: ending(52_400_000) })).isGood).toBe(true);
    expect(soakVerdict(result({ samples: ending(52_500_000) })).isGood).toBe(false);
  });

  it('is bad when more than one visit in a hundred was broken off', () => {
    expect(soakVerdict(result({ refused: 20 })).isGood).toBe(true);
    expect(soakVerdict(result({ refused: 21 })).isGood).toBe(false);
  });

  it('tells what an event of the day costs, and what the day has grown by', () => {
    const growing = Array.from({ length: 20 }, (_, i) => sample((i + 1) * 100, 10_000_000 + i * 700_000));
    const { lines } = soakVerdict(result({ samples: growing, started: sample(2_000, 23_300_000) }));
    expect(lines.at(-2)).toBe('the day itself: 1000 bytes an event at the hub, 32.3 % over the second half');
  });
});

describe('growthOfSecondHalf', () => {
  it('compares the end with the middle, not with the beginning', () => {
    expect(growthOfSecondHalf([1, 5, 10, 10, 10, 10])).toBe(0);
    expect(growthOfSecondHalf([10, 10, 10, 15])).toBeCloseTo(0.5);
  });
});
