/**
 * Many spans of time in few numbers: how many, how long together, and how they spread. Spreads add up over services, days
 * and locations, and say nothing about a single visit.
 */
import { z } from 'zod';
import { assert } from '../../lib/assert.ts';
import { SECOND_MS } from '../../lib/time.ts';

/** Upper ends of the buckets in minutes, each included; a last bucket holds what is longer. Never edited: days add up by them. */
export const BUCKET_ENDS_MIN = [1, 2, 3, 5, 7, 10, 15, 20, 30, 45, 60, 90, 120, 180, 240] as const;

export const timeSpreadSchema = z.strictObject({
  count: z.int().min(0),
  sumSec: z.int().min(0),
  buckets: z.array(z.int().min(0)).length(BUCKET_ENDS_MIN.length + 1),
});
export type TimeSpread = z.infer<typeof timeSpreadSchema>;

export const NO_TIME: TimeSpread = {
  count: 0,
  sumSec: 0,
  buckets: Array.from({ length: BUCKET_ENDS_MIN.length + 1 }, () => 0),
};

/** `spread` with one more span, in milliseconds, counted in whole seconds. */
export function withSpan(spread: TimeSpread, ms: number): TimeSpread {
  const sec = Math.round(ms / SECOND_MS);
  const found = BUCKET_ENDS_MIN.findIndex((end) => sec <= end * 60);
  const bucket = found === -1 ? BUCKET_ENDS_MIN.length : found;
  return {
    count: spread.count + 1,
    sumSec: spread.sumSec + sec,
    buckets: spread.buckets.map((count, i) => (i === bucket ? count + 1 : count)),
  };
}

export const meanMin = ({ count, sumSec }: TimeSpread): number | null => (count === 0 ? null : sumSec / count / 60);

/**
 * The time in minutes that `share` (0 to 1) of the spans do not exceed, spans being taken as spread evenly within their
 * bucket. Null without spans; the start of the last bucket where it falls into that one.
 */
export function percentileMin({ count, buckets }: TimeSpread, share: number): number | null {
  assert(share >= 0 && share <= 1, `${share} is no share`);
  if (count === 0) return null;
  const wanted = share * count;
  let before = 0;
  for (const [i, inBucket] of buckets.entries()) {
    if (inBucket > 0 && before + inBucket >= wanted) {
      const start = BUCKET_ENDS_MIN[i - 1] ?? 0;
      const end = BUCKET_ENDS_MIN[i] ?? start;
      return start + ((end - start) * (wanted - before)) / inBucket;
    }
    before += inBucket;
  }
  return BUCKET_ENDS_MIN.at(-1) ?? null;
}
