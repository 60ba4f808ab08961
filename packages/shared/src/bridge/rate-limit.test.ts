import { describe, expect, it } from 'vitest';
import { MAX_COMMANDS_PER_SECOND } from './bridge.ts';
import { COMMAND_BURST, fullBucket, takeCommand } from './rate-limit.ts';

/** How many of `count` commands pass when they come every `stepMs`. */
function allowedOf(count: number, stepMs: number): number {
  let bucket = fullBucket(0);
  let allowed = 0;
  for (let index = 0; index < count; index += 1) {
    const taken = takeCommand(bucket, index * stepMs);
    bucket = taken.bucket;
    if (taken.allowed) allowed += 1;
  }
  return allowed;
}

describe('takeCommand', () => {
  it('lets exactly twice MAX_COMMANDS_PER_SECOND pass at once', () => {
    expect(allowedOf(COMMAND_BURST, 0)).toBe(2 * MAX_COMMANDS_PER_SECOND);
    expect(allowedOf(COMMAND_BURST + 1, 0)).toBe(COMMAND_BURST);
  });

  it('sustains MAX_COMMANDS_PER_SECOND without ever refusing', () => {
    expect(allowedOf(1_000, 1_000 / MAX_COMMANDS_PER_SECOND)).toBe(1_000);
  });

  it('refuses a flood down to the sustained rate', () => {
    // 10 s of one command per ms: the burst, and what refilled meanwhile.
    const allowed = allowedOf(10_000, 1);
    expect(allowed).toBeGreaterThanOrEqual(COMMAND_BURST + 9 * MAX_COMMANDS_PER_SECOND);
    expect(allowed).toBeLessThanOrEqual(COMMAND_BURST + 10 * MAX_COMMANDS_PER_SECOND);
  });

  it('does not fill up beyond the burst during a long pause, nor when the clock runs backwards', () => {
    let bucket = fullBucket(0);
    for (let index = 0; index < COMMAND_BURST; index += 1) bucket = takeCommand(bucket, 1_000).bucket;
    expect(takeCommand(bucket, 500).allowed).toBe(false);
    expect(takeCommand(takeCommand(bucket, 500).bucket, 1_000).allowed).toBe(false);
    expect(takeCommand(bucket, 86_400_000).bucket.tokens).toBe(COMMAND_BURST - 1);
  });
});
