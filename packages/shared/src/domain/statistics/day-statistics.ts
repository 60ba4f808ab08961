/**
 * The figures of a business day that outlive it (D2): sums by service, by counter and by hour of arrival. Nothing about a
 * single visit, no ticket number, nobody's name or session: what is kept for years cannot be led back to anybody.
 *
 * Pure. Counted by the hub when a day closes and again when facts of that day come late; by devices when they leave a day.
 */
import { z } from 'zod';
import { counterIdSchema, locationIdSchema, serviceIdSchema } from '../../lib/ids.ts';
import { toLocalTime } from '../../lib/local-time.ts';
import { localDateSchema } from '../../lib/time.ts';
import type { DayState } from '../day/day-state.ts';
import { accessSchema } from '../location-config/schema.ts';
import type { Period, Visit } from '../visit/visit.ts';
import { NO_TIME, timeSpreadSchema, withSpan } from './time-spread.ts';

/** Of these figures. Kept days are read for years: a newer format must still read the older ones. */
const STATISTICS_FORMAT = 1;

const count = z.int().min(0);

const serviceFiguresSchema = z.strictObject({
  /** The first service of the visit; times count for the service that was current then. */
  serviceId: serviceIdSchema,
  access: accessSchema,
  /** Numbers given: tickets drawn and appointments checked in, voided ones included. */
  issued: count,
  finished: count,
  /** Called, and not come until the day closed. */
  missed: count,
  /** Left or withdrawn before being served to the end. */
  cancelled: count,
  /** Numbers that nobody held, or a clerk's mistake. */
  voided: count,
  /** Still waiting, parked or in service when the day closed. */
  expired: count,
  /** Appointments that nobody checked in. */
  absent: count,
  /** From arrival, or from the return to the queue, to the call; of those who were called. */
  waiting: timeSpreadSchema,
  /** From the call to the arrival at the counter. */
  way: timeSpreadSchema,
  serving: timeSpreadSchema,
});
export type ServiceFigures = z.infer<typeof serviceFiguresSchema>;

const counterFiguresSchema = z.strictObject({
  counterId: counterIdSchema,
  /** Calls; a visit that is called twice counts twice, a recall does not. */
  called: count,
  serving: timeSpreadSchema,
});
export type CounterFigures = z.infer<typeof counterFiguresSchema>;

const hourFiguresSchema = z.strictObject({
  /** 0 to 23, of arrival, by the clock on the wall. On the day that summer time ends, 2 is two hours. */
  hour: z.int().min(0).max(23),
  arrived: count,
  waiting: timeSpreadSchema,
});
export type HourFigures = z.infer<typeof hourFiguresSchema>;

export const dayStatisticsSchema = z.strictObject({
  format: z.literal(STATISTICS_FORMAT),
  day: localDateSchema,
  locationId: locationIdSchema,
  /** Version of Aufruf. */
  countedBy: z.string().max(40),
  services: z.array(serviceFiguresSchema),
  counters: z.array(counterFiguresSchema),
  hours: z.array(hourFiguresSchema),
});
export type DayStatistics = z.infer<typeof dayStatisticsSchema>;

/** Null for a day that was never configured: nothing can have happened on it. */
export function dayStatistics({ info, openVisits, closedVisits }: DayState, countedBy: string): DayStatistics | null {
  const { config, day } = info;
  if (config === null) return null;
  const services = new Map<string, ServiceFigures>();
  const counters = new Map<string, CounterFigures>();
  const hours = new Map<number, HourFigures>();

  const service = (
    serviceId: ServiceFigures['serviceId'],
    { access }: Visit,
    change: (f: ServiceFigures) => object,
  ) => {
    const key = `${serviceId} ${access}`;
    const before = services.get(key) ?? { ...NO_FIGURES, serviceId, access };
    services.set(key, { ...before, ...change(before) });
  };
  const counter = (period: Period, change: (figures: CounterFigures) => object) => {
    const { counterId } = period;
    if (counterId === null) return;
    const before = counters.get(counterId) ?? { counterId, called: 0, serving: NO_TIME };
    counters.set(counterId, { ...before, ...change(before) });
  };
  const hour = (at: number, change: (figures: HourFigures) => object) => {
    const of = Number(toLocalTime(at, config.timeZone).slice(0, 2));
    const before = hours.get(of) ?? { hour: of, arrived: 0, waiting: NO_TIME };
    hours.set(of, { ...before, ...change(before) });
  };

  function add(visit: Visit): void {
    const { parts, number, arrivedAt, periods } = visit;
    const first = parts[0];
    if (first === undefined) return;
    const ended = endOf(visit);
    service(first.serviceId, visit, (f) => ({
      issued: f.issued + (number === null ? 0 : 1),
      ...(ended !== null && { [ended]: f[ended] + 1 }),
    }));
    if (arrivedAt !== null) hour(arrivedAt, (f) => ({ arrived: f.arrived + 1 }));
    for (const [i, period] of periods.entries()) addPeriod(visit, period, periods[i + 1]);
  }

  function addPeriod(visit: Visit, period: Period, next: Period | undefined): void {
    const { kind, startedAt, endedAt, serviceId } = period;
    if (kind === 'way') counter(period, (f) => ({ called: f.called + 1 }));
    if (endedAt === null) return;
    const ms = endedAt - startedAt;
    const wasCalled = next?.kind === 'way' || next?.kind === 'serving';
    if (kind === 'waiting' && wasCalled) {
      service(serviceId, visit, (f) => ({ waiting: withSpan(f.waiting, ms) }));
      hour(visit.arrivedAt ?? startedAt, (f) => ({ waiting: withSpan(f.waiting, ms) }));
    }
    // Who did not come was on no way.
    if (kind === 'way' && next?.kind === 'serving') service(serviceId, visit, (f) => ({ way: withSpan(f.way, ms) }));
    if (kind === 'serving') {
      service(serviceId, visit, (f) => ({ serving: withSpan(f.serving, ms) }));
      counter(period, (f) => ({ serving: withSpan(f.serving, ms) }));
    }
  }

  for (const visit of closedVisits.values()) add(visit);
  for (const visit of openVisits.values()) add(visit);
  return {
    format: STATISTICS_FORMAT,
    day,
    locationId: config.id,
    countedBy,
    services: sorted(services),
    counters: sorted(counters),
    hours: [...hours.values()].sort((a, b) => a.hour - b.hour),
  };
}

const NO_FIGURES = {
  issued: 0,
  finished: 0,
  missed: 0,
  cancelled: 0,
  voided: 0,
  expired: 0,
  absent: 0,
  waiting: NO_TIME,
  way: NO_TIME,
  serving: NO_TIME,
} as const;

type End = 'finished' | 'missed' | 'cancelled' | 'voided' | 'expired' | 'absent';

/** How a visit ended; null while it has not. */
function endOf({ state, number, periods, cancelReason }: Visit): End | null {
  switch (state) {
    case 'finished':
      return 'finished';
    case 'cancelled': {
      const wasServed = periods.some(({ kind }) => kind === 'serving');
      return number !== null && !wasServed && cancelReason !== 'left' ? 'voided' : 'cancelled';
    }
    case 'expired':
      if (number === null) return 'absent';
      return periods.at(-1)?.kind === 'missed' ? 'missed' : 'expired';
    default:
      return null;
  }
}

/** By key in code points, the same on every device. */
const sorted = <T>(figures: ReadonlyMap<string, T>): T[] =>
  [...figures].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)).map(([, value]) => value);
