/** What a clerk sees of the own counter: the session, the visit at hand, and what can be undone. */
import type { CounterId } from '../../lib/ids.ts';
import type { EpochMs } from '../../lib/time.ts';
import { type CounterState, UNDO_WINDOW_MS } from '../counter/counter.ts';
import { createDayDraft } from '../day/day-draft.ts';
import type { DayState } from '../day/day-state.ts';
import { undoAction } from '../undo/undo-action.ts';
import { queueEntry } from './queue-entry.ts';
import type { CounterDesk } from './view-schemas.ts';

/** Null if the day has no configuration or the configuration has no such counter. */
export function counterDesk(state: DayState, counterId: CounterId, now: EpochMs): CounterDesk | null {
  if (!state.info.config?.counters.some(({ id }) => id === counterId)) return null;
  const counter = state.counters.get(counterId);
  const visit = counter?.visitId == null ? undefined : state.openVisits.get(counter.visitId);
  const period = visit?.periods.at(-1);
  return {
    counterId,
    presence: counter?.presence ?? 'closed',
    since: counter?.since ?? 0,
    sessionId: counter?.sessionId ?? null,
    breakReason: counter?.breakReason ?? null,
    visit: visit === undefined ? null : queueEntry(visit, null),
    calledAt: visit?.call?.calledAt ?? visit?.lastCalledAt ?? null,
    announcement: visit?.call?.announcement ?? 0,
    servingSince: visit?.state === 'serving' && period !== undefined ? period.startedAt : null,
    undo: counter === undefined ? null : undoOffer(state, counter, now),
    superseded: counter?.superseded ?? null,
  };
}

/** The newest action, if taking it back would be granted now: tried on a draft, as `decide` does, and dropped. */
function undoOffer(state: DayState, counter: CounterState, now: EpochMs): CounterDesk['undo'] {
  const action = counter.undoable.at(-1);
  if (action === undefined || state.info.status !== 'open' || now - action.at > UNDO_WINDOW_MS) return null;
  const draft = createDayDraft(state, state.info.rows, now);
  const visit = action.visitId === null ? undefined : draft.visit(action.visitId);
  if (undoAction(draft, counter.id, action, 'mistake') !== null) return null;
  return { type: action.type, number: visit?.number?.text ?? null, until: action.at + UNDO_WINDOW_MS };
}
