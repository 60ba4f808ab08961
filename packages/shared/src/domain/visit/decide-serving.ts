/** What a clerk may wish for the visit in service, and for a parked one. */

import type { CounterId } from '../../lib/ids.ts';
import { refuse } from '../../lib/result.ts';
import { openServiceId } from '../calling-order/open-service.ts';
import { type DecideContext, type DeciderTable, decided, serviceOf } from '../decider.ts';
import { MAX_PARTS } from '../facts.ts';
import { servedAt, servesService, whyCounterCannotTake, whyNotResumable } from './guards.ts';
import type { Visit } from './visit.ts';

export const servingDeciders: DeciderTable<'finish' | 'park' | 'resume' | 'transfer' | 'addFollowUp'> = {
  finish: ({ commandId, day }, { counterId, outcome, deliveredServiceIds }) => {
    const visit = servedAt(day, counterId);
    if (visit === null) return refuse({ type: 'noVisitInService' });
    const payload = { commandId, visitId: visit.id, counterId, outcome, deliveredServiceIds };
    return decided(visit, { type: 'v1.VisitFinished', payload });
  },

  park: ({ commandId, day }, { counterId, reason }) => {
    const visit = servedAt(day, counterId);
    if (visit === null) return refuse({ type: 'noVisitInService' });
    return decided(visit, { type: 'v1.VisitParked', payload: { commandId, visitId: visit.id, counterId, reason } });
  },

  resume: ({ commandId, day }, { counterId, visitId }) => {
    const busy = whyCounterCannotTake(day.counter(counterId));
    if (busy !== null) return refuse({ type: busy });
    const visit = day.visit(visitId);
    if (visit === undefined) return refuse({ type: 'unknownVisit' });
    const type = whyNotResumable(visit);
    if (type !== null) return refuse({ type });
    return decided(visit, { type: 'v1.VisitResumed', payload: { commandId, visitId, counterId } });
  },

  transfer: (context, { counterId, serviceId, reservedFor }) => {
    const { commandId, config, day } = context;
    const visit = servedAt(day, counterId);
    if (visit === null) return refuse({ type: 'noVisitInService' });
    if (serviceId === null && reservedFor === null) return refuse({ type: 'noTarget' });
    if (serviceId !== null && serviceOf(config, serviceId) === undefined) return refuse({ type: 'unknownService' });
    const type = reservedFor === null ? null : whyNotReservable(context, visit, serviceId, reservedFor);
    if (type !== null) return refuse({ type });
    const payload = { commandId, visitId: visit.id, counterId, serviceId, reservedFor };
    return decided(visit, { type: 'v1.VisitTransferred', payload });
  },

  addFollowUp: ({ commandId, config, day }, { counterId, serviceId }) => {
    const visit = servedAt(day, counterId);
    if (visit === null) return refuse({ type: 'noVisitInService' });
    if (serviceOf(config, serviceId) === undefined) return refuse({ type: 'unknownService' });
    if (visit.parts.length >= MAX_PARTS) return refuse({ type: 'tooManyParts' });
    return decided(visit, {
      type: 'v1.FollowUpAdded',
      payload: { commandId, visitId: visit.id, counterId, serviceId },
    });
  },
};

/** Only a counter that serves what is to be done next may be asked to wait for: nobody else could call the visit. */
function whyNotReservable(
  { config }: DecideContext,
  visit: Visit,
  serviceId: string | null,
  reservedFor: CounterId,
): 'unknownCounter' | 'counterLacksService' | null {
  const counter = config?.counters.find((one) => one.id === reservedFor);
  if (counter === undefined) return 'unknownCounter';
  const service = serviceOf(config, serviceId ?? openServiceId(visit) ?? '');
  return service !== undefined && servesService(counter, service.id) ? null : 'counterLacksService';
}
