import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { locationJsonSchema } from '@aufruf/shared/domain/location-config/json-schema';
import { isOpenAt } from '@aufruf/shared/domain/location-config/opening-hours';
import { parseLocationConfig } from '@aufruf/shared/domain/location-config/parse-config';
import type { LocationConfig } from '@aufruf/shared/domain/location-config/schema';
import { toEpochMs, weekdayOf } from '@aufruf/shared/lib/local-time';
import type { LocalDate, LocalTime } from '@aufruf/shared/lib/time';
import { describe, expect, it } from 'vitest';
import { root } from '../root.ts';

const readSample = (name: string): unknown =>
  JSON.parse(readFileSync(join(root, 'packages/dev/samples', name), 'utf8'));

function sample(name: string): LocationConfig {
  const parsed = parseLocationConfig(readSample(name));
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.refusal.problems, null, 2));
  return parsed.value;
}

describe('Sample locations', () => {
  it('the JSON Schema file is current (else run packages/dev/src/write-location-schema.ts)', () => {
    expect(readSample('location.schema.json')).toEqual(JSON.parse(JSON.stringify(locationJsonSchema())));
  });

  it('the large one is a citizen service centre of two areas', () => {
    const { services, groups, areas, counters, kiosks, displays } = sample('hamburg-mitte.json');
    expect(services.length).toBeGreaterThanOrEqual(20);
    expect(groups.length).toBeGreaterThanOrEqual(6);
    expect([areas.length, counters.length, kiosks.length, displays.length]).toEqual([2, 12, 2, 3]);
    for (const service of services) {
      expect(service.bring.length, service.id).toBeGreaterThan(0);
      expect(service.durationMin % 5, service.id).toBe(0);
    }
    const access = services.map((service) => service.access.join('+'));
    expect(new Set(access)).toEqual(new Set(['walkIn', 'appointment', 'walkIn+appointment']));
  });

  it('every service of the large one is primary at a counter, so that none depends on a fallback', () => {
    const { services, counters } = sample('hamburg-mitte.json');
    const primary = new Set(counters.flatMap((counter) => counter.primaryServiceIds));
    expect(services.filter(({ id }) => !primary.has(id))).toEqual([]);
  });

  it('every area has a display and a kiosk', () => {
    for (const name of ['hamburg-mitte.json', 'tiny.json']) {
      const { areas, displays, kiosks } = sample(name);
      for (const { id } of areas) {
        expect(displays.some((display) => display.areaIds.includes(id))).toBe(true);
        expect(kiosks.some((kiosk) => kiosk.areaIds.includes(id))).toBe(true);
      }
    }
  });

  it('the large one is open 7 to 19 on working days and closed on the public holidays of Hamburg', () => {
    const { openingHours, timeZone } = sample('hamburg-mitte.json');
    const open = (date: string, time: string) =>
      isOpenAt(openingHours, timeZone, toEpochMs(date as LocalDate, time as LocalTime, timeZone));
    for (const date of ['2026-11-23', '2026-11-27']) {
      expect([open(date, '06:59'), open(date, '07:00'), open(date, '18:59'), open(date, '19:00')]).toEqual([
        false,
        true,
        true,
        false,
      ]);
    }
    expect(open('2026-11-28', '10:00')).toBe(false);
    // Fixed ones, and those that move with Easter (5 April 2026, 28 March 2027).
    const fixed = ['01-01', '05-01', '10-03', '10-31', '12-25', '12-26'];
    const moving = [
      '2026-04-03',
      '2026-04-06',
      '2026-05-14',
      '2026-05-25',
      '2027-03-26',
      '2027-03-29',
      '2027-05-06',
      '2027-05-17',
    ];
    const holidays = [...fixed.flatMap((day) => [`2026-${day}`, `2027-${day}`]), ...moving];
    const closedDays = openingHours.exceptions
      .filter(({ intervals }) => intervals.length === 0)
      .map(({ date }) => date);
    expect(closedDays.sort()).toEqual(holidays.sort());
    expect(moving.map((date) => weekdayOf(date as LocalDate))).toEqual([
      'fri',
      'mon',
      'thu',
      'mon',
      'fri',
      'mon',
      'thu',
      'mon',
    ]);
  });

  it('the tiny one has one counter and three services', () => {
    const { services, counters } = sample('tiny.json');
    expect([services.length, counters.length]).toEqual([3, 1]);
  });

  it('texts are short enough for a button of the kiosk', () => {
    for (const name of ['hamburg-mitte.json', 'tiny.json']) {
      const { services, groups } = sample(name);
      for (const text of [...services, ...groups].flatMap((one) => [one.name.de, one.name.en])) {
        expect(text.length, text).toBeLessThanOrEqual(50);
      }
    }
  });

  it('is marked as a sample', () => {
    for (const name of ['hamburg-mitte.json', 'tiny.json']) {
      expect(sample(name).name.de).toContain('(Beispiel)');
      expect(sample(name).name.en).toContain('(sample)');
    }
  });
});
