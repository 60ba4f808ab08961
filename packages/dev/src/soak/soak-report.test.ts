import { describe, expect, it } from 'vitest';
import { growthOfSecondHalf, type SoakResult, type SoakSample, soakVerdict } from './soak-report.ts';

const sample = (visits: number, bytes: number): SoakSample => ({
  visits,
  rows: visits * 7,
  hub: { usedBytes: bytes, residentBytes: 3 * bytes },
  devices: { usedBytes: 2 * bytes, residentBytes: 6 * bytes },
});
const flat = Array.from({ length: 20 }, (_, i) => sample((i + 1) * 100, 50_000_000));
const result = (over: Partial<SoakResult> = {}): SoakResult => ({
  devices: 100,
  visits: 2_000,
  seconds: 60,
  refused: 0,
  samples: flat,
  callMs: [10, 20, 30],
  broadcastMs: [3, 4, 5],
  ...over,
});

describe('soakVerdict', () => {
  it('is good when memory is flat and calls are quick, and shows every sample', () => {
    const { isGood, lines } = soakVerdict(result());
    expect(isGood).toBe(true);
    expect(lines.join('\n')).not.toContain('MISSED');
    expect(lines.filter((line) => /^ +\d+ +\d+ /.test(line))).toHaveLength(20);
  });

  it('is bad when the p99 of calls is more than ten times that of the broadcast', () => {
    expect(soakVerdict(result({ callMs: [10, 20, 50] })).isGood).toBe(true);
    const { isGood, lines } = soakVerdict(result({ callMs: [10, 20, 51] }));
    expect(isGood).toBe(false);
    expect(lines.join('\n')).toContain('MISSED  call to display by raw broadcast, p99: 10.2 x');
  });

  it.each(['hub', 'devices'] as const)('is bad when what the %s hold grows by 5 %% over the second half', (who) => {
    const growingTo = (kind: 'usedBytes' | 'residentBytes', share: number) =>
      flat.map((each, i) =>
        i < 15 ? each : { ...each, [who]: { ...each[who], [kind]: Math.round(each[who][kind] * (1 + share)) } },
      );
    for (const kind of ['usedBytes', 'residentBytes'] as const) {
      expect(soakVerdict(result({ samples: growingTo(kind, 0.0499) })).isGood).toBe(true);
      expect(soakVerdict(result({ samples: growingTo(kind, 0.0501) })).isGood).toBe(false);
    }
  });

  it('is bad when more than one visit in a hundred was broken off', () => {
    expect(soakVerdict(result({ refused: 20 })).isGood).toBe(true);
    expect(soakVerdict(result({ refused: 21 })).isGood).toBe(false);
  });
});

describe('growthOfSecondHalf', () => {
  it('compares the end with the middle, not with the beginning', () => {
    expect(growthOfSecondHalf([1, 5, 10, 10, 10, 10])).toBe(0);
    expect(growthOfSecondHalf([10, 10, 10, 15])).toBeCloseTo(0.5);
  });
});
