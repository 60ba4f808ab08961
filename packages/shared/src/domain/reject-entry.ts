import type { CommandId } from '../lib/ids.ts';
import type { RefusalType } from './commands.ts';
import type { DayDraft } from './day/day-draft.ts';
import { createDayDraft } from './day/day-draft.ts';
import type { DayChanges, DayState, LogEntry } from './day/day-state.ts';

/**
 * Why an entry changed nothing: the refusal of its command; or `malformed` (its payload is not what its type says),
 * `repeated` (a fact of a command that had its outcome), `decidedBefore` (a second decision for a claim), `foreignFact`
 * (a decision that grants facts of another command), `notAuthor` (a claim taken back by somebody else).
 */
type RejectionReason = RefusalType | FormalReason;
type FormalReason = 'malformed' | 'repeated' | 'decidedBefore' | 'foreignFact' | 'notAuthor';

/**
 * A recorded rejection (rule O7). With `refused`, that command ends as refused for the same reason: its author showed
 * its effect for a while, and must be able to say what became of it. `note` writes down what else must be told of it.
 */
export function rejectEntry(state: DayState, entry: LogEntry, reason: FormalReason): DayChanges;
export function rejectEntry(
  state: DayState,
  entry: LogEntry,
  reason: RefusalType,
  refused?: CommandId | null,
  note?: (draft: DayDraft) => void,
): DayChanges;
export function rejectEntry(
  state: DayState,
  entry: LogEntry,
  reason: RejectionReason,
  refused: CommandId | null = null,
  note: (draft: DayDraft) => void = () => {},
): DayChanges {
  const draft = createDayDraft(state, entry.row, entry.effectiveAt);
  if (refused !== null) draft.putCommand(refused, { status: 'refused', refusal: { type: reason as RefusalType } });
  note(draft);
  return draft.changes({ row: entry.row, type: entry.type, reason });
}
