import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, isCalendarDate, isTimeZone, toEpochMs, toLocalDate, toLocalTime, weekdayOf } from './local-time.ts';
import { HOUR_MS, type LocalDate, type LocalTime, MINUTE_MS } from './time.ts';

const BERLIN = 'Europe/Berlin';
const date = (text: string) => text as LocalDate;
const time = (text: string) => text as LocalTime;
const utc = (text: string) => Date.parse(text);
const dayLength = (day: string, zone: string) =>
  toEpochMs(date(day), time('24:00'), zone) - toEpochMs(date(day), time('00:00'), zone);

describe('local time', () => {
  it('D1: names the right year on every day from 29 December to 3 January', () => {
    for (const year of [2019, 2020, 2024, 2025, 2026, 2027]) {
      const days = [
        `${year}-12-29`,
        `${year}-12-30`,
        `${year}-12-31`,
        `${year + 1}-01-01`,
        `${year + 1}-01-02`,
        `${year + 1}-01-03`,
      ];
      for (const day of days) {
        expect(toLocalDate(utc(`${day}T11:30:00Z`), BERLIN)).toBe(day);
        expect(toLocalDate(toEpochMs(date(day), time('00:00'), BERLIN), BERLIN)).toBe(day);
        expect(toLocalDate(toEpochMs(date(day), time('23:59'), BERLIN), BERLIN)).toBe(day);
      }
      expect(days.slice(1)).toEqual([1, 2, 3, 4, 5].map((n) => addDays(date(days[0] ?? ''), n)));
    }
  });

  it('D1: the day on which summer time starts has 23 hours, the day on which it ends 25', () => {
    expect(dayLength('2026-03-29', BERLIN)).toBe(23 * HOUR_MS);
    expect(dayLength('2026-10-25', BERLIN)).toBe(25 * HOUR_MS);
    expect(dayLength('2026-06-15', BERLIN)).toBe(24 * HOUR_MS);
  });

  it('D1: 02:30 shown twice is the earlier one', () => {
    expect(toEpochMs(date('2026-10-25'), time('02:30'), BERLIN)).toBe(utc('2026-10-25T00:30:00Z'));
    expect(toLocalTime(utc('2026-10-25T00:30:00Z'), BERLIN)).toBe('02:30');
    expect(toLocalTime(utc('2026-10-25T01:30:00Z'), BERLIN)).toBe('02:30');
    expect(toEpochMs(date('2026-10-25'), time('03:00'), BERLIN)).toBe(utc('2026-10-25T02:00:00Z'));
  });

  it('D1: 02:30 never shown is 03:00', () => {
    const jump = utc('2026-03-29T01:00:00Z');
    expect(toEpochMs(date('2026-03-29'), time('02:30'), BERLIN)).toBe(jump);
    expect(toEpochMs(date('2026-03-29'), time('02:00'), BERLIN)).toBe(jump);
    expect(toLocalTime(jump, BERLIN)).toBe('03:00');
    expect(toEpochMs(date('2026-03-29'), time('01:59'), BERLIN)).toBe(jump - MINUTE_MS);
    expect(toEpochMs(date('2026-03-29'), time('07:00'), BERLIN)).toBe(utc('2026-03-29T05:00:00Z'));
  });

  it('D1: knows leap days', () => {
    expect(addDays(date('2028-02-28'), 1)).toBe('2028-02-29');
    expect(addDays(date('2028-02-29'), 1)).toBe('2028-03-01');
    expect(addDays(date('2027-02-28'), 1)).toBe('2027-03-01');
    expect(toLocalDate(utc('2028-02-29T22:59:59Z'), BERLIN)).toBe('2028-02-29');
    expect(toLocalDate(utc('2028-02-29T23:00:00Z'), BERLIN)).toBe('2028-03-01');
    expect(isCalendarDate(date('2028-02-29'))).toBe(true);
    expect(isCalendarDate(date('2027-02-29'))).toBe(false);
    expect(isCalendarDate(date('2026-04-31'))).toBe(false);
  });

  it('works in zones far from UTC, with half hours, and with a midnight that is skipped', () => {
    const at = utc('2026-07-01T20:15:00Z');
    expect([toLocalDate(at, 'Asia/Kolkata'), toLocalTime(at, 'Asia/Kolkata')]).toEqual(['2026-07-02', '01:45']);
    expect([toLocalDate(at, 'Pacific/Kiritimati'), toLocalTime(at, 'Pacific/Kiritimati')]).toEqual([
      '2026-07-02',
      '10:15',
    ]);
    expect([toLocalDate(at, 'America/Los_Angeles'), toLocalTime(at, 'America/Los_Angeles')]).toEqual([
      '2026-07-01',
      '13:15',
    ]);
    expect(dayLength('2026-10-04', 'Australia/Lord_Howe')).toBe(23.5 * HOUR_MS);
    // Chile changes at midnight: 6 September 2026 begins at 01:00.
    expect(toLocalTime(toEpochMs(date('2026-09-06'), time('00:00'), 'America/Santiago'), 'America/Santiago')).toBe(
      '01:00',
    );
  });

  it('shows midnight as 00:00 of the new day and cuts to the minute', () => {
    const midnight = toEpochMs(date('2026-05-04'), time('24:00'), BERLIN);
    expect(midnight).toBe(toEpochMs(date('2026-05-05'), time('00:00'), BERLIN));
    expect(toLocalTime(midnight, BERLIN)).toBe('00:00');
    expect(toLocalTime(midnight + MINUTE_MS - 1, BERLIN)).toBe('00:00');
    expect(toLocalTime(midnight - 1, BERLIN)).toBe('23:59');
  });

  it('knows a clock that was changed within a quarter of an hour, to the second', () => {
    // Liberia, 1972: from 44:30 behind to none.
    const change = Date.UTC(1972, 0, 7, 0, 44, 30);
    expect(toLocalTime(change - 1, 'Africa/Monrovia')).toBe('23:59');
    expect(toLocalTime(change, 'Africa/Monrovia')).toBe('00:44');
    expect(toLocalDate(change - 1, 'Africa/Monrovia')).toBe('1972-01-06');
    expect(toLocalDate(change, 'Africa/Monrovia')).toBe('1972-01-07');
  });

  it('forgets moments, however many are asked for, and answers as before', () => {
    const hours = Array.from({ length: 2_000 }, (_, i) => toLocalTime(i * 3_600_000, 'Asia/Kathmandu'));
    expect(new Set(hours).size).toBe(24);
    expect(hours[0]).toBe('05:30');
  });

  it('names weekdays', () => {
    expect(weekdayOf(date('2026-11-22'))).toBe('sun');
    expect(weekdayOf(date('2026-11-23'))).toBe('mon');
    expect(weekdayOf(date('2028-02-29'))).toBe('tue');
  });

  it('tells zones from what only looks like one', () => {
    expect(isTimeZone(BERLIN)).toBe(true);
    expect(isTimeZone('Europe/Bärlin')).toBe(false);
    expect(isTimeZone('+01:00')).toBe(false);
    expect(isTimeZone('')).toBe(false);
  });

  it('there and back: any minute of any day reads the same, unless the clock skipped it', () => {
    const zones = fc.constantFrom(BERLIN, 'America/New_York', 'Asia/Kolkata', 'Australia/Lord_Howe', 'UTC');
    fc.assert(
      fc.property(zones, fc.integer({ min: utc('2000-01-01'), max: utc('2050-01-01') }), (zone, at) => {
        const minute = Math.floor(at / MINUTE_MS) * MINUTE_MS;
        const back = toEpochMs(toLocalDate(minute, zone), toLocalTime(minute, zone), zone);
        // In the hour shown twice the earlier moment comes back.
        expect([minute, minute - HOUR_MS, minute - HOUR_MS / 2]).toContain(back);
        expect(toLocalTime(back, zone)).toBe(toLocalTime(minute, zone));
      }),
    );
  });
});
