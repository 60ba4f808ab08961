/** Small days as plain objects, for tests of the calling order, of availability and of the views. */
import type {
  CommandId,
  CounterId,
  DisplayId,
  KioskId,
  SeriesId,
  ServiceId,
  SessionId,
  VisitId,
} from '../../../lib/ids.ts';
import { toEpochMs } from '../../../lib/local-time.ts';
import type { EpochMs, LocalDate, LocalTime } from '../../../lib/time.ts';
import type { CounterState } from '../../counter/counter.ts';
import type { DayInfo, DayState } from '../../day/day-state.ts';
import {
  type CallingPolicy,
  callingPolicySchema,
  type LocationConfig,
  locationConfigSchema,
} from '../../location-config/schema.ts';
import type { Call, Period, Visit } from '../../visit/visit.ts';

/** A Monday without a holiday. */
export const DAY = '2026-11-23' as LocalDate;
export const ZONE = 'Europe/Berlin';
/** The moment at which the clock on the wall shows `time`. */
export const at = (time: string, day: LocalDate = DAY): EpochMs => toEpochMs(day, time as LocalTime, ZONE);

export const serviceId = (id: string) => id as ServiceId;
export const counterId = (id: string) => id as CounterId;
export const kioskId = (id: string) => id as KioskId;
export const displayId = (id: string) => id as DisplayId;
export const commandId = (n: number) => `command-${String(n).padStart(12, '0')}` as CommandId;
export const sessionId = (n: number) => `session-${String(n).padStart(12, '0')}` as SessionId;
export const visitId = (n: number) => `visit-${String(n).padStart(12, '0')}` as VisitId;

export const policy = (over: Partial<CallingPolicy> = {}): CallingPolicy => ({
  ...callingPolicySchema.parse({}),
  ...over,
});

const text = (en: string) => ({ de: `${en} (deutsch)`, en });
const everyDay = [{ from: '07:00', to: '19:00' }];

/** As somebody writes it: two areas, four services, three counters, two kiosks, three displays. A fresh copy each time. */
export const configJson = () => ({
  format: 1,
  version: 1,
  id: 'test-office',
  name: text('Test office'),
  timeZone: ZONE,
  languages: ['de', 'en'],
  areas: [
    { id: 'north', name: text('North') },
    { id: 'south', name: text('South') },
  ],
  series: [
    {
      id: 'a',
      prefix: 'A',
      digits: 3,
      main: { first: 1, last: 599 },
      reserve: { first: 600, last: 799 },
      overflow: { first: 800, last: 999 },
    },
    {
      id: 'b',
      prefix: 'B',
      digits: 3,
      main: { first: 1, last: 599 },
      reserve: { first: 600, last: 799 },
      overflow: { first: 800, last: 999 },
    },
  ],
  groups: [
    { id: 'papers', name: text('Papers'), icon: 'id-card' },
    { id: 'residence', name: text('Residence'), icon: 'residence' },
  ],
  services: [
    {
      id: 'id-card',
      groupId: 'papers',
      areaId: 'north',
      seriesId: 'a',
      name: text('Identity card'),
      bring: [text('Old card'), text('Photo')],
      durationMin: 15,
      access: ['walkIn', 'appointment'],
    },
    {
      id: 'pickup',
      groupId: 'papers',
      areaId: 'north',
      seriesId: 'a',
      name: text('Pickup'),
      bring: [text('Old card')],
      durationMin: 5,
      access: ['walkIn'],
    },
    {
      id: 'permit',
      groupId: 'residence',
      areaId: 'south',
      seriesId: 'b',
      name: text('Permit'),
      bring: [],
      durationMin: 30,
      access: ['appointment'],
    },
    {
      id: 'extension',
      groupId: 'residence',
      areaId: 'south',
      seriesId: 'b',
      name: text('Extension'),
      bring: [],
      durationMin: 20,
      access: ['walkIn', 'appointment'],
    },
  ],
  counters: [
    { id: 'counter-1', label: '1', areaId: 'north', primaryServiceIds: ['id-card'], fallbackServiceIds: ['pickup'] },
    { id: 'counter-2', label: '2', areaId: 'north', primaryServiceIds: ['pickup'], fallbackServiceIds: [] },
    {
      id: 'counter-3',
      label: '2.14',
      areaId: 'south',
      primaryServiceIds: ['permit', 'extension'],
      fallbackServiceIds: ['id-card'],
    },
  ],
  kiosks: [
    { id: 'kiosk-1', name: text('Entrance'), areaIds: ['north', 'south'] },
    { id: 'kiosk-2', name: text('South'), areaIds: ['south'] },
  ],
  displays: [
    { id: 'display-1', name: text('North'), areaIds: ['north'] },
    { id: 'display-2', name: text('South'), areaIds: ['south'] },
    { id: 'display-3', name: text('Both'), areaIds: ['north', 'south'] },
  ],
  openingHours: {
    weekly: { mon: everyDay, tue: everyDay, wed: everyDay, thu: everyDay, fri: everyDay, sat: [], sun: [] },
    exceptions: [{ date: '2026-12-25', intervals: [], name: text('Christmas') }],
  },
});

