/** What a clerk may wish for a visit wherever it is: requeue, cancel, correct its services, priority and party size. */
import { refuse } from '../../lib/result.ts';
import { type DeciderTable, decided, servicesOf } from '../decider.ts';
import { isHeldByOther, whyNotCancellable, whyNotRequeueable } from './guards.ts';
import { isClosed } from './visit.ts';

export const queueingDeciders: DeciderTable<
  'requeue' | 'cancelVisit' | 'editServices' | 'changePriority' | 'changePartySize'
> = {
  requeue: ({ commandId, day }, { counterId, visitId, place }) => {
    const visit = day.visit(visitId);
    if (visit === undefined) return refuse({ type: 'unknownVisit' });
    const type = whyNotRequeueable(visit, counterId);
    if (type !== null) return refuse({ type });
    return decided(visit, { type: 'v1.VisitRequeued', payload: { commandId, visitId, counterId, place } });
  },

  cancelVisit: ({ commandId, day }, { counterId, visitId, reason }) => {
    const visit = day.visit(visitId);
    if (visit === undefined) return refuse({ type: 'unknownVisit' });
    const type = whyNotCancellable(visit, counterId);
    if (type !== null) return refuse({ type });
    return decided(visit, { type: 'v1.VisitCancelled', payload: { commandId, visitId, counterId, reason } });
  },

  editServices: ({ commandId, config, day }, { counterId, visitId, serviceIds }) => {
    const visit = day.visit(visitId);
    if (visit === undefined) return refuse({ type: 'unknownVisit' });
    if (isClosed(visit)) return refuse({ type: 'visitClosed' });
    if (servicesOf(config, serviceIds) === null) return refuse({ type: 'unknownService' });
    if (isHeldByOther(visit, counterId)) return refuse({ type: 'takenByOther' });
    return decided(visit, { type: 'v1.ServicesEdited', payload: { commandId, visitId, counterId, serviceIds } });
  },

  // Also while another counter has the visit: it changes the rank in the queue, not what is going on.
  changePriority: ({ commandId, day }, { counterId, visitId, priority, reason }) => {
    const visit = day.visit(visitId);
    if (visit === undefined) return refuse({ type: 'unknownVisit' });
    if (isClosed(visit)) return refuse({ type: 'visitClosed' });
    if (priority !== 0 && reason === null) return refuse({ type: 'reasonMissing' });
    const payload = { commandId, visitId, counterId, priority, reason: priority === 0 ? null : reason };
    return decided(visit, { type: 'v1.PriorityChanged', payload });
  },

  changePartySize: ({ commandId, day }, { counterId, visitId, partySize }) => {
    const visit = day.visit(visitId);
    if (visit === undefined) return refuse({ type: 'unknownVisit' });
    if (isClosed(visit)) return refuse({ type: 'visitClosed' });
    return decided(visit, { type: 'v1.PartySizeChanged', payload: { commandId, visitId, counterId, partySize } });
  },
};
