import { toEpochMs } from '@aufruf/shared/lib/local-time';
import type { LocalDate, LocalTime } from '@aufruf/shared/lib/time';
import { describe, expect, it } from 'vitest';
import { businessDay, EARLIEST_CREDIBLE_AT, MAX_DAYS_ASLEEP, MAX_DAYS_CLOSED } from './business-day.ts';

const ZONE = 'Europe/Berlin';
const at = (day: string, time = '08:00') => toEpochMs(day as LocalDate, time as LocalTime, ZONE);
const verdict = (now: number, last: string | null, maxDaysApart = MAX_DAYS_CLOSED) =>
  businessDay(now, ZONE, last as LocalDate | null, maxDaysApart);

describe('business day', () => {
  it('D1: changes at local midnight, not at UTC midnight', () => {
    expect(verdict(at('2026-11-23', '23:59') + 59_999, '2026-11-23')).toEqual({ type: 'same' });
    expect(verdict(at('2026-11-24', '00:00'), '2026-11-23')).toEqual({ type: 'next', day: '2026-11-24' });
  });

  it.each([
    ['29 Dec - 3 Jan', '2026-12-31', '2027-01-01'],
    ['spring DST Sunday, 23 h', '2026-03-29', '2026-03-30'],
    ['autumn DST Sunday, 25 h', '2026-10-25', '2026-10-26'],
    ['leap day', '2028-02-29', '2028-03-01'],
  ])('D1: %s', (_, day, next) => {
    expect(verdict(at(next) - 8 * 3_600_000 - 1, day)).toEqual({ type: 'same' });
    expect(verdict(at(next, '00:00'), day)).toEqual({ type: 'next', day: next });
  });

  it('D1: 02:30 twice on the autumn Sunday is the same day twice', () => {
    const first = at('2026-10-25', '02:30');
    expect([verdict(first, '2026-10-25'), verdict(first + 3_600_000, '2026-10-25')]).toEqual([
      { type: 'same' },
      { type: 'same' },
    ]);
  });

  it('D1: a location that was closed for long opens; one that seems closed for longer has a wrong clock', () => {
    expect(verdict(at('2026-04-04'), '2026-01-02').type).toBe('next');
    expect(verdict(at('2026-04-05'), '2026-01-02')).toEqual({ type: 'clockAhead', day: '2026-04-05' });
  });

  it('D1: a running hub may sleep through a long weekend and no longer', () => {
    expect(verdict(at('2026-11-27'), '2026-11-23', MAX_DAYS_ASLEEP).type).toBe('next');
    expect(verdict(at('2026-11-28'), '2026-11-23', MAX_DAYS_ASLEEP).type).toBe('clockAhead');
  });

  it('D1: a clock a year or eight years wrong is not believed, in either direction', () => {
    for (const day of ['2027-11-23', '2034-11-23']) expect(verdict(at(day), '2026-11-23').type).toBe('clockAhead');
    for (const day of ['2025-11-23', '2018-11-23', '2026-11-22'])
      expect(verdict(at(day), '2026-11-23').type).toBe('clockBehind');
  });

  it('D1: a clock of 1970 is not believed even by a new location', () => {
    expect(verdict(86_400_000, null)).toEqual({ type: 'clockBehind', day: '1970-01-02' });
    expect(verdict(EARLIEST_CREDIBLE_AT - 1, null).type).toBe('clockBehind');
    expect(verdict(EARLIEST_CREDIBLE_AT, null)).toEqual({ type: 'next', day: '2015-01-01' });
  });
});
