/** Undo as a compensating event: the log keeps the action and its taking back. */
import type { EvolverTable } from '../evolver.ts';
import { undoAction } from './undo-action.ts';

export const undoEvolvers: EvolverTable<'v1.ActionUndone'> = {
  'v1.ActionUndone': (draft, { counterId, undoneCommandId }) => {
    const action = draft.counter(counterId).undoable.at(-1);
    if (action === undefined) return 'nothingToUndo';
    if (action.commandId !== undoneCommandId) return 'changedSince';
    return undoAction(draft, counterId, action, 'mistake');
  },
};
