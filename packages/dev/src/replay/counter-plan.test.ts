import { describe, expect, it } from 'vitest';
import type { QueueDay } from '../arrivals/office-day.ts';
import { planCounters } from './counter-plan.ts';

const MIN = 60_000;
const queue = (queueId: string, visitors: number, open: number, waiting = 2): QueueDay => ({
  queueId,
  letter: 'A',
  arrivals: Array.from({ length: visitors }, (_, index) => (480 + (index * 600) / visitors) * MIN),
  calls: Array.from({ length: visitors }, (_, index) => (480 + (index * 600) / visitors) * MIN),
  openCounters: [{ atMin: 480, count: open }],
  waiting: [{ atMin: 480, count: waiting }],
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
    expect(serviceMs.get('1')).toBeLessThan(plan([queue('1', 100, 6)], 6).serviceMs.get('1') ?? 0);
  });

  it('lets the least busy queues share when there are more queues than counters', () => {
    const queues = Array.from({ length: 12 }, (_, index) => queue(`${index}`, 10 + index * 5, 2, 0));
    const { counters } = plan(queues, 6);
    expect(counters).toHaveLength(6);
    expect(new Set(counters.flatMap((counter) => counter.queueIds)).size).toBe(12);
    const alone = counters.filter((counter) => counter.queueIds.length === 1).map((counter) => counter.queueIds[0]);
    expect(alone).toContain('11');
    expect(alone).not.toContain('0');
  });

  it('rather lets quiet queues share than a clerk hurry', () => {
    const { serviceMs, counters } = plan([queue('1', 360, 3), queue('2', 5, 1, 0), queue('3', 5, 1, 0)], 3);
    expect(counters.map((counter) => counter.queueIds)).toEqual([['1'], ['1'], ['2', '3']]);
    expect(serviceMs.get('1')).toBeGreaterThan(2.5 * MIN);
  });

  it('manages with one counter, whose clerk has to hurry', () => {
    const { counters, serviceMs } = plan([queue('1', 100, 2), queue('2', 50, 2)], 1);
    expect(counters.map((counter) => [...counter.queueIds].sort())).toEqual([['1', '2']]);
    expect(100 * (serviceMs.get('1') ?? 0) + 50 * (serviceMs.get('2') ?? 0)).toBeLessThan(600 * MIN);
  });
});
