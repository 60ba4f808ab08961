/**
 * How many commands a caller may send: a token bucket as a pure value. It holds twice MAX_COMMANDS_PER_SECOND and
 * fills by that number a second, so that a burst passes and a flood does not.
 */
import { MAX_COMMANDS_PER_SECOND } from './bridge.ts';

/** Most commands at once after a pause. */
export const COMMAND_BURST = 2 * MAX_COMMANDS_PER_SECOND;

export interface Bucket {
  /** Commands that may be sent at `at`, 0 to COMMAND_BURST; fractions accumulate. */
  readonly tokens: number;
  /** Monotonic ms. */
  readonly at: number;
}

export const fullBucket = (atMs: number): Bucket => ({ tokens: COMMAND_BURST, at: atMs });

/** Takes one command out of the bucket. `nowMs` is monotonic; a clock that runs backwards gives nothing. */
export function takeCommand(bucket: Bucket, nowMs: number): { readonly allowed: boolean; readonly bucket: Bucket } {
  const passedMs = Math.max(0, nowMs - bucket.at);
  const tokens = Math.min(COMMAND_BURST, bucket.tokens + (passedMs * MAX_COMMANDS_PER_SECOND) / 1_000);
  const at = Math.max(nowMs, bucket.at);
  return tokens >= 1
    ? { allowed: true, bucket: { tokens: tokens - 1, at } }
    : { allowed: false, bucket: { tokens, at } };
}
