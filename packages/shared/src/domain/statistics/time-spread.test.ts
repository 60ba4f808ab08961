import { describe, expect, it } from 'vitest';
import { MINUTE_MS, SECOND_MS } from '../../lib/time.ts';
import { BUCKET_ENDS_MIN, meanMin, NO_TIME, percentileMin, timeSpreadSchema, withSpan } from './time-spread.ts';

const of = (...minutes: number[]) => minutes.reduce((spread, min) => withSpan(spread, min * MINUTE_MS), NO_TIME);
const bucketOf = (ms: number) => withSpan(NO_TIME, ms).buckets.indexOf(1);

describe('spread of times', () => {
  it('Statistics: counts, adds up and sorts into buckets whose upper end belongs to them', () => {
    expect(of(4, 4.5, 300)).toEqual({ count: 3, sumSec: 18_510, buckets: of(4, 4.5, 300).buckets });
    BUCKET_ENDS_MIN.forEach((end, i) => {
      expect([bucketOf(end * MINUTE_MS), bucketOf(end * MINUTE_MS + SECOND_MS)]).toEqual([i, i + 1]);
    });
    expect(timeSpreadSchema.safeParse(of(0, 1, 999)).success).toBe(true);
  });

  it('Statistics: a mean needs something to be the mean of', () => {
    expect([meanMin(NO_TIME), meanMin(of(10, 20))]).toEqual([null, 15]);
  });

  it('Statistics: percentiles lie within the bucket that holds them', () => {
    expect(percentileMin(NO_TIME, 0.5)).toBeNull();
    // Ten between 10 and 15 minutes: the half of them by 12.5.
    expect(percentileMin(of(...Array(10).fill(12)), 0.5)).toBe(12.5);
    expect(percentileMin(of(...Array(10).fill(12)), 1)).toBe(15);
    expect(percentileMin(of(1, 1, 1, 1, 1, 1, 1, 1, 1, 25), 0.9)).toBe(1);
    expect(percentileMin(of(1, 25), 0.9)).toBeCloseTo(28);
    expect(percentileMin(of(999), 0.5)).toBe(240);
    expect(() => percentileMin(of(1), 1.1)).toThrow();
  });
});
