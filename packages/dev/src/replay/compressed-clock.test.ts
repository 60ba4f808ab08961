import { createTestPlatform } from '@aufruf/engine/platform/test-platform';
import { describe, expect, it } from 'vitest';
import { createCompressedClock, createCompressedPlatform } from './compressed-clock.ts';

const at = () => {
  const platform = createTestPlatform({ now: 5_000, seed: 1 });
  const clock = createCompressedClock({ virtualAt: 1_000_000, realAt: 5_000, speed: 100 }, platform.now);
  return { platform, clock };
};

describe('compressed clock', () => {
  it('runs at natural speed until started, then faster, without a jump', () => {
    const { platform, clock } = at();
    platform.advance(700);
    expect(clock.now()).toBe(1_000_700);
    clock.start(6_000);
    platform.advance(300);
    expect(clock.now()).toBe(1_001_000);
    platform.advance(50);
    expect(clock.now()).toBe(1_006_000);
  });
  it('shows the same in a process that hears late of the start', () => {
    const { platform, clock } = at();
    platform.advance(1_200);
    clock.start(6_000);
    expect(clock.now()).toBe(1_021_000);
    clock.start(6_100);
    expect(clock.now()).toBe(1_021_000);
  });
  it('tells how long to wait really', () => {
    const { platform, clock } = at();
    clock.start(5_000);
    expect(clock.realDelayUntil(1_060_000)).toBe(600);
    platform.advance(600);
    expect(clock.realDelayUntil(1_060_000)).toBe(0);
    expect(clock.realDelayUntil(0)).toBe(0);
  });
  it('leaves timers and the monotonic clock alone', () => {
    const { platform, clock } = at();
    const compressed = createCompressedPlatform(platform, clock);
    clock.start(5_000);
    const before = compressed.monoMs();
    let ran = false;
    compressed.schedule(200, () => {
      ran = true;
    });
    platform.advance(199);
    expect(ran).toBe(false);
    platform.advance(1);
    expect(ran).toBe(true);
    expect(compressed.monoMs() - before).toBe(200);
    expect(compressed.now()).toBe(1_020_000);
  });
});
