import { describe, expect, it } from 'vitest';
import type { QueueDay } from '../arrivals/office-day.ts';
import { fitQueue } from './queue-fit.ts';

const MIN = 60_000;
/** One called every `everyMin` from 8 to 10, with somebody waiting all the time. */
const queue = (everyMin: number, openCounters: QueueDay['openCounters']): QueueDay => ({
  queueId: '1',
  letter: 'A',
  arrivals: Array.from({ length: 120 / everyMin }, (_, index) => (480 + index * everyMin) * MIN),
  calls: Array.from({ length: 120 / everyMin }, (_, index) => (480 + index * everyMin) * MIN),
  openCounters,
  waiting: [{ atMin: 480, count: 3 }],
  configuredServiceMin: 10,
  strayReadings: 0,
});

describe('fitQueue', () => {
  it('finds the service time at which the counters call as fast as the office did', () => {
    const fit = fitQueue(queue(3, [{ atMin: 480, count: 2 }]), 480, 600, 9);
    expect(fit.counters).toBe(2);
    expect(fit.serviceMs).toBe(6 * MIN);
    expect(fit.load).toBeCloseTo(2);
    expect(fit.absences).toEqual([[], []]);
  });

  it('needs proportionally less time with fewer counters', () => {
    const fit = fitQueue(queue(3, [{ atMin: 480, count: 2 }]), 480, 600, 1);
    expect(fit).toMatchObject({ counters: 1, serviceMs: 3 * MIN });
  });

  it('lets clerks go when the office closed counters, but never all of them', () => {
    const steps = [
      { atMin: 480, count: 2 },
      { atMin: 520, count: 1 },
      { atMin: 550, count: 2 },
      { atMin: 580, count: 0 },
    ];
    const fit = fitQueue(queue(3, steps), 480, 600, 9);
    expect(fit.absences).toEqual([
      [],
      [
        { fromMs: 520 * MIN, toMs: 550 * MIN },
        { fromMs: 580 * MIN, toMs: 600 * MIN },
      ],
    ]);
    // 120 minutes of the first counter and 70 of the second, for 40 calls.
    expect(fit.serviceMs).toBe((190 / 40) * MIN);
  });

  it('stays within believable service times', () => {
    expect(fitQueue(queue(120, [{ atMin: 480, count: 1 }]), 480, 600, 9).serviceMs).toBe(5 * MIN);
    expect(fitQueue(queue(30, [{ atMin: 480, count: 1 }]), 480, 600, 9).serviceMs).toBe(25 * MIN);
    expect(fitQueue(queue(0.5, [{ atMin: 480, count: 1 }]), 480, 600, 1).serviceMs).toBe(MIN);
  });

  it('gives a queue that is called very quickly more counters, so that no clerk has to hurry', () => {
    expect(fitQueue(queue(1, [{ atMin: 480, count: 1 }]), 480, 600, 9)).toMatchObject({
      counters: 3,
      serviceMs: 3 * MIN,
    });
  });

  it('counts an office that reports no open counter as having one', () => {
    expect(fitQueue(queue(3, [{ atMin: 480, count: 0 }]), 480, 600, 9).counters).toBe(1);
  });
});
