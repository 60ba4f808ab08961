/**
 * Whether a service takes walk-ins now, and why not. The kiosk's menu shows it and `decide` refuses by it, so that
 * a screen and the hub never disagree about the same state.
 *
 * Cut-off (Annahmeschluss) looks ahead: a service stops when the estimated end of one more visit lies after closing.
 * The estimate is plain on purpose: everybody waiting for the service, at its usual duration, shared among the counters
 * open for it, plus the visit itself.
 */
import type { ServiceId } from '../../lib/ids.ts';
import { toLocalDate } from '../../lib/local-time.ts';
import { type EpochMs, MINUTE_MS } from '../../lib/time.ts';
import { openServiceId } from '../calling-order/open-service.ts';
import type { DayState } from '../day/day-state.ts';
import type { ClosedReason } from '../views/view-schemas.ts';
import { closesAt, hoursOfService } from './opening-hours.ts';
import type { OpeningHours, Service } from './schema.ts';

/** How many visits wait for each service. */
export function waitingByService(state: DayState): ReadonlyMap<ServiceId, number> {
  const waiting = new Map<ServiceId, number>();
  for (const visit of state.openVisits.values()) {
    if (visit.state !== 'waiting') continue;
    const serviceId = openServiceId(visit);
    if (serviceId !== null) waiting.set(serviceId, (waiting.get(serviceId) ?? 0) + 1);
  }
  return waiting;
}

/** How many counters with a clerk at work serve each service, as primary or fallback. */
function openCountersByService(state: DayState): ReadonlyMap<ServiceId, number> {
  const counters = new Map<ServiceId, number>();
  for (const { id, primaryServiceIds, fallbackServiceIds } of state.info.config?.counters ?? []) {
    if (state.counters.get(id)?.presence !== 'open') continue;
    for (const serviceId of new Set([...primaryServiceIds, ...fallbackServiceIds])) {
      counters.set(serviceId, (counters.get(serviceId) ?? 0) + 1);
    }
  }
  return counters;
}

/** Asks for many services of one state at the cost of a single pass over visits and counters. */
export function createAvailability(state: DayState, now: EpochMs): (service: Service) => ClosedReason | null {
  const { config, day, status, walkInsByService } = state.info;
  // A state of yesterday takes nobody today, even if the day was never closed (rule D1).
  if (config === null || status !== 'open' || toLocalDate(now, config.timeZone) !== day) return () => 'dayClosed';
  const waiting = waitingByService(state);
  const openCounters = openCountersByService(state);
  // Most services share the location's hours, and working them out is the dear part.
  const closings = new Map<OpeningHours, EpochMs | null>();
  const closingOf = (hours: OpeningHours): EpochMs | null => {
    const known = closings.get(hours);
    if (known !== undefined) return known;
    const closing = closesAt(hours, config.timeZone, now);
    closings.set(hours, closing);
    return closing;
  };

  return (service) => {
    const closing = closingOf(hoursOfService(config, service));
    if (closing === null) return 'outsideHours';
    if (!service.access.includes('walkIn')) return 'appointmentOnly';
    if (service.contingentPerDay !== undefined && (walkInsByService[service.id] ?? 0) >= service.contingentPerDay) {
      return 'contingentUsedUp';
    }
    const counters = Math.max(1, openCounters.get(service.id) ?? 0);
    const durationMs = service.durationMin * MINUTE_MS;
    const estimatedEnd = now + ((waiting.get(service.id) ?? 0) * durationMs) / counters + durationMs;
    return estimatedEnd > closing ? 'cutOff' : null;
  };
}

/** Why this service takes no walk-ins now; null = it does. */
export const serviceClosedReason = (state: DayState, service: Service, now: EpochMs): ClosedReason | null =>
  createAvailability(state, now)(service);
