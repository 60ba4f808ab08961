/** The way from the queue to the counter: called, called again, arrived, not shown. */
import { holdVisit, noteSuperseded, releaseVisit } from '../counter/hold.ts';
import type { DayDraft } from '../day/day-draft.ts';
import type { EvolverTable } from '../evolver.ts';
import { callingPolicySchema } from '../location-config/schema.ts';
import { calledAt, whyCounterCannotTake, whyNotCallable } from './guards.ts';
import { changeVisit, toMissed, toServing, toWaiting } from './moves.ts';
import { nextPeriod } from './periods.ts';
import type { Visit } from './visit.ts';

/** For a log without a configuration: `evolve` is total. */
const DEFAULT_POLICY = callingPolicySchema.parse({});

export const callingEvolvers: EvolverTable<
  'v1.VisitCalled' | 'v1.VisitRecalled' | 'v1.VisitArrived' | 'v1.VisitNotShown'
> = {
  'v1.VisitCalled': (draft, { commandId, visitId, counterId, mode }) => {
    const { at } = draft;
    const counter = draft.counter(counterId);
    const busy = whyCounterCannotTake(counter);
    if (busy !== null) return busy;
    const visit = draft.visit(visitId);
    if (visit === undefined) return 'unknownVisit';
    // O8: the first claim in order holds the ticket, so a later one finds it taken.
    const refusal = whyNotCallable(visit);
    if (refusal !== null) return refusal;
    // "Next" never brings back who was missed, even if its decider had not heard of that yet.
    if (mode !== 'specific' && visit.state !== 'waiting') return 'notCallable';
    draft.putVisit(
      changeVisit(visit, {
        state: 'called',
        counterId,
        call: { callId: commandId, counterId, calledAt: at, announcement: 1, announcedAt: at },
        unansweredCalls: visit.unansweredCalls + 1,
        lastCalledAt: at,
        periods: nextPeriod(visit, 'way', at, counterId),
      }),
    );
    const inARow = visit.access === 'appointment' ? counter.appointmentsInARow + 1 : 0;
    draft.putCounter({
      ...counter,
      visitId,
      appointmentsInARow: mode === 'next' ? inARow : counter.appointmentsInARow,
    });
    return null;
  },

  'v1.VisitRecalled': (draft, { visitId, counterId }) => {
    const visit = calledAt(draft, counterId);
    if (visit === null || visit.id !== visitId || visit.call === null) return 'noVisitCalled';
    draft.putVisit(
      changeVisit(visit, {
        call: { ...visit.call, announcement: visit.call.announcement + 1, announcedAt: draft.at },
        unansweredCalls: visit.unansweredCalls + 1,
        lastCalledAt: draft.at,
      }),
    );
    return null;
  },

  'v1.VisitArrived': (draft, { visitId, counterId }) => {
    const visit = draft.visit(visitId);
    if (visit === undefined || visit.state !== 'called') return 'noVisitCalled';
    if (visit.counterId !== counterId) {
      if (whyCounterCannotTake(draft.counter(counterId)) !== null) return 'noVisitCalled';
      supersedeCall(draft, visit);
      // Its own call may have been refused before: the visitor is here all the same, and nobody need be told.
      draft.putCounter({ ...draft.counter(counterId), superseded: null });
    }
    holdVisit(draft, counterId, visitId);
    draft.putVisit(toServing(visit, draft.at, counterId));
    return null;
  },

  'v1.VisitNotShown': (draft, { visitId, counterId }) => {
    const visit = calledAt(draft, counterId);
    if (visit === null || visit.id !== visitId) return 'noVisitCalled';
    const { callsBeforeMissed } = draft.info().config?.callingPolicy ?? DEFAULT_POLICY;
    const missed = visit.unansweredCalls >= callsBeforeMissed;
    releaseVisit(draft, visit);
    draft.putVisit(missed ? toMissed(visit, draft.at) : toWaiting(visit, draft.at));
    return null;
  },
};

/**
 * O8 for two counters that called the same visitor while cut off from each other: the visitor stands at one of them,
 * and a visit in service is never taken away. The call of the other is void; its clerk sees the call refused.
 */
function supersedeCall(draft: DayDraft, visit: Visit): void {
  releaseVisit(draft, visit);
  if (visit.call === null) return;
  const { callId, counterId } = visit.call;
  draft.putCommand(callId, { status: 'refused', refusal: { type: 'takenByOther' } });
  noteSuperseded(draft, counterId, callId, visit);
}
