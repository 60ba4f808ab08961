/** What a command's caller is told: by a device, by the hub, from the log or instead of it. */
import type { BridgeRefusal } from '@aufruf/shared/bridge/bridge';
import type { CommandRefusal, Receipt } from '@aufruf/shared/domain/commands';
import type { CommandOutcome } from '@aufruf/shared/domain/day/day-state';
import { type Result, refuse } from '@aufruf/shared/lib/result';

export type CommandAnswer = Result<Receipt, CommandRefusal | BridgeRefusal>;

/** What a caller is told of a command that has its outcome, or has none yet. */
export function outcomeToAnswer(outcome: CommandOutcome): CommandAnswer {
  switch (outcome.status) {
    case 'granted':
      return { ok: true, value: outcome.receipt };
    case 'refused':
      return refuse(outcome.refusal);
    case 'withdrawn':
    case 'pending':
      return refuse({ type: 'unreachable', detail: `the command is ${outcome.status}` });
  }
}
