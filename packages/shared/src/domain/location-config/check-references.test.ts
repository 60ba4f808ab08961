import { describe, expect, it } from 'vitest';
import { configJson } from '../views/test/fixtures.ts';
import { parseLocationConfig } from './parse-config.ts';

// biome-ignore lint/suspicious/noExplicitAny: tests break the file in ways its type forbids.
type Loose = any;

function problems(change: (json: Loose) => void): string[] {
  const json = configJson();
  change(json);
  const parsed = parseLocationConfig(json);
  return parsed.ok ? [] : parsed.refusal.problems.map(({ path, expected }) => `${path}: ${expected}`);
}
const interval = (from: string, to: string) => ({ from, to });

describe('References of a configuration', () => {
  it('the test office has no problem', () => {
    expect(problems(() => undefined)).toEqual([]);
  });

  it('unknown ids, wherever one is named', () => {
    const no = (list: string) => `the id of an entry of ${list}; there is none called "nowhere"`;
    expect(problems((json) => (json.services[1].groupId = 'nowhere'))).toEqual([
      `services[1].groupId: ${no('groups')}`,
    ]);
    expect(problems((json) => (json.services[1].areaId = 'nowhere'))).toEqual([`services[1].areaId: ${no('areas')}`]);
    expect(problems((json) => (json.services[1].seriesId = 'nowhere'))).toEqual([
      `services[1].seriesId: ${no('series')}`,
    ]);
    expect(problems((json) => (json.counters[0].areaId = 'nowhere'))).toEqual([`counters[0].areaId: ${no('areas')}`]);
    expect(problems((json) => json.counters[0].primaryServiceIds.push('nowhere'))).toEqual([
      `counters[0].primaryServiceIds[1]: ${no('services')}`,
    ]);
    expect(problems((json) => json.counters[0].fallbackServiceIds.push('nowhere'))).toEqual([
      `counters[0].fallbackServiceIds[1]: ${no('services')}`,
    ]);
    expect(problems((json) => json.kiosks[1].areaIds.push('nowhere'))).toEqual([
      `kiosks[1].areaIds[1]: ${no('areas')}`,
    ]);
    expect(problems((json) => json.displays[0].areaIds.push('nowhere'))).toEqual([
      `displays[0].areaIds[1]: ${no('areas')}`,
    ]);
  });

  it('ids that are taken, in every list', () => {
    expect(problems((json) => (json.groups[1].id = 'papers'))).toContain(
      'groups[1].id: a value of its own; "papers" stands already in groups[0].id',
    );
    for (const list of ['areas', 'series', 'services']) {
      expect(problems((json) => (json[list][1].id = json[list][0].id)).join()).toContain(
        `${list}[1].id: a value of its own`,
      );
    }
  });

  it('counters, kiosks and displays are devices and share their ids with each other and the hub', () => {
    expect(problems((json) => (json.kiosks[0].id = 'counter-1'))).toEqual([
      'kiosks[0].id: another id: "counter-1" is taken by counters[0].id',
    ]);
    expect(problems((json) => (json.displays[0].id = 'hub'))).toEqual([
      'displays[0].id: another id: "hub" is the hub\'s',
    ]);
  });

  it('values that stand twice in one list, and two counters of one label', () => {
    const own = (value: string, path: string) => `a value of its own; "${value}" stands already in ${path}`;
    expect(problems((json) => json.languages.push('de'))).toEqual([`languages[2]: ${own('de', 'languages[0]')}`]);
    expect(problems((json) => (json.services[1].access = ['walkIn', 'walkIn']))).toEqual([
      `services[1].access[1]: ${own('walkIn', 'services[1].access[0]')}`,
    ]);
    expect(problems((json) => (json.counters[1].label = '1'))).toEqual([
      `counters[1].label: ${own('1', 'counters[0].label')}`,
    ]);
    expect(problems((json) => json.kiosks[0].areaIds.push('north'))).toHaveLength(1);
    expect(problems((json) => json.counters[2].fallbackServiceIds.push('id-card'))).toHaveLength(1);
    expect(problems((json) => json.counters[2].primaryServiceIds.push('permit'))).toHaveLength(1);
  });

  it('N1: spans of a series that overlap, by one number or altogether', () => {
    expect(problems((json) => (json.series[0].reserve.first = 599))).toEqual([
      'series[0].reserve: numbers that are not in main, which has 1 to 599',
    ]);
    expect(problems((json) => (json.series[0].overflow = { first: 1, last: 999 }))).toEqual([
      'series[0].overflow: numbers that are not in main, which has 1 to 599',
      'series[0].overflow: numbers that are not in reserve, which has 600 to 799',
    ]);
    expect(problems((json) => (json.series[0].main.last = 598))).toEqual([]);
  });

  it('N2: three blocks of the reserve for each kiosk, or it could give no numbers alone', () => {
    expect(problems((json) => (json.series[0].reserve.last = 719))).toEqual([]);
    expect(problems((json) => (json.series[0].reserve.last = 718))).toEqual([
      'series[0].reserve: at least 120 numbers, 60 for each kiosk and relay; it has 119',
    ]);
  });

  it('N1: a span that ends before it begins, too few digits, a prefix that is taken', () => {
    expect(problems((json) => (json.series[1].main = { first: 10, last: 9 }))).toEqual([
      'series[1].main.last: a number not below first, which is 10',
    ]);
    expect(problems((json) => (json.series[1].main = { first: 10, last: 10 }))).toEqual([]);
    expect(problems((json) => (json.series[1].overflow.last = 1_000))).toEqual([
      'series[1].overflow.last: at most 999, the highest number of 3 digits; or more digits',
    ]);
    expect(problems((json) => (json.series[1].prefix = 'A'))).toEqual([
      'series[1].prefix: a letter of its own; "A" stands already in series[0].prefix',
    ]);
  });

  it('a time zone nobody knows', () => {
    expect(problems((json) => (json.timeZone = 'Europe/Hamburg'))).toEqual([
      'timeZone: a time zone of the IANA list, like "Europe/Berlin"',
    ]);
  });

  it('hours that end before they begin, are empty, or overlap', () => {
    const monday = (...list: unknown[]) => problems((json) => (json.openingHours.weekly.mon = list));
    expect(monday(interval('12:00', '08:00'))).toEqual([
      'openingHours.weekly.mon[0].to: a time after from, which is "12:00"',
    ]);
    expect(monday(interval('08:00', '08:00'))).toHaveLength(1);
    expect(monday(interval('08:00', '12:00'), interval('11:59', '18:00'))).toEqual([
      'openingHours.weekly.mon[1]: hours that do not overlap those of openingHours.weekly.mon[0]',
    ]);
    expect(monday(interval('12:00', '24:00'), interval('08:00', '12:00'))).toEqual([]);
  });

  it('exceptions on days that do not exist or stand twice, also in the hours of a service', () => {
    const name = { de: 'x', en: 'x' };
    const exceptions = (...dates: string[]) => dates.map((date) => ({ date, intervals: [], name }));
    expect(problems((json) => (json.openingHours.exceptions = exceptions('2026-02-29')))).toEqual([
      'openingHours.exceptions[0].date: a day of the calendar; "2026-02-29" is none',
    ]);
    expect(
      problems((json) => {
        const openingHours = { ...json.openingHours, exceptions: exceptions('2028-02-29', '2028-02-29') };
        json.services[0].openingHours = openingHours;
      }),
    ).toEqual([
      'services[0].openingHours.exceptions[1].date: a day of its own; "2028-02-29" stands already in services[0].openingHours.exceptions[0]',
    ]);
  });

  it('a service that no counter serves', () => {
    expect(problems((json) => json.counters[2].primaryServiceIds.pop())).toEqual([
      'services[3]: a counter that serves "extension"; no counter names it',
    ]);
    expect(
      problems((json) => json.counters[2].fallbackServiceIds.push(json.counters[2].primaryServiceIds.pop())),
    ).toEqual([]);
  });

  it('a service for walk-ins in an area that no kiosk offers, unless the location has no kiosk', () => {
    const northOnly = (json: Loose) => (json.kiosks = [json.kiosks[0], { ...json.kiosks[1], areaIds: ['north'] }]);
    const southless = problems((json) => {
      northOnly(json);
      json.kiosks[0].areaIds = ['north'];
    });
    // `permit` is for appointments only and needs no kiosk of its area.
    expect(southless).toEqual([
      'services[3].areaId: an area that a kiosk offers, since the service takes walk-ins; no kiosk offers "south"',
    ]);
    expect(problems((json) => (json.kiosks = []))).toEqual([]);
  });

  it('a fallback that the counter serves as primary already', () => {
    expect(problems((json) => json.counters[0].fallbackServiceIds.push('id-card'))).toEqual([
      'counters[0].fallbackServiceIds[1]: a service that is not among the counter\'s primaryServiceIds; "id-card" is',
    ]);
  });
});
