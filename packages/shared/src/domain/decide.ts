/**
 * Turns a command into facts, or refuses it. Pure: the same command on the same state at the same time gives the same
 * facts, and they fit that state when they are folded next.
 *
 * Called by whoever decides: the hub for claims, the author's device for facts (rule O5; `commandSchemas` says which),
 * and for claims too while it is alone (M3); `authority` says who it is.
 * Whoever calls journals the facts before anybody sees their effect (rule J4). Roles were checked where the command came in.
 */
import { ok, type Result, refuse } from '../lib/result.ts';
import type { EpochMs } from '../lib/time.ts';
import { type Command, type CommandName, type CommandRefusal, EMPTY_RECEIPT } from './commands.ts';
import { counterDeciders } from './counter/decide-counter.ts';
import { readDay } from './day/day-draft.ts';
import type { CommandOutcome, DayState } from './day/day-state.ts';
import { dayDeciders } from './day/decide-day.ts';
import { type Authority, type Decider, type DeciderTable, type Decision, HUB } from './decider.ts';
import { ticketDeciders } from './ticket/decide-ticket.ts';
import { undoDeciders } from './undo/decide-undo.ts';
import { callingDeciders } from './visit/decide-calling.ts';
import { queueingDeciders } from './visit/decide-queueing.ts';
import { servingDeciders } from './visit/decide-serving.ts';
import { walkDirectDeciders } from './visit/decide-walk-direct.ts';

const deciders: DeciderTable = {
  ...ticketDeciders,
  ...callingDeciders,
  ...walkDirectDeciders,
  ...servingDeciders,
  ...queueingDeciders,
  ...counterDeciders,
  ...undoDeciders,
  ...dayDeciders,
};

/**
 * `now`: the decider's clock, ms. Refuses with the command's own refusals, or `dayClosed` outside an open business day.
 * A command that had its outcome gets the same answer again and makes nothing happen.
 */
export function decide(
  command: Command,
  state: DayState,
  now: EpochMs,
  authority: Authority = HUB,
): Result<Decision, CommandRefusal> {
  const outcome = state.commands.get(command.commandId);
  if (outcome !== undefined && outcome.status !== 'pending') return repeatAnswer(outcome);
  if (state.info.status !== 'open') return refuse({ type: 'dayClosed' });
  const { commandId, name, input } = command;
  const decider = deciders[name] as Decider<CommandName>;
  return decider({ commandId, now, state, day: readDay(state), config: state.info.config, authority }, input);
}

function repeatAnswer(outcome: Exclude<CommandOutcome, { status: 'pending' }>): Result<Decision, CommandRefusal> {
  switch (outcome.status) {
    case 'granted':
      return ok({ facts: [], receipt: outcome.receipt });
    case 'refused':
      return refuse(outcome.refusal);
    case 'withdrawn':
      return ok({ facts: [], receipt: EMPTY_RECEIPT });
  }
}
