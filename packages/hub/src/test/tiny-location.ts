import { CONFIG_FORMAT } from '@aufruf/shared/domain/location-config/schema';

const both = (text: string) => ({ de: text, en: text });
const allDay = [{ from: '00:00', to: '24:00' }];

/** The smallest location, as its file would say it: one service, one counter, one kiosk, two displays, always open. */
export const tinyLocation = {
  format: CONFIG_FORMAT,
  version: 1,
  id: 'tiny',
  name: both('Tiny'),
  timeZone: 'Europe/Berlin',
  languages: ['de', 'en'],
  areas: [{ id: 'hall', name: both('Hall') }],
  series: [
    {
      id: 'b',
      prefix: 'B',
      digits: 3,
      main: { first: 1, last: 500 },
      reserve: { first: 501, last: 700 },
      overflow: { first: 701, last: 999 },
    },
  ],
  groups: [{ id: 'documents', name: both('Documents'), icon: 'id-card' }],
  services: [
    {
      id: 'id-card',
      groupId: 'documents',
      areaId: 'hall',
      seriesId: 'b',
      name: both('Identity card'),
      bring: [],
      durationMin: 10,
      access: ['walkIn'],
    },
  ],
  counters: [{ id: 'counter-1', label: '1', areaId: 'hall', primaryServiceIds: ['id-card'], fallbackServiceIds: [] }],
  kiosks: [{ id: 'kiosk-1', name: both('Kiosk'), areaIds: ['hall'] }],
  displays: [
    { id: 'display-1', name: both('Display 1'), areaIds: ['hall'] },
    { id: 'display-2', name: both('Display 2'), areaIds: ['hall'] },
  ],
  openingHours: {
    weekly: { mon: allDay, tue: allDay, wed: allDay, thu: allDay, fri: allDay, sat: allDay, sun: allDay },
    exceptions: [],
  },
} as const;
