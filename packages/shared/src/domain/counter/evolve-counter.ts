/** The clerk's session at a counter: opened, closed, on break. */

import type { EvolverTable } from '../evolver.ts';
import { changeVisit } from '../visit/moves.ts';
import { sessionElsewhere } from './sessions.ts';
import { toClosedCounter } from './to-closed.ts';

export const counterEvolvers: EvolverTable<
  'v1.CounterOpened' | 'v1.CounterClosed' | 'v1.BreakBegan' | 'v1.BreakEnded'
> = {
  // Whether a signed-in colleague may be replaced was for the decision to say. A visit in service stays at the counter.
  'v1.CounterOpened': (draft, { counterId, sessionId }) => {
    if (sessionElsewhere(draft, sessionId, counterId) !== null) return 'sessionElsewhere';
    const counter = draft.counter(counterId);
    const appointmentsInARow = counter.presence === 'closed' ? 0 : counter.appointmentsInARow;
    draft.putCounter({
      ...counter,
      presence: 'open',
      sessionId,
      since: draft.at,
      breakReason: null,
      // Told to whoever made the call, and to nobody after.
      superseded: counter.sessionId === sessionId ? counter.superseded : null,
      appointmentsInARow,
    });
    return null;
  },

  'v1.CounterClosed': (draft, { counterId }) => {
    const counter = draft.counter(counterId);
    if (counter.presence === 'closed') return 'counterNotOpen';
    if (counter.visitId !== null) return 'visitInProgress';
    draft.putCounter(toClosedCounter(counter, draft.at));
    // Whoever waited for this counter alone would wait until it opens again, if it ever does.
    for (const visit of [...draft.openVisits()]) {
      if (visit.reservedFor === counterId) draft.putVisit(changeVisit(visit, { reservedFor: null }));
    }
    return null;
  },

  'v1.BreakBegan': (draft, { counterId, reason }) => {
    const counter = draft.counter(counterId);
    if (counter.presence !== 'open') return 'counterNotOpen';
    if (counter.visitId !== null) return 'visitInProgress';
    draft.putCounter({ ...counter, presence: 'break', since: draft.at, breakReason: reason });
    return null;
  },

  'v1.BreakEnded': (draft, { counterId }) => {
    const counter = draft.counter(counterId);
    if (counter.presence !== 'break') return 'notOnBreak';
    draft.putCounter({ ...counter, presence: 'open', since: draft.at, breakReason: null });
    return null;
  },
};
