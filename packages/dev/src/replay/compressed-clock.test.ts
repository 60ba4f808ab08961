import { createTestPlatform } from '@aufruf/engine/platform/test-platform';
import { describe, expect, it } from 'vitest';
import { createCompressedClock, createCompressedPlatform } from './compressed-clock.ts';

const setUp = () => {
  const platform = createTestPlatform({ now: 5_000, seed: 1 });
  const clock = createCompressedClock({ virtualAt: 1_000_000, realAt: 5_000, speed: 1 }, platform.now);
  return { platform, clock };
};

describe('compressed clock', () => {
  it('runs at natural speed until the first pace, then faster, without a jump', () => {
    const { platform, clock } = setUp();
    platform.advance(700);
    expect(clock.now()).toBe(1_000_700);
    clock.setPace({ realAt: 6_000, virtualAt: clock.at(6_000), speed: 100 });
    platform.advance(300);
    expect(clock.now()).toBe(1_001_000);
    platform.advance(50);
    expect(clock.now()).toBe(1_006_000);
    clock.setPace({ realAt: 6_100, virtualAt: clock.at(6_100), speed: 10 });
    platform.advance(50);
    expect(clock.now()).toBe(1_011_000);
    platform.advance(50);
    expect(clock.now()).toBe(1_011_500);
  });

  it('shows the same in a process that hears of a faster pace late', () => {
    const { platform, clock } = setUp();
    platform.advance(1_200);
    clock.setPace({ realAt: 6_000, virtualAt: 1_001_000, speed: 100 });
    expect(clock.now()).toBe(1_021_000);
  });

  it('stands still rather than go back in a process that hears of a slower pace late', () => {
    const { platform, clock } = setUp();
    clock.setPace({ realAt: 5_000, virtualAt: 1_000_000, speed: 100 });
    platform.advance(100);
    expect(clock.now()).toBe(1_010_000);
    clock.setPace({ realAt: 5_050, virtualAt: 1_005_000, speed: 10 });
    expect(clock.now()).toBe(1_010_000);
    platform.advance(450);
    expect(clock.now()).toBe(1_010_000);
    platform.advance(10);
    expect(clock.now()).toBe(1_010_100);
  });

  it('tells how long to wait really', () => {
    const { platform, clock } = setUp();
    clock.setPace({ realAt: 5_000, virtualAt: 1_000_000, speed: 100 });
    expect(clock.realDelayUntil(1_060_000)).toBe(600);
    platform.advance(600);
    expect(clock.realDelayUntil(1_060_000)).toBe(0);
    expect(clock.realDelayUntil(0)).toBe(0);
  });

  it('leaves timers and the monotonic clock alone', () => {
    const { platform, clock } = setUp();
    const compressed = createCompressedPlatform(platform, clock);
    clock.setPace({ realAt: 5_000, virtualAt: 1_000_000, speed: 100 });
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