export const config = (over: Partial<LocationConfig> = {}): LocationConfig => ({
  ...locationConfigSchema.parse(configJson()),
  ...over,
});

/** A walk-in for an identity card, waiting since 09:00, unless told otherwise. `n` gives id, number and log row. */
export function visit(n: number, over: Partial<Visit> & { service?: string } = {}): Visit {
  const { service = 'id-card', ...rest } = over;
  const arrivedAt = rest.arrivedAt === undefined ? at('09:00') : rest.arrivedAt;
  const series = service === 'permit' || service === 'extension' ? 'b' : 'a';
  return {
    id: visitId(n),
    revision: 1,
    state: 'waiting',
    number: { seriesId: series as SeriesId, value: n, text: `${series.toUpperCase()}${String(n).padStart(3, '0')}` },
    access: rest.appointmentAt == null ? 'walkIn' : 'appointment',
    appointmentAt: null,
    appointmentCode: null,
    parts: [{ serviceId: serviceId(service), state: 'open' }],
    partySize: 1,
    language: 'de',
    priority: 0,
    priorityReason: null,
    origin: { kind: 'kiosk', kioskId: kioskId('kiosk-1') },
    arrivedAt,
    queuedAt: arrivedAt,
    queuedRow: n,
    reservedFor: null,
    call: null,
    counterId: null,
    unansweredCalls: 0,
    lastCalledAt: null,
    parkReason: null,
    outcome: null,
    cancelReason: null,
    handedOver: true,
    periods: arrivedAt === null ? [] : [period('waiting', arrivedAt, service)],
    ...rest,
  };
}

export const period = (kind: Period['kind'], startedAt: EpochMs, service = 'id-card', counter?: string): Period => ({
  kind,
  startedAt,
  endedAt: null,
  serviceId: serviceId(service),
  counterId: counter === undefined ? null : counterId(counter),
});

/** A visit that was called to a counter. */
export function calledVisit(
  n: number,
  counter: string,
  calledAt: EpochMs,
  over: Partial<Visit> & { service?: string } = {},
): Visit {
  const call: Call = {
    callId: commandId(n),
    counterId: counterId(counter),
    calledAt,
    announcement: 1,
    announcedAt: calledAt,
  };
  return visit(n, {
    state: 'called',
    call,
    counterId: counterId(counter),
    lastCalledAt: calledAt,
    unansweredCalls: 1,
    periods: [period('way', calledAt, over.service, counter)],
    ...over,
  });
}

/** A visit that is being served. */
export const servedVisit = (
  n: number,
  counter: string,
  calledAt: EpochMs,
  over: Partial<Visit> & { service?: string } = {},
) =>
  visit(n, {
    state: 'serving',
    counterId: counterId(counter),
    lastCalledAt: calledAt,
    periods: [period('serving', calledAt + 60_000, over.service, counter)],
    ...over,
  });

export const openCounter = (id: string, over: Partial<CounterState> = {}): CounterState => ({
  id: counterId(id),
  presence: 'open',
  sessionId: sessionId(1),
  since: at('07:00'),
  breakReason: null,
  visitId: null,
  superseded: null,
  appointmentsInARow: 0,
  undoable: [],
  ...over,
});

export interface DayFixture {
  readonly config?: LocationConfig | null;
  readonly visits?: readonly Visit[];
  readonly counters?: readonly CounterState[];
  readonly info?: Partial<DayInfo>;
}

export function dayState({ visits = [], counters = [], info = {}, ...rest }: DayFixture = {}): DayState {
  const isClosed = ({ state }: Visit) => ['finished', 'cancelled', 'expired'].includes(state);
  const byId = (list: readonly Visit[]) => new Map(list.map((one) => [one.id, one]));
  return {
    info: {
      day: DAY,
      status: 'open',
      config: rest.config === undefined ? config() : rest.config,
      rows: 0,
      walkInsByService: {},
      releasedThrough: null,
      ...info,
    },
    openVisits: byId(visits.filter((one) => !isClosed(one))),
    closedVisits: byId(visits.filter(isClosed)),
    visitIdsByCode: new Map(),
    counters: new Map(counters.map((counter) => [counter.id, counter])),
    series: new Map(),
    commands: new Map(),
    rejections: [],
  };
}
