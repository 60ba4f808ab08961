import { commandIdSchema, incarnationSchema } from '@aufruf/shared/lib/ids';
import { describe, expect, it } from 'vitest';
import { createTestPlatform } from './test-platform.ts';

describe('test platform', () => {
  it('stands still until the clock is moved, then moves both clocks', () => {
    const platform = createTestPlatform({ now: 1_000, seed: 1 });
    expect([platform.now(), platform.monoMs()]).toEqual([1_000, 0]);
    platform.advance(250);
    expect([platform.now(), platform.monoMs()]).toEqual([1_250, 250]);
  });

  it('runs what falls due at its own time, in order, also what is scheduled meanwhile', () => {
    const platform = createTestPlatform({ now: 0, seed: 1 });
    const runs: string[] = [];
    const note = (name: string) => runs.push(`${name} at ${platform.now()}`);
    platform.schedule(20, () => note('second'));
    platform.schedule(20, () => note('third'));
    platform.schedule(10, () => {
      note('first');
      platform.schedule(10, () => note('fourth'));
      platform.schedule(11, () => note('too late'));
    });
    platform.advance(20);
    expect(runs).toEqual(['first at 10', 'second at 20', 'third at 20', 'fourth at 20']);
    expect(platform.timersPending()).toBe(1);
  });

  it('does not run what was cancelled', () => {
    const platform = createTestPlatform({ now: 0, seed: 1 });
    let runs = 0;
    const cancel = platform.schedule(10, () => runs++);
    cancel();
    platform.advance(10);
    expect([runs, platform.timersPending()]).toEqual([0, 0]);
  });

  it('T1: lets the wall clock jump without the monotonic clock or a timer noticing', () => {
    const platform = createTestPlatform({ now: 1_000_000, seed: 1 });
    let ranAt: number | null = null;
    platform.schedule(100, () => {
      ranAt = platform.now();
    });
    platform.setWallClock(5);
    expect([platform.now(), platform.monoMs()]).toEqual([5, 0]);
    platform.advance(100);
    expect(ranAt).toBe(105);
  });

  it('repeats itself for the same seed and differs for another', () => {
    const draw = (seed: number) => {
      const platform = createTestPlatform({ now: 0, seed });
      return [platform.newIncarnation(), platform.newCommandId(), platform.random()];
    };
    expect(draw(7)).toEqual(draw(7));
    expect(new Set([1, 2, 3, 2 ** 32 + 1, -1].map((seed) => draw(seed).join())).size).toBe(5);
  });

  it('J2: makes valid ids, and numbers from 0 to below 1', () => {
    const platform = createTestPlatform({ now: 0, seed: 3 });
    for (let i = 0; i < 1_000; i++) {
      incarnationSchema.parse(platform.newIncarnation());
      commandIdSchema.parse(platform.newCommandId());
      const random = platform.random();
      expect(random >= 0 && random < 1).toBe(true);
    }
  });

  it('keeps the log', () => {
    const platform = createTestPlatform({ now: 0, seed: 1 });
    platform.log.warn('disk nearly full', { freeMb: 3 });
    expect(platform.logged).toEqual([{ level: 'warn', message: 'disk nearly full', fields: { freeMb: 3 } }]);
  });
});
