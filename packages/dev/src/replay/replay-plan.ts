/**
 * Makes a location and a timetable out of an office day: what the hub is configured with, who comes when, who works
 * where. Written to a file that every process of the replay reads.
 */
import {
  CONFIG_FORMAT,
  LIMITS,
  type LocationConfig,
  locationConfigSchema,
} from '@aufruf/shared/domain/location-config/schema';
import { toEpochMs } from '@aufruf/shared/lib/local-time';
import { type EpochMs, HOUR_MS, type LocalDate, type LocalTime, MINUTE_MS } from '@aufruf/shared/lib/time';
import type { OfficeDay } from '../arrivals/office-day.ts';
import type { QueueName } from '../arrivals/queue-names.ts';
import { type PlannedCounter, planCounters } from './counter-plan.ts';
import { assignPrefixes } from './prefixes.ts';

export const REPLAY_TIME_ZONE = 'Europe/Warsaw';
/** The clock starts so long before the first visitor: clerks come first. */
const LEAD_MS = 10 * MINUTE_MS;
const KIOSKS = 2;
const MAX_NAME = 200;

export interface PlannedVisitor {
  /** Names the visitor among all of the day; choices about it follow from this. */
  readonly name: string;
  readonly at: EpochMs;
  readonly kioskId: string;
  readonly serviceId: string;
}

export interface PlannedClerk {
  readonly counterId: string;
  readonly absences: readonly { readonly from: EpochMs; readonly to: EpochMs }[];
}

export interface ReplayPlan {
  readonly seed: number;
  readonly date: LocalDate;
  readonly startAt: EpochMs;
  /** When clerks sit down. */
  readonly clerksAt: EpochMs;
  readonly config: LocationConfig;
  readonly visitors: readonly PlannedVisitor[];
  readonly clerks: readonly PlannedClerk[];
  /** Mean time from call to finish by service, ms. */
  readonly serviceMs: Readonly<Record<string, number>>;
}

const serviceIdOf = (queueId: string): string => `queue-${queueId.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')}`;
const bothLanguages = (text: string) => ({ de: text, en: text });

/** One series for each queue; past 23 queues, the rest shares the last one. */
function seriesOf(prefixes: readonly (string | null)[], mostTickets: number) {
  const digits = mostTickets > 700 ? 4 : 3;
  const scale = digits === 4 ? 10 : 1;
  return prefixes.flatMap((prefix) =>
    prefix === null
      ? []
      : [
          {
            id: `series-${prefix.toLowerCase()}`,
            prefix,
            digits,
            main: { first: 1, last: 750 * scale - 1 },
            reserve: { first: 750 * scale, last: 900 * scale - 1 },
            overflow: { first: 900 * scale, last: 1_000 * scale - 1 },
          },
        ],
  );
}

function configOf(
  day: OfficeDay,
  names: ReadonlyMap<string, QueueName>,
  counters: readonly PlannedCounter[],
  serviceMs: ReadonlyMap<string, number>,
): LocationConfig {
  const { queues } = day;
  const prefixes = assignPrefixes(queues.map((queue) => names.get(queue.queueId)?.letter ?? queue.letter));
  const series = seriesOf(
    prefixes,
    day.queues.reduce((sum, queue) => sum + queue.arrivals.length, 0),
  );
  const lastPrefix = prefixes.findLast((prefix) => prefix !== null) ?? 'A';
  // Recorded visitors did get their tickets, so the replay's doors are open all day.
  const allDay = [{ from: '00:00', to: '24:00' }];
  return locationConfigSchema.parse({
    format: CONFIG_FORMAT,
    version: 1,
    id: day.office
      .toLowerCase()
      .replaceAll(/[^a-z0-9]+/g, '-')
      .replaceAll(/^-|-$/g, ''),
    name: bothLanguages(day.office),
    timeZone: REPLAY_TIME_ZONE,
    languages: ['de', 'en'],
    areas: [{ id: 'hall', name: { de: 'Wartehalle', en: 'Waiting hall' } }],
    series,
    groups: [{ id: 'all', name: { de: 'Alle Anliegen', en: 'All services' }, icon: 'info' }],
    services: queues.map((queue, index) => ({
      id: serviceIdOf(queue.queueId),
      groupId: 'all',
      areaId: 'hall',
      seriesId: `series-${(prefixes[index] ?? lastPrefix).toLowerCase()}`,
      name: bothLanguages(names.get(queue.queueId)?.name.slice(0, MAX_NAME) || `Kolejka ${queue.queueId}`),
      bring: [],
      durationMin: Math.max(1, Math.round((serviceMs.get(queue.queueId) ?? 0) / MINUTE_MS)),
      access: ['walkIn'],
    })),
    counters: counters.map((counter, index) => ({
      id: `counter-${index + 1}`,
      label: `${index + 1}`,
      areaId: 'hall',
      primaryServiceIds: counter.queueIds.map(serviceIdOf),
      fallbackServiceIds: [],
    })),
    kiosks: Array.from({ length: KIOSKS }, (_, index) => ({
      id: `kiosk-${index + 1}`,
      name: { de: `Automat ${index + 1}`, en: `Kiosk ${index + 1}` },
      areaIds: ['hall'],
    })),
    displays: [{ id: 'display-1', name: { de: 'Anzeige', en: 'Display' }, areaIds: ['hall'] }],
    openingHours: {
      weekly: { mon: allDay, tue: allDay, wed: allDay, thu: allDay, fri: allDay, sat: allDay, sun: allDay },
      exceptions: [],
    },
  });
}

/** `maxCounters`: at most so many counters. The day must have at least one arrival. */
export function makeReplayPlan(
  officeDay: OfficeDay,
  names: ReadonlyMap<string, QueueName>,
  { maxCounters, seed }: { readonly maxCounters: number; readonly seed: number },
): ReplayPlan {
  const day: OfficeDay = {
    ...officeDay,
    queues: officeDay.queues.filter((queue) => queue.arrivals.length > 0).slice(0, LIMITS.services),
  };
  const { counters, serviceMs } = planCounters(day.queues, day.fromMin, day.toMin, maxCounters);
  const date = day.trueDate as LocalDate;
  // Noon less twelve hours: midnight itself may not exist, or twice, on a day when clocks change.
  const midnight = toEpochMs(date, '12:00' as LocalTime, REPLAY_TIME_ZONE) - 12 * HOUR_MS;
  const visitors = day.queues
    .flatMap((queue) =>
      queue.arrivals.map((atMs, index) => ({
        name: `${queue.queueId}/${index + 1}`,
        at: midnight + atMs,
        serviceId: serviceIdOf(queue.queueId),
      })),
    )
    .sort((a, b) => a.at - b.at || (a.name < b.name ? -1 : 1))
    .map((visitor, index) => ({ ...visitor, kioskId: `kiosk-${(index % KIOSKS) + 1}` }));
  const firstAt = visitors[0]?.at ?? midnight;
  return {
    seed,
    date,
    startAt: firstAt - LEAD_MS,
    clerksAt: Math.min(...day.queues.flatMap((queue) => midnight + (queue.calls[0] ?? day.toMin * MINUTE_MS))),
    config: configOf(day, names, counters, serviceMs),
    visitors,
    clerks: counters.map((counter, index) => ({
      counterId: `counter-${index + 1}`,
      absences: counter.absences.map(({ fromMs, toMs }) => ({ from: midnight + fromMs, to: midnight + toMs })),
    })),
    serviceMs: Object.fromEntries(
      day.queues.map((queue) => [serviceIdOf(queue.queueId), serviceMs.get(queue.queueId) ?? 0]),
    ),
  };
}
