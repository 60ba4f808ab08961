/**
 * Remembers what a clerk's action changed, so that it can be undone: the visit and the counter as they were before.
 * One place for all facts, so that no action can be forgotten.
 *
 * Bounded: at most MAX_UNDO_DEPTH actions a counter, each with one visit and one counter, and a counter's snapshot
 * leaves out the counter's own stack.
 */
import type { CommandId, CounterId, VisitId } from '../../lib/ids.ts';
import { type CounterState, MAX_UNDO_DEPTH, type UndoableAction } from '../counter/counter.ts';
import type { DayDraft } from '../day/day-draft.ts';
import type { Fact } from '../facts.ts';

/** What must be known of a fact to undo it; null if no clerk did it or it is an undo itself. */
interface Action {
  readonly type: string;
  readonly counterId: CounterId;
  readonly commandId: CommandId;
  readonly visitId: VisitId | null;
}

function actionOf(fact: Fact): Action | null {
  const { type, payload } = fact;
  if (type === 'v1.ActionUndone') return null;
  const counterId = counterOf(fact);
  if (counterId === null || !('commandId' in payload)) return null;
  return { type, counterId, commandId: payload.commandId, visitId: 'visitId' in payload ? payload.visitId : null };
}

function counterOf({ payload }: Fact): CounterId | null {
  if ('counterId' in payload) return payload.counterId;
  return 'origin' in payload && payload.origin.kind === 'counter' ? payload.origin.counterId : null;
}

function withoutStack(counter: CounterState): UndoableAction['counterBefore'] {
  const { undoable: _, ...rest } = counter;
  return rest;
}

/**
 * Call before the fact is folded; call what it returns afterwards. Facts of one command (a visitor without a ticket is
 * registered, called and served at once) make one action, undone as one.
 */
export function recordAction(draft: DayDraft, fact: Fact): () => void {
  const action = actionOf(fact);
  if (action === null) return () => {};
  const { type, counterId, commandId, visitId } = action;
  const visitBefore = (visitId === null ? null : draft.visit(visitId)) ?? null;
  const counterBefore = withoutStack(draft.counter(counterId));

  return () => {
    const counter = draft.counter(counterId);
    const visitRevisionAfter = (visitId === null ? undefined : draft.visit(visitId))?.revision ?? 0;
    const newest = counter.undoable.at(-1);
    const undoable: readonly UndoableAction[] =
      newest?.commandId === commandId
        ? [...counter.undoable.slice(0, -1), { ...newest, visitRevisionAfter }]
        : [
            ...counter.undoable.slice(-(MAX_UNDO_DEPTH - 1)),
            { commandId, type, at: draft.at, visitId, visitBefore, visitRevisionAfter, counterBefore },
          ];
    draft.putCounter({ ...counter, undoable });
  };
}
