/** The counter's side of "a counter holds at most one visit, a visit is held by at most one counter" (rule X3). */
import type { CommandId, CounterId, VisitId } from '../../lib/ids.ts';
import type { DayDraft } from '../day/day-draft.ts';
import type { Visit } from '../visit/visit.ts';

/** The counter has this visit from now on. It must be free, or have this visit already. */
export function holdVisit(draft: DayDraft, counterId: CounterId, visitId: VisitId): void {
  draft.putCounter({ ...draft.counter(counterId), visitId });
}

/** Frees the counter that has this visit, if one has. Call it with the visit as it was before it was let go. */
export function releaseVisit(draft: DayDraft, visit: Visit): void {
  if (visit.counterId === null) return;
  const counter = draft.counter(visit.counterId);
  if (counter.visitId === visit.id) draft.putCounter({ ...counter, visitId: null });
}

/** O8: the counter's call is void because another one's came first, or the visitor is there. Its clerk is to be told. */
export function noteSuperseded(draft: DayDraft, counterId: CounterId, callId: CommandId, visit: Visit): void {
  const superseded = { callId, number: visit.number?.text ?? null };
  draft.putCounter({ ...draft.counter(counterId), superseded });
}
