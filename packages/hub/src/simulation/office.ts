/**
 * The office that is simulated: a configuration for so many devices, and when its visitors come.
 *
 * The curve is the mean of 18 days of six Warsaw district offices (January 2020, 21,153 arrivals, reconstructed from
 * public snapshots by `packages/dev/src/arrivals`): a rush at opening, a plateau from ten to two, a slow end.
 */
import { type LocationConfig, locationConfigSchema } from '@aufruf/shared/domain/location-config/schema';
import { HOUR_MS } from '@aufruf/shared/lib/time';
import { HUB_DEVICE } from '@aufruf/shared/sync/event';
import { withOpenAllDay } from '../open-all-day.ts';
import type { Chance } from './machinery/chance.ts';

/** Share of a day's arrivals in each half hour from OPENS_AT on, in thousandths. */
const ARRIVALS = [22, 66, 41, 44, 56, 63, 69, 64, 72, 69, 69, 64, 63, 58, 51, 42, 32, 22, 19, 14] as const;
const ARRIVALS_TOTAL = ARRIVALS.reduce((sum, share) => sum + share, 0);
const SLOT_MS = HOUR_MS / 2;
export const OPENS_AT = '07:30';
/** From the first arrival to the last. */
export const OFFICE_DAY_MS = ARRIVALS.length * SLOT_MS;

/** A moment of the office day at which somebody comes, ms after opening. */
export function arrivalMoment(chance: Chance): number {
  let left = chance.fraction() * ARRIVALS_TOTAL;
  const slot = ARRIVALS.findIndex((share) => {
    left -= share;
    return left < 0;
  });
  return (Math.max(0, slot) + chance.fraction()) * SLOT_MS;
}

export interface OfficeShape {
  readonly kiosks: number;
  readonly counters: number;
  readonly displays: number;
}

/** Most devices a location can have: see LIMITS of the configuration. */
export const MAX_DEVICES = 100;
export const MIN_DEVICES = 5;

/** `devices` with a journal of their own, the hub not counted. */
export function officeShape(devices: number): OfficeShape {
  const kiosks = Math.min(8, Math.max(1, Math.round(devices * 0.2)));
  const displays = Math.min(15, Math.max(1, Math.round(devices * 0.2)));
  return { kiosks, displays, counters: devices - kiosks - displays };
}

export interface SimulatedOffice {
  readonly config: LocationConfig;
  readonly kioskIds: readonly string[];
  readonly counterIds: readonly string[];
  readonly displayIds: readonly string[];
  /** A kiosk and a counter in browsers: the hub carries out what they want. */
  readonly webKioskId: string;
  readonly webCounterId: string;
}

const text = (en: string) => ({ de: en, en });
const ids = (kind: string, count: number) => Array.from({ length: count }, (_, index) => `${kind}-${index + 1}`);

const service = (id: string, areaId: string, seriesId: string) => ({
  id,
  groupId: 'all',
  areaId,
  seriesId,
  name: text(id),
  bring: [],
  durationMin: 10,
  access: ['walkIn', 'appointment'],
});

/** The network address of a machine at which a relay serves, or a hub; and back. */
export const addressOf = (device: string): string => `http://${device}.office.example`;
export const deviceAt = (address: string): string => new URL(address).hostname.split('.')[0] ?? '';

export interface OfficeWishes {
  /** How many numbers a series' main lane has. */
  readonly mainNumbers: number;
  /** How many devices may stand in for the hub. */
  readonly relays: number;
  readonly takeover?: 'never' | 'once' | 'often';
}

/** Where the hub moves back to its own machine, the configuration says where that is. */
export function simulatedOffice(
  shape: OfficeShape,
  { mainNumbers, relays, takeover = 'never' }: OfficeWishes,
): SimulatedOffice {
  const kioskIds = ids('kiosk', shape.kiosks);
  const counterIds = ids('counter', shape.counters);
  const displayIds = ids('display', shape.displays);
  const webKioskId = 'kiosk-web';
  const webCounterId = 'counter-web';
  const series = (id: string, prefix: string) => ({
    id,
    prefix,
    digits: 4,
    main: { first: 1, last: mainNumbers },
    reserve: { first: 6_001, last: 9_000 },
    overflow: { first: 9_001, last: 9_999 },
  });
  const areasOf = (index: number) => (index % 3 === 2 ? ['south'] : index % 3 === 1 ? ['north'] : ['north', 'south']);
  const counter = (id: string, index: number) => {
    const primaryServiceIds =
      index % 3 === 2 ? ['permit', 'extension'] : index % 3 === 1 ? ['pickup', 'id-card'] : ['id-card'];
    const helpsWith = index % 2 === 0 ? (index % 3 === 2 ? ['id-card'] : ['pickup', 'extension']) : [];
    return {
      id,
      label: String(index + 1),
      areaId: index % 3 === 2 ? 'south' : 'north',
      primaryServiceIds,
      fallbackServiceIds: helpsWith.filter((serviceId) => !primaryServiceIds.includes(serviceId)),
    };
  };
  // Counters before kiosks: somebody sits at them.
  const relayIds = [...counterIds, ...kioskIds].slice(0, relays);
  const config = locationConfigSchema.parse({
    format: 1,
    version: 1,
    id: 'simulated-office',
    name: text('Simulated office'),
    timeZone: 'Europe/Berlin',
    languages: ['de', 'en'],
    areas: [
      { id: 'north', name: text('North') },
      { id: 'south', name: text('South') },
    ],
    series: [series('a', 'A'), series('b', 'B')],
    groups: [{ id: 'all', name: text('All'), icon: 'id-card' }],
    services: [
      service('id-card', 'north', 'a'),
      service('pickup', 'north', 'a'),
      service('permit', 'south', 'b'),
      service('extension', 'south', 'b'),
    ],
    counters: [...counterIds, webCounterId].map(counter),
    kiosks: [...kioskIds, webKioskId].map((id, index) => ({ id, name: text(id), areaIds: areasOf(index) })),
    displays: displayIds.map((id, index) => ({ id, name: text(id), areaIds: areasOf(index) })),
    sync: {
      ...(takeover === 'often' && { hub: addressOf(HUB_DEVICE) }),
      relays: relayIds.map((device) => ({ device, address: addressOf(device) })),
    },
    // A hub on a new disk with a clock a month slow opens a day that would be over and gone (D2) once the clock is right.
    retentionDays: 3_650,
    openingHours: { weekly: { mon: [], tue: [], wed: [], thu: [], fri: [], sat: [], sun: [] }, exceptions: [] },
    // The day is squeezed, and so are the spans of its rules.
    callingPolicy: { pauseBetweenCallsMin: 1, agingAfterMin: 5 },
  });
  return { config: withOpenAllDay(config), kioskIds, counterIds, displayIds, webKioskId, webCounterId };
}
