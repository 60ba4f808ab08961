/**
 * Commands of this device that wait for the hub's decision (rule O6): who is to be answered, and until when. One claim,
 * one answer, however many callers repeat the command. Knows no store and no hub; the engine says what has come.
 */
import type { CommandOutcome } from '@aufruf/shared/domain/day/day-state';
import type { CommandId } from '@aufruf/shared/lib/ids';
import type { Platform } from '../platform/platform.ts';
import { type CommandAnswer, outcomeToAnswer } from './command-answer.ts';

export interface PendingClaims {
  /** The answer to come. `onLate` is called once if none has come after `patienceMs`; it must settle the claim. */
  wait(id: CommandId, patienceMs: number, onLate: () => void): Promise<CommandAnswer>;
  /** The answer being waited for already; null = nobody waits. */
  joined(id: CommandId): Promise<CommandAnswer> | null;
  settle(id: CommandId, answer: CommandAnswer): void;
  /** Settles all whose outcome is known by now. */
  settleKnown(outcomeOf: (id: CommandId) => CommandOutcome | undefined): void;
  settleAll(answer: CommandAnswer): void;
  ids(): readonly CommandId[];
}

interface Waiting {
  readonly promise: Promise<CommandAnswer>;
  readonly resolve: (answer: CommandAnswer) => void;
  readonly cancel: () => void;
}

export function createPendingClaims(platform: Pick<Platform, 'schedule'>): PendingClaims {
  const waiting = new Map<CommandId, Waiting>();

  function settle(id: CommandId, answer: CommandAnswer): void {
    const claim = waiting.get(id);
    if (claim === undefined) return;
    waiting.delete(id);
    claim.cancel();
    claim.resolve(answer);
  }

  return {
    wait(id, patienceMs, onLate) {
      const { promise, resolve } = Promise.withResolvers<CommandAnswer>();
      waiting.set(id, { promise, resolve, cancel: platform.schedule(patienceMs, onLate) });
      return promise;
    },
    joined: (id) => waiting.get(id)?.promise ?? null,
    settle,
    settleKnown(outcomeOf) {
      for (const id of [...waiting.keys()]) {
        const outcome = outcomeOf(id);
        if (outcome !== undefined && outcome.status !== 'pending') settle(id, outcomeToAnswer(outcome));
      }
    },
    settleAll(answer) {
      for (const id of [...waiting.keys()]) settle(id, answer);
    },
    ids: () => [...waiting.keys()],
  };
}
