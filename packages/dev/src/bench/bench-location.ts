/** The location of a bench: as many devices as wanted, one service everybody serves, open day and night. */
import { CONFIG_FORMAT, type LocationConfig, locationConfigSchema } from '@aufruf/shared/domain/location-config/schema';
import type { CounterId, ServiceId } from '@aufruf/shared/lib/ids';
import type { BenchSizes } from './sizes.ts';

export const SERVICE_ID = 'id-card' as ServiceId;

/** Numbers for 50,000 events with room to spare: a visit makes seven. */
const NUMBERS = { main: [1, 8_200], reserve: [8_201, 9_500], overflow: [9_501, 9_999] } as const;

const inBoth = (text: string) => ({ de: text, en: text });
const span = ([first, last]: readonly [number, number]) => ({ first, last });
const numbered = (kind: string, count: number): readonly string[] =>
  Array.from({ length: count }, (_, index) => `${kind}-${index + 1}`);

/** A counter that no device is set up as: its clerk works in a browser. */
export const WEB_COUNTER = 'counter-web' as CounterId;

export const stationsOf = ({ kiosks, displays, counters }: BenchSizes) => ({
  kiosks: numbered('kiosk', kiosks),
  displays: numbered('display', displays),
  counters: numbered('counter', counters),
});

export function benchLocation(sizes: BenchSizes): LocationConfig {
  const { kiosks, displays, counters } = stationsOf(sizes);
  const allDay = [{ from: '00:00', to: '24:00' }];
  const area = { areaIds: ['hall'] };
  return locationConfigSchema.parse({
    format: CONFIG_FORMAT,
    version: 1,
    id: 'bench',
    name: inBoth('Bench'),
    timeZone: 'Europe/Berlin',
    languages: ['de', 'en'],
    areas: [{ id: 'hall', name: inBoth('Hall') }],
    series: [
      {
        id: 'a',
        prefix: 'A',
        digits: 4,
        main: span(NUMBERS.main),
        reserve: span(NUMBERS.reserve),
        overflow: span(NUMBERS.overflow),
      },
    ],
    groups: [{ id: 'all', name: inBoth('All'), icon: 'info' }],
    services: [
      {
        id: SERVICE_ID,
        groupId: 'all',
        areaId: 'hall',
        seriesId: 'a',
        name: inBoth('Identity card'),
        bring: [],
        durationMin: 10,
        access: ['walkIn'],
      },
    ],
    counters: [...counters, WEB_COUNTER].map((id, index) => ({
      id,
      label: `${index + 1}`,
      areaId: 'hall',
      primaryServiceIds: [SERVICE_ID],
      fallbackServiceIds: [],
    })),
    kiosks: kiosks.map((id) => ({ id, name: inBoth(id), ...area })),
    displays: displays.map((id) => ({ id, name: inBoth(id), ...area })),
    openingHours: {
      weekly: { mon: allDay, tue: allDay, wed: allDay, thu: allDay, fri: allDay, sat: allDay, sun: allDay },
      exceptions: [],
    },
  });
}
