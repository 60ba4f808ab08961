/** A visit as a clerk's list shows it. */
import type { Place } from '../calling-order/calling-order.ts';
import type { Visit } from '../visit/visit.ts';
import type { QueueEntry } from './view-schemas.ts';

/** `place` only for visits in `waiting`. */
export function queueEntry(visit: Visit, place: Omit<Place, 'visit'> | null): QueueEntry {
  return {
    visitId: visit.id,
    number: visit.number?.text ?? null,
    state: visit.state,
    serviceIds: visit.parts.filter((part) => part.state === 'open').map((part) => part.serviceId),
    access: visit.access,
    appointmentAt: visit.appointmentAt,
    arrivedAt: visit.arrivedAt,
    priority: visit.priority,
    priorityReason: visit.priorityReason,
    partySize: visit.partySize,
    language: visit.language,
    unansweredCalls: visit.unansweredCalls,
    parkReason: visit.parkReason,
    since: visit.periods.at(-1)?.startedAt ?? visit.arrivedAt ?? visit.appointmentAt ?? 0,
    reason: place?.reason ?? null,
    blocked: place?.blocked ?? null,
    blockedUntil: place?.blockedUntil ?? null,
  };
}
