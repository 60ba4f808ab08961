import { describe, expect, it } from 'vitest';
import type { QueueDay } from '../arrivals/office-day.ts';
import { planCounters } from './counter-plan.ts';

const MIN = 60_000;
const queue = (queueId: string, visitors: number, open: number): QueueDay => ({
  queueId,
  letter: 'A',
  arrivals: Array.from({ length: visitors }, (_, index) => (480 + (index * 600) / visitors) * MIN),
  calls: Array.from({ length: visitors }, (_, index) => (480 + (index * 600) / visitors) * MIN),
  openCounters: [{ atMin: 480, count: open }],
  waiting: [{ atMin: 480, count: 2 }],
  configuredServiceMin: 0,
  strayReadings: 0,
});
const plan = (queues: QueueDay[], most: number) => planCounters(queues, 480, 1_080, most);

describe('planCounters', () => {
  it('gives each queue what it had, while counters last', () => {
    const { counters } = plan([queue('1', 100, 3), queue('2', 50, 1)], 10);
    expect(counters.map((counter) => counter.queueIds)).toEqual([['1'], ['1'], ['1'], ['2']]);
  });

  it('lowers the tallest first and speeds its clerks up', () => {
    const { counters, serviceMs } = plan([queue('1', 100, 6), queue('2', 50, 2)], 4);
    expect(counters.map((counter) => counter.queueIds[0]).sort()).toEqual(['1', '1', '2', '2']);
    expect(serviceMs.get('1')).toBe(12 * MIN);
  });

  it('lets the least busy queues share when there are more queues than counters', () => {
    const queues = Array.from({ length: 12 }, (_, index) => queue(`${index}`, 10 + index * 10, 2));
    const { counters } = plan(queues, 6);
    expect(counters).toHaveLength(6);
    expect(new Set(counters.flatMap((counter) => counter.queueIds)).size).toBe(12);
    expect(counters.filter((counter) => counter.queueIds.length > 1)).toHaveLength(2);
    expect(counters[0]?.queueIds).toHaveLength(1);
  });

  it('manages with one counter', () => {
    const { counters } = plan([queue('1', 10, 2), queue('2', 10, 2)], 1);
    expect(counters.map((counter) => [...counter.queueIds].sort())).toEqual([['1', '2']]);
  });
});
