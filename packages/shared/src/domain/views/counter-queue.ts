/** The waiting list of one counter, with the reason for each place, and the visits kept aside for it. */
import type { CounterId } from '../../lib/ids.ts';
import type { EpochMs } from '../../lib/time.ts';
import { callingOrder } from '../calling-order/calling-order.ts';
import { openServiceId } from '../calling-order/open-service.ts';
import type { DayState } from '../day/day-state.ts';
import type { Visit } from '../visit/visit.ts';
import { queueEntry } from './queue-entry.ts';
import type { CounterQueue, QueueEntry } from './view-schemas.ts';

/** Null if the day has no configuration or the configuration has no such counter. */
export function counterQueue(state: DayState, counterId: CounterId, now: EpochMs): CounterQueue | null {
  const { config } = state.info;
  const counter = config?.counters.find(({ id }) => id === counterId);
  if (config === null || counter === undefined) return null;

  const visits = [...state.openVisits.values()];
  const appointmentsInARow = state.counters.get(counterId)?.appointmentsInARow ?? 0;
  const places = callingOrder(now, visits, { ...counter, appointmentsInARow }, config.callingPolicy);

  const served = new Set([...counter.primaryServiceIds, ...counter.fallbackServiceIds]);
  /** A visit kept aside concerns the counters that serve it, and the one where it was last. */
  const concerns = (visit: Visit): boolean => {
    const serviceId = openServiceId(visit);
    return (
      (serviceId !== null && served.has(serviceId)) || visit.periods.some((period) => period.counterId === counterId)
    );
  };
  const aside = (wanted: Visit['state']): QueueEntry[] =>
    visits
      .filter((visit) => visit.state === wanted && concerns(visit))
      .map((visit) => ({ entry: queueEntry(visit, null), at: visit.appointmentAt ?? 0 }))
      // By appointment (booked) or by when they were set aside; ids settle what is left, by code point.
      .sort(
        (a, b) => (wanted === 'booked' ? a.at - b.at : 0) || a.entry.since - b.entry.since || byId(a.entry, b.entry),
      )
      .map(({ entry }) => entry);

  return {
    counterId,
    waiting: places.map((place) => queueEntry(place.visit, place)),
    parked: aside('parked'),
    missed: aside('missed'),
    booked: aside('booked'),
    elsewhere: visits.filter((visit) => visit.state === 'waiting').length - places.length,
  };
}

const byId = (a: QueueEntry, b: QueueEntry): number => (a.visitId < b.visitId ? -1 : a.visitId > b.visitId ? 1 : 0);
