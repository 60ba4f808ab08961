import { describe, expect, it } from 'vitest';
import type { QueueDay } from '../arrivals/office-day.ts';
import { calibrateServiceMs, meanWaitAlone } from './calibrate.ts';
import type { QueueFit } from './queue-fit.ts';

const MIN = 60_000;
/** 60 visitors at once at 8, called every three minutes: the mean wait is an hour and a half. */
const rush: QueueDay = {
  queueId: '1',
  letter: 'A',
  arrivals: Array.from({ length: 60 }, () => 480 * MIN),
  calls: Array.from({ length: 60 }, (_, index) => (480 + index * 3) * MIN),
  openCounters: [],
  waiting: [],
  configuredServiceMin: 0,
  strayReadings: 0,
};
const fitWith = (counters: number): QueueFit => ({
  counters,
  serviceMs: 5 * MIN,
  load: 1,
  absences: Array.from({ length: counters }, () => []),
});

describe('calibrateServiceMs', () => {
  it('finds the service time at which visitors wait as recorded', () => {
    for (const counters of [1, 2, 4]) {
      const serviceMs = calibrateServiceMs(rush, fitWith(counters));
      expect(serviceMs / MIN).toBeGreaterThan(2.4 * counters);
      expect(serviceMs / MIN).toBeLessThan(3.6 * counters);
      expect(meanWaitAlone(rush, fitWith(counters), serviceMs) / MIN).toBeCloseTo(88.5, -1);
    }
  });
  it('makes up for absences', () => {
    const absent: QueueFit = { ...fitWith(1), absences: [[{ fromMs: 490 * MIN, toMs: 520 * MIN }]] };
    expect(calibrateServiceMs(rush, absent)).toBeLessThan(calibrateServiceMs(rush, fitWith(1)));
  });
  it('keeps the fitted time where nobody was called', () => {
    expect(calibrateServiceMs({ ...rush, calls: [] }, fitWith(1))).toBe(5 * MIN);
  });
});
