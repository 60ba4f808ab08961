/** What changes a visit wherever it is: requeued, cancelled, expired, its services, priority and party size. */

import type { ServiceId } from '../../lib/ids.ts';
import { releaseVisit } from '../counter/hold.ts';
import type { EvolverTable } from '../evolver.ts';
import { isHeldByOther, whyNotCancellable, whyNotRequeueable } from './guards.ts';
import { changeVisit, toCancelled, toExpired, toWaiting } from './moves.ts';
import { isClosed, type Period } from './visit.ts';

export const queueingEvolvers: EvolverTable<
  | 'v1.VisitRequeued'
  | 'v1.VisitCancelled'
  | 'v1.VisitExpired'
  | 'v1.ServicesEdited'
  | 'v1.PriorityChanged'
  | 'v1.PartySizeChanged'
> = {
  'v1.VisitRequeued': (draft, { visitId, counterId, place }) => {
    const visit = draft.visit(visitId);
    if (visit === undefined) return 'unknownVisit';
    const refusal = whyNotRequeueable(visit, counterId);
    if (refusal !== null) return refusal;
    const atTheEnd = place === 'end' ? { queuedAt: draft.at, queuedRow: draft.row } : {};
    releaseVisit(draft, visit);
    // The visitor has been seen: calls that went unheard before no longer count.
    draft.putVisit(toWaiting(visit, draft.at, { ...atTheEnd, unansweredCalls: 0 }));
    return null;
  },

  'v1.VisitCancelled': (draft, { visitId, counterId, reason }) => {
    const visit = draft.visit(visitId);
    if (visit === undefined) return 'unknownVisit';
    const refusal = whyNotCancellable(visit, counterId);
    if (refusal !== null) return refusal;
    releaseVisit(draft, visit);
    draft.putVisit(toCancelled(visit, draft.at, reason));
    return null;
  },

  'v1.VisitExpired': (draft, { visitId }) => {
    const visit = draft.visit(visitId);
    if (visit === undefined) return 'unknownVisit';
    if (isClosed(visit)) return 'visitClosed';
    releaseVisit(draft, visit);
    draft.putVisit(toExpired(visit, draft.at));
    return null;
  },

  'v1.ServicesEdited': (draft, { visitId, counterId, serviceIds }) => {
    const visit = draft.visit(visitId);
    if (visit === undefined) return 'unknownVisit';
    if (isClosed(visit)) return 'visitClosed';
    if (isHeldByOther(visit, counterId)) return 'takenByOther';
    const parts = serviceIds.map((serviceId) => ({ serviceId, state: 'open' }) as const);
    const periods = correctOpenPeriod(visit.periods, serviceIds[0]);
    draft.putVisit(changeVisit(visit, { parts, periods }));
    return null;
  },

  'v1.PriorityChanged': (draft, { visitId, priority, reason }) => {
    const visit = draft.visit(visitId);
    if (visit === undefined) return 'unknownVisit';
    if (isClosed(visit)) return 'visitClosed';
    draft.putVisit(changeVisit(visit, { priority, priorityReason: priority === 0 ? null : reason }));
    return null;
  },

  'v1.PartySizeChanged': (draft, { visitId, partySize }) => {
    const visit = draft.visit(visitId);
    if (visit === undefined) return 'unknownVisit';
    if (isClosed(visit)) return 'visitClosed';
    draft.putVisit(changeVisit(visit, { partySize }));
    return null;
  },
};

/** An edit corrects what was chosen wrongly, so the running span counts for the right service from its start. */
function correctOpenPeriod(periods: readonly Period[], serviceId: ServiceId | undefined): readonly Period[] {
  const last = periods.at(-1);
  if (last === undefined || last.endedAt !== null || serviceId === undefined) return periods;
  return [...periods.slice(0, -1), { ...last, serviceId }];
}
