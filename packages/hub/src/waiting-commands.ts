/**
 * Commands of a process's own callers that wait until claims are decided: a relay's (M2) and a new hub's (refill). Of facts only
 * those wait whose visit is not known yet: others may still bring it.
 */
import type { CommandAnswer } from '@aufruf/engine/sync/command-answer';
import { type Command, commandSchemas } from '@aufruf/shared/domain/commands';

export interface WaitingCommands {
  execute(command: Command): Promise<CommandAnswer>;
  /** Claims are decided from now on, or nothing is any more: what has waited is carried out, or refused by whoever does. */
  settle(): void;
}

export function createWaitingCommands(
  carryOut: (command: Command) => Promise<CommandAnswer>,
  isDeciding: () => boolean,
): WaitingCommands {
  const waiting: (() => void)[] = [];
  const wait = (command: Command): Promise<CommandAnswer> =>
    new Promise((resolve) => {
      waiting.push(() => void carryOut(command).then(resolve));
    });

  return {
    async execute(command) {
      if (!isDeciding() && commandSchemas[command.name].decidedBy === 'hub') return wait(command);
      const answer = await carryOut(command);
      const isUnknown = !answer.ok && answer.refusal.type === 'unknownVisit';
      return isUnknown && !isDeciding() ? wait(command) : answer;
    },
    settle() {
      for (const submit of waiting.splice(0)) submit();
    },
  };
}
