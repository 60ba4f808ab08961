import { describe, expect, it } from 'vitest';
import { addDays } from '../../lib/local-time.ts';
import type { LocalDate } from '../../lib/time.ts';
import { at, config, DAY, ZONE } from '../views/test/fixtures.ts';
import {
  closesAt,
  exceptionOn,
  hoursOfService,
  isOpenAt,
  OPENS_NEXT_HORIZON_DAYS,
  opensNext,
} from './opening-hours.ts';
import { type OpeningHours, openingHoursSchema } from './schema.ts';

const hours = config().openingHours;
const date = (text: string) => text as LocalDate;
const hoursOf = (mon: { from: string; to: string }[], exceptions: OpeningHours['exceptions'] = []) =>
  openingHoursSchema.parse({
    weekly: { mon, tue: [], wed: [], thu: [], fri: [], sat: [], sun: [] },
    exceptions,
  });

describe('Opening hours', () => {
  it('include their first minute and exclude their last', () => {
    expect(isOpenAt(hours, ZONE, at('07:00') - 1)).toBe(false);
    expect(isOpenAt(hours, ZONE, at('07:00'))).toBe(true);
    expect(isOpenAt(hours, ZONE, at('19:00') - 1)).toBe(true);
    expect(isOpenAt(hours, ZONE, at('19:00'))).toBe(false);
  });

  it('Kiosk: opens by itself at 07:00 before and after any change of the clock', () => {
    for (const day of ['2026-03-27', '2026-03-30', '2026-10-23', '2026-10-26']) {
      expect(isOpenAt(hours, ZONE, at('07:00', date(day)) - 1)).toBe(false);
      expect(isOpenAt(hours, ZONE, at('07:00', date(day)))).toBe(true);
    }
    // The Sundays themselves, with special hours: 23 and 25 hours long, still 07:00 to 12:00 on the wall.
    for (const day of ['2026-03-29', '2026-10-25']) {
      const sunday = hoursOf(
        [],
        [{ date: date(day), intervals: config().openingHours.weekly.mon, name: { de: 'x', en: 'x' } }],
      );
      expect(isOpenAt(sunday, ZONE, at('06:59', date(day)))).toBe(false);
      expect(isOpenAt(sunday, ZONE, at('07:00', date(day)))).toBe(true);
      expect(closesAt(sunday, ZONE, at('08:00', date(day)))).toBe(at('19:00', date(day)));
    }
  });

  it('a holiday closes the day', () => {
    expect(isOpenAt(hours, ZONE, at('12:00', date('2026-12-25')))).toBe(false);
    expect(isOpenAt(hours, ZONE, at('12:00', date('2026-12-24')))).toBe(true);
    expect(exceptionOn(hours, date('2026-12-25'))?.name.en).toBe('Christmas');
    expect(exceptionOn(hours, DAY)).toBeNull();
  });

  it('a midday closing is a closing; hours that only touch are not', () => {
    const lunch = hoursOf([
      { from: '13:00', to: '18:00' },
      { from: '08:00', to: '12:00' },
    ]);
    expect(closesAt(lunch, ZONE, at('09:00'))).toBe(at('12:00'));
    expect(closesAt(lunch, ZONE, at('12:30'))).toBeNull();
    expect(closesAt(lunch, ZONE, at('13:00'))).toBe(at('18:00'));
    const touching = hoursOf([
      { from: '12:00', to: '18:00' },
      { from: '08:00', to: '12:00' },
    ]);
    expect(closesAt(touching, ZONE, at('09:00'))).toBe(at('18:00'));
  });

  it('24:00 closes at the next midnight', () => {
    const late = hoursOf([{ from: '00:00', to: '24:00' }]);
    expect(isOpenAt(late, ZONE, at('23:59'))).toBe(true);
    expect(closesAt(late, ZONE, at('23:59'))).toBe(at('00:00', addDays(DAY, 1)));
  });

  it('midnight is no closing for hours that go on at 00:00, as far as the end of the next day', () => {
    const all = [{ from: '00:00', to: '24:00' }];
    const overnight = openingHoursSchema.parse({
      weekly: {
        mon: [{ from: '18:00', to: '24:00' }],
        tue: [{ from: '00:00', to: '03:00' }],
        wed: [],
        thu: [],
        fri: [],
        sat: [],
        sun: [],
      },
      exceptions: [],
    });
    const always = openingHoursSchema.parse({
      weekly: { mon: all, tue: all, wed: all, thu: all, fri: all, sat: all, sun: all },
      exceptions: [],
    });
    expect(closesAt(overnight, ZONE, at('23:59'))).toBe(at('03:00', addDays(DAY, 1)));
    expect(closesAt(always, ZONE, at('23:59'))).toBe(at('00:00', addDays(DAY, 2)));
  });

  it('opens next: later today, tomorrow, after the weekend, after a holiday', () => {
    expect(opensNext(hours, ZONE, at('06:59'))).toEqual({ date: DAY, time: '07:00' });
    expect(opensNext(hours, ZONE, at('07:00'))).toEqual({ date: '2026-11-24', time: '07:00' });
    expect(opensNext(hours, ZONE, at('19:00'))).toEqual({ date: '2026-11-24', time: '07:00' });
    expect(opensNext(hours, ZONE, at('19:00', date('2026-11-27')))).toEqual({ date: '2026-11-30', time: '07:00' });
    expect(opensNext(hours, ZONE, at('19:00', date('2026-12-24')))).toEqual({ date: '2026-12-28', time: '07:00' });
    expect(opensNext(hours, ZONE, at('23:59', date('2026-12-31')))).toEqual({ date: '2027-01-01', time: '07:00' });
  });

  it('opens next: unknown beyond 14 days', () => {
    const monday = addDays(DAY, OPENS_NEXT_HORIZON_DAYS);
    const only = (day: LocalDate) =>
      hoursOf([], [{ date: day, intervals: config().openingHours.weekly.mon, name: { de: 'x', en: 'x' } }]);
    expect(opensNext(only(monday), ZONE, at('12:00'))).toEqual({ date: monday, time: '07:00' });
    expect(opensNext(only(addDays(monday, 1)), ZONE, at('12:00'))).toBeNull();
    expect(opensNext(hoursOf([]), ZONE, at('12:00'))).toBeNull();
  });

  it("a service has its own hours or the location's, and the location's holidays unless it names the day itself", () => {
    const location = config();
    const [service] = location.services;
    expect(hoursOfService(location, service!)).toBe(location.openingHours);
    const own = { ...service!, openingHours: hoursOf([{ from: '08:00', to: '12:00' }]) };
    expect(closesAt(hoursOfService(location, own), ZONE, at('09:00'))).toBe(at('12:00'));
    const friday = { ...hoursOf([]).weekly, fri: location.openingHours.weekly.fri };
    const onFridays = { ...own, openingHours: { weekly: friday, exceptions: [] } };
    expect(isOpenAt(hoursOfService(location, onFridays), ZONE, at('09:00', date('2026-12-25')))).toBe(false);
    const christmas = {
      date: date('2026-12-25'),
      intervals: location.openingHours.weekly.fri,
      name: { de: 'x', en: 'x' },
    };
    const always = { ...own, openingHours: { weekly: friday, exceptions: [christmas] } };
    expect(isOpenAt(hoursOfService(location, always), ZONE, at('09:00', date('2026-12-25')))).toBe(true);
  });
});
