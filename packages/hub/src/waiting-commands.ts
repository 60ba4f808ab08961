/** Commands of a process's own callers that wait until claims are decided: a relay's (M2) and a new hub's (refill). */
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
  return {
    execute(command) {
      if (isDeciding() || commandSchemas[command.name].decidedBy === 'device') return carryOut(command);
      return new Promise((resolve) => {
        waiting.push(() => void carryOut(command).then(resolve));
      });
    },
    settle() {
      for (const submit of waiting.splice(0)) submit();
    },
  };
}
