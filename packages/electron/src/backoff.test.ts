import { describe, expect, it } from 'vitest';
import { CALM_MS, createBackoff, MAX_PAUSE_MS } from './backoff.ts';

describe('createBackoff', () => {
  it('starts again at once, then ever later, never later than MAX_PAUSE_MS', () => {
    const pause = createBackoff(() => 0);
    const pauses = Array.from({ length: 6 }, pause);
    expect(pauses).toEqual([100, 300, 900, 2_700, MAX_PAUSE_MS, MAX_PAUSE_MS]);
    expect(MAX_PAUSE_MS).toBeLessThan(5_000);
  });

  it('forgets breaks after a calm time, and not before', () => {
    let nowMs = 0;
    const pause = createBackoff(() => nowMs);
    pause();
    nowMs += CALM_MS;
    expect(pause()).toBe(300);
    nowMs += CALM_MS + 1;
    expect(pause()).toBe(100);
  });
});
