/**
 * Takes an action back: visit and counter are again what they were before it. Only while nobody else has changed the
 * visit since, which its revision tells, and only into a state that is still free: a number taken by nobody else, a
 * counter holding nobody else, a clerk signed in nowhere else. Whatever cannot be restored whole is not touched.
 *
 * Called for `v1.ActionUndone`, and for a withdrawn claim that had been granted.
 */
import type { CounterId } from '../../lib/ids.ts';
import type { CounterState, UndoableAction } from '../counter/counter.ts';
import { holdVisit, releaseVisit } from '../counter/hold.ts';
import { sessionElsewhere } from '../counter/sessions.ts';
import type { DayDraft } from '../day/day-draft.ts';
import { isCodeTaken } from '../ticket/code-taken.ts';
import { cancelTicket } from '../ticket/void-ticket.ts';
import type { Visit } from '../visit/visit.ts';

/**
 * `action` stands on the stack of `counterId`; `reason` is why a visit that the action made is cancelled. On refusal
 * the draft is half written: drop it.
 */
export function undoAction(
  draft: DayDraft,
  counterId: CounterId,
  action: UndoableAction,
  reason: 'mistake' | 'withdrawn',
): 'changedSince' | null {
  const isNewest = draft.counter(counterId).undoable.at(-1) === action;
  if (!isNewest && action.visitId === null) return 'changedSince';
  if (!restoreVisit(draft, counterId, action, reason)) return 'changedSince';

  const counter = draft.counter(counterId);
  const undoable = withoutAction(counter, action, draft);
  // Of an older action only the visit is taken back: what the clerk did since stays.
  const { visitId, superseded } = counter;
  const before = isNewest ? { ...action.counterBefore, visitId, superseded } : counter;
  const restored: CounterState = { ...before, undoable };
  draft.putCounter(restored);
  return isSound(draft, restored) ? null : 'changedSince';
}

function restoreVisit(
  draft: DayDraft,
  counterId: CounterId,
  action: UndoableAction,
  reason: 'mistake' | 'withdrawn',
): boolean {
  const { visitId, visitBefore, visitRevisionAfter } = action;
  if (visitId === null) return true;
  const visit = draft.visit(visitId);
  if (visit === undefined || visit.revision !== visitRevisionAfter) return false;
  if (visitBefore === null) {
    cancelTicket(draft, visit, reason);
    return true;
  }
  if (!isCodeFree(draft, visitBefore)) return false;
  releaseVisit(draft, visit);
  draft.putVisit({ ...visitBefore, call: restoreCall(visitBefore, visit), revision: visit.revision + 1 });
  if (visitBefore.counterId === null) return true;
  const holder = draft.counter(visitBefore.counterId);
  if (holder.visitId !== null && holder.visitId !== visitId) return false;
  // Whether this counter itself can hold it shows when it is restored too.
  if (holder.id !== counterId && holder.presence !== 'open') return false;
  holdVisit(draft, holder.id, visitId);
  return true;
}

/**
 * An undone recall does not count as a call, but what was said aloud cannot be unsaid: the call keeps its announcement,
 * or the next recall would bear a number that displays have announced already (rule X6).
 */
function restoreCall(before: Visit, now: Visit): Visit['call'] {
  return before.call !== null && before.call.callId === now.call?.callId ? now.call : before.call;
}

/** Whether the appointment's code was not booked for somebody else meanwhile. */
function isCodeFree(draft: DayDraft, before: Visit): boolean {
  if (before.appointmentCode === null) return true;
  const booked = draft.visitByCode(before.appointmentCode);
  return booked === undefined || booked.id === before.id || !isCodeTaken(booked);
}

/**
 * The stack without the action. The action before it on the same visit can be undone next, although the visit's
 * revision has moved on: the visit is what that action had left.
 */
function withoutAction(counter: CounterState, action: UndoableAction, draft: DayDraft): readonly UndoableAction[] {
  const rest = counter.undoable.filter((one) => one.commandId !== action.commandId);
  const { visitBefore } = action;
  const revision = visitBefore === null ? undefined : draft.visit(visitBefore.id)?.revision;
  if (visitBefore === null || revision === undefined) return rest;
  return rest.map((one) =>
    one.visitId === visitBefore.id && one.visitRevisionAfter === visitBefore.revision
      ? { ...one, visitRevisionAfter: revision }
      : one,
  );
}

function isSound(draft: DayDraft, counter: CounterState): boolean {
  if (counter.visitId !== null && counter.presence !== 'open') return false;
  return counter.sessionId === null || sessionElsewhere(draft, counter.sessionId, counter.id) === null;
}
