import { describe, expect, it } from 'vitest';
import { formatClock, formatDay, formatTime, wholeMinutes } from './format.ts';

// 29 March 2026: clocks in Germany go from 02:00 to 03:00.
const beforeChange = Date.UTC(2026, 2, 29, 0, 59);

describe('formats', () => {
  it('shows local time on the 24-hour clock in every language, across the DST change', () => {
    expect(formatTime(beforeChange, 'Europe/Berlin', 'de')).toBe('01:59');
    expect(formatTime(beforeChange + 60_000, 'Europe/Berlin', 'de')).toBe('03:00');
    expect(formatTime(Date.UTC(2026, 0, 5, 23, 5), 'Europe/Berlin', 'en')).toBe('00:05');
  });

  it('writes the day out', () => {
    expect(formatDay(beforeChange, 'Europe/Berlin', 'de')).toBe('Sonntag, 29. März');
    expect(formatDay(beforeChange, 'Europe/Berlin', 'en')).toContain('March');
  });

  it('counts whole minutes and never below zero', () => {
    expect(wholeMinutes(59_999)).toBe(0);
    expect(wholeMinutes(60_000)).toBe(1);
    expect(wholeMinutes(-5)).toBe(0);
  });

  it('shows a running clock, with hours only when there are some', () => {
    expect(formatClock(0)).toBe('0:00');
    expect(formatClock(247_000)).toBe('4:07');
    expect(formatClock(3_847_000)).toBe('1:04:07');
    expect(formatClock(-1)).toBe('0:00');
  });
});
