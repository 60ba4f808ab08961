import { describe, expect, it } from 'vitest';
import { CALM_MS, MOST_AT_ONCE, nextPace } from './pace.ts';

describe('pace of a soak', () => {
  it('rises one by one while devices keep up, to a limit', () => {
    expect([nextPace(1, 0), nextPace(3, CALM_MS)]).toEqual([2, 4]);
    expect([nextPace(MOST_AT_ONCE - 1, 0), nextPace(MOST_AT_ONCE, 0)]).toEqual([MOST_AT_ONCE, MOST_AT_ONCE]);
  });

  it('is halved as soon as one does not, and never stands still', () => {
    expect([nextPace(8, CALM_MS + 1), nextPace(3, 60_000), nextPace(1, 60_000)]).toEqual([4, 1, 1]);
  });
});
