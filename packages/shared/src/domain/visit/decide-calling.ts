/** What a clerk may wish on the way from the queue to the counter. "Walk direct" skips the queue: `decide-walk-direct.ts`. */
import { refuse } from '../../lib/result.ts';
import { callingOrder, nextPlace } from '../calling-order/calling-order.ts';
import { isOwnVisit } from '../calling-order/own-visits.ts';
import { type DeciderTable, decided } from '../decider.ts';
import { calledAt, whyCounterCannotTake, whyNotCallable } from './guards.ts';

export const callingDeciders: DeciderTable<'callNext' | 'callSpecific' | 'recall' | 'markArrived' | 'markNoShow'> = {
  callNext: ({ commandId, config, day, state, now, authority }, { counterId }) => {
    const counter = day.counter(counterId);
    const busy = whyCounterCannotTake(counter);
    if (busy !== null) return refuse({ type: busy });
    const settings = config?.counters.find((one) => one.id === counterId);
    // Open, but taken out of the configuration meanwhile: nobody can be called to it.
    if (settings === undefined || config === null) return refuse({ type: 'counterNotOpen' });
    const asking = { ...settings, appointmentsInARow: counter.appointmentsInARow };
    const visits = [...state.openVisits.values()];
    // Cut off from each other, counters share out who is waiting instead of asking (M3).
    const callable =
      authority.by === 'device'
        ? visits.filter((visit) => isOwnVisit(visit, counterId, config.counters, authority.known))
        : visits;
    const place = nextPlace(callingOrder(now, callable, asking, config.callingPolicy));
    if (place === null) return refuse({ type: 'nobodyWaiting' });
    const { visit } = place;
    return decided(visit, {
      type: 'v1.VisitCalled',
      payload: { commandId, visitId: visit.id, counterId, mode: 'next' },
    });
  },

  // By typed number: no rule of the order holds it back, not even the five minutes.
  callSpecific: ({ commandId, day }, { counterId, visitId }) => {
    const busy = whyCounterCannotTake(day.counter(counterId));
    if (busy !== null) return refuse({ type: busy });
    const visit = day.visit(visitId);
    if (visit === undefined) return refuse({ type: 'unknownVisit' });
    const type = whyNotCallable(visit);
    if (type !== null) return refuse({ type });
    return decided(visit, { type: 'v1.VisitCalled', payload: { commandId, visitId, counterId, mode: 'specific' } });
  },

  recall: ({ commandId, day }, { counterId }) => {
    const visit = calledAt(day, counterId);
    if (visit === null) return refuse({ type: 'noVisitCalled' });
    return decided(visit, { type: 'v1.VisitRecalled', payload: { commandId, visitId: visit.id, counterId } });
  },

  markArrived: ({ commandId, day }, { counterId }) => {
    const visit = calledAt(day, counterId);
    if (visit === null) return refuse({ type: 'noVisitCalled' });
    return decided(visit, { type: 'v1.VisitArrived', payload: { commandId, visitId: visit.id, counterId } });
  },

  markNoShow: ({ commandId, day }, { counterId }) => {
    const visit = calledAt(day, counterId);
    if (visit === null) return refuse({ type: 'noVisitCalled' });
    return decided(visit, { type: 'v1.VisitNotShown', payload: { commandId, visitId: visit.id, counterId } });
  },
};
