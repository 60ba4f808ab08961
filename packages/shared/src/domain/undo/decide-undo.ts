/** "Undo" for the counter's newest action. */
import { refuse } from '../../lib/result.ts';
import { UNDO_WINDOW_MS } from '../counter/counter.ts';
import { createDayDraft } from '../day/day-draft.ts';
import { type DeciderTable, decided } from '../decider.ts';
import { undoAction } from './undo-action.ts';

export const undoDeciders: DeciderTable<'undo'> = {
  undo: ({ commandId, now, state, day }, { counterId }) => {
    const action = day.counter(counterId).undoable.at(-1);
    if (action === undefined) return refuse({ type: 'nothingToUndo' });
    if (now - action.at > UNDO_WINDOW_MS) return refuse({ type: 'undoTooLate' });
    // Tried on a draft, which is dropped: the only way to know is to do it.
    const type = undoAction(createDayDraft(state, state.info.rows, now), counterId, action, 'mistake');
    if (type !== null) return refuse({ type });
    const payload = { commandId, counterId, undoneCommandId: action.commandId };
    return decided(null, { type: 'v1.ActionUndone', payload });
  },
};
