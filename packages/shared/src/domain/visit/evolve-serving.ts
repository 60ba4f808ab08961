/** What happens at the counter: parked, resumed, transferred, follow-up, finished. */

import type { CounterId, ServiceId, VisitId } from '../../lib/ids.ts';
import { holdVisit, releaseVisit } from '../counter/hold.ts';
import type { DayDraft } from '../day/day-draft.ts';
import type { EvolverTable } from '../evolver.ts';
import { MAX_PARTS } from '../facts.ts';
import { servedAt, whyCounterCannotTake, whyNotResumable } from './guards.ts';
import { changeVisit, toFinished, toServing, toWaiting } from './moves.ts';
import { nextPeriod } from './periods.ts';
import type { Visit, VisitPart } from './visit.ts';

export const servingEvolvers: EvolverTable<
  'v1.VisitParked' | 'v1.VisitResumed' | 'v1.VisitTransferred' | 'v1.FollowUpAdded' | 'v1.VisitFinished'
> = {
  'v1.VisitParked': (draft, { visitId, counterId, reason }) => {
    const visit = served(draft, counterId, visitId);
    if (visit === null) return 'noVisitInService';
    releaseVisit(draft, visit);
    const periods = nextPeriod(visit, 'parked', draft.at, null);
    draft.putVisit(changeVisit(visit, { state: 'parked', counterId: null, parkReason: reason, periods }));
    return null;
  },

  'v1.VisitResumed': (draft, { visitId, counterId }) => {
    const busy = whyCounterCannotTake(draft.counter(counterId));
    if (busy !== null) return busy;
    const visit = draft.visit(visitId);
    if (visit === undefined) return 'unknownVisit';
    const refusal = whyNotResumable(visit);
    if (refusal !== null) return refusal;
    holdVisit(draft, counterId, visitId);
    draft.putVisit(toServing(visit, draft.at, counterId));
    return null;
  },

  // Number, arrival and place in the queue stay: who was sent on does not queue again.
  'v1.VisitTransferred': (draft, { visitId, counterId, serviceId, reservedFor }) => {
    const visit = served(draft, counterId, visitId);
    if (visit === null) return 'noVisitInService';
    const parts = serviceId === null ? visit.parts : withOpenPart(visit.parts, serviceId);
    releaseVisit(draft, visit);
    draft.putVisit(toWaiting(visit, draft.at, { parts, reservedFor }));
    return null;
  },

  'v1.FollowUpAdded': (draft, { visitId, counterId, serviceId }) => {
    const visit = served(draft, counterId, visitId);
    if (visit === null) return 'noVisitInService';
    if (visit.parts.length >= MAX_PARTS) return 'tooManyParts';
    draft.putVisit(changeVisit(visit, { parts: [...visit.parts, { serviceId, state: 'open' }] }));
    return null;
  },

  'v1.VisitFinished': (draft, { visitId, counterId, outcome, deliveredServiceIds }) => {
    const visit = served(draft, counterId, visitId);
    if (visit === null) return 'noVisitInService';
    releaseVisit(draft, visit);
    draft.putVisit(toFinished(visit, draft.at, { outcome, parts: deliver(visit.parts, deliveredServiceIds) }));
    return null;
  },
};

const served = (draft: DayDraft, counterId: CounterId, visitId: VisitId): Visit | null => {
  const visit = servedAt(draft, counterId);
  return visit?.id === visitId ? visit : null;
};

/** The first open part becomes `serviceId`: what the next counter will do instead. */
function withOpenPart(parts: readonly VisitPart[], serviceId: ServiceId): readonly VisitPart[] {
  const index = parts.findIndex((part) => part.state === 'open');
  return parts.map((part, i) => (i === index ? { ...part, serviceId } : part));
}

/** Parts of the delivered services are delivered; `toFinished` drops the others. */
const deliver = (parts: readonly VisitPart[], delivered: readonly ServiceId[]): readonly VisitPart[] =>
  parts.map((part) => ({ ...part, state: delivered.includes(part.serviceId) ? 'delivered' : 'dropped' }));
