/**
 * A device's claims from the press to the answer (rules O6, M3): journaled, then decided by whoever serves, or here while
 * nobody does. A claim nobody decides in time is withdrawn, by an event, before anything else is done about it.
 *
 * Invariants: one claim, one answer; a claim that somebody may have granted unheard is never decided again under its own
 * name. The device's engine says how the hub is doing and calls; nothing here listens to anybody.
 */
import type { Command } from '@aufruf/shared/domain/commands';
import type { CommandOutcome, DayState } from '@aufruf/shared/domain/day/day-state';
import type { CommandId, DeviceId } from '@aufruf/shared/lib/ids';
import { refuse } from '@aufruf/shared/lib/result';
import { type EpochMs, type LocalDate, SECOND_MS } from '@aufruf/shared/lib/time';
import type { JournalEvent, JournalKey } from '@aufruf/shared/sync/event';
import type { Platform } from '../platform/platform.ts';
import { type EventStore, StorageFault } from '../store/event-store.ts';
import { anewId, currentName, decideAlone } from './alone.ts';
import { type CommandAnswer, outcomeToAnswer } from './command-answer.ts';
import type { DeviceDay, Draft } from './device-day.ts';
import { newestPages } from './newest-pages.ts';
import { createPendingClaims } from './pending-claims.ts';

/** A claim undecided for so long is withdrawn and refused as `unreachable`. Shorter than a bridge's CALL_TIMEOUT_MS. */
export const CLAIM_PATIENCE_MS = 6 * SECOND_MS;

export interface DeviceClaims {
  /** Journals a claim and waits for its decision, by the hub or by the relay named. Never rejects for a fault of the store. */
  claim(command: Command, relay: DeviceId | null): Promise<CommandAnswer>;
  /** M3: decides here and now. @throws StorageFault: then nothing has happened */
  decideHere(command: Command, now: EpochMs): CommandAnswer;
  /** The answer to a command that has its outcome: what somebody has been told is not taken back. */
  known(id: CommandId, outcome: CommandOutcome): CommandAnswer;
  /** Answers whoever waits for the claim, if anybody does. */
  settle(id: CommandId, answer: CommandAnswer): void;
  /** The answer somebody waits for already; null = nobody does. */
  joined(id: CommandId): Promise<CommandAnswer> | null;
  /** The command by the name it goes by now: its own or, once that was withdrawn, the one it is decided anew under. */
  current(command: Command): Command;
  /** Answers all whose outcome stands in the order by now. */
  settleOrdered(ordered: DayState): void;
  /** Answers all the same. */
  settleAll(answer: CommandAnswer): void;
  /** Nobody is reachable any more: what waits is taken back and decided here. */
  decideWaitingHere(now: EpochMs): void;
  /** The hub serves again: what waited for a relay is taken back and asked of the hub. */
  askHubForRelays(): void;
  /** Tries again what a full disk refused; called with each tick. */
  retry(): void;
  /**
   * Takes back claims that were journaled before the last stop and whose decision is not here: nobody waits for their answer
   * any more, and a call granted now would be a call nobody asked for.
   */
  withdrawLeftovers(): void;
}

export interface DeviceClaimsOptions {
  readonly store: EventStore;
  readonly platform: Platform;
  readonly day: DeviceDay;
  /** Journals, tells the screens and sends. @throws StorageFault: then nothing of it has happened */
  readonly journal: (drafts: readonly Draft[], isAsked?: boolean) => void;
  /** Asks the hub to decide a claim that is not journaled yet; false when it does not. */
  readonly ask: (command: Command) => boolean;
}

export function createDeviceClaims({ store, platform, day, journal, ask }: DeviceClaimsOptions): DeviceClaims {
  const { sha256, log } = platform;
  const pending = createPendingClaims(platform);
  /** Claims that nobody waits for any more, and the events that take them back and are not on disk yet. */
  const givenUp = new Map<CommandId, readonly Draft[]>();
  /** Claims made to a relay. */
  const toRelay = new Set<CommandId>();
  /**
   * Claims taken back from a relay, and the names they were made anew under: the answer to the first is the answer to the
   * second, whatever a decision of the relay that arrives later says of the first (O6).
   */
  const madeAnew = new Map<CommandId, CommandId>();

  /** Whether the store took the last claim: while it does not, the hub is not asked what would only be taken back. */
  let isStoring = true;

  /** False when the store refuses: the claim goes on waiting, until its patience ends. */
  function isJournaled(drafts: readonly Draft[], whatFailed: string): boolean {
    try {
      journal(drafts);
      isStoring = true;
      return true;
    } catch (error) {
      if (!(error instanceof StorageFault)) throw error;
      log.error(whatFailed, { error });
      return false;
    }
  }

  const withdrawals = (ids: Iterable<CommandId>): readonly Draft[] =>
    [...ids].map((commandId) => ({ type: 'v1.ClaimWithdrawn', payload: { commandId } }));

  /** A full disk takes no withdrawal: then the caller is answered all the same, and it is tried again until it succeeds. */
  function withdrawGivenUp(): void {
    const drafts = [...givenUp.values()].flat();
    if (drafts.length > 0 && isJournaled(drafts, 'a claim could not be withdrawn')) givenUp.clear();
  }

  function giveUp(id: CommandId): void {
    const name = madeAnew.get(id) ?? id;
    givenUp.set(name, withdrawals([name]));
    withdrawGivenUp();
    const answer: CommandAnswer = refuse({ type: 'unreachable', detail: `undecided for ${CLAIM_PATIENCE_MS} ms` });
    for (const waiting of [name, id]) pending.settle(waiting, answer);
  }

  function claim(command: Command, relay: DeviceId | null): Promise<CommandAnswer> {
    const { commandId } = command;
    // Somebody waits for it again.
    const tookBack = givenUp.get(commandId);
    givenUp.delete(commandId);
    const answer = pending.wait(commandId, CLAIM_PATIENCE_MS, () => giveUp(commandId));
    if (relay !== null) toRelay.add(commandId);
    const made: Draft = { type: 'v1.ClaimMade', payload: relay === null ? { command } : { command, to: relay } };
    const isAsked = relay === null && isStoring && ask(command);
    try {
      journal([made], isAsked);
      isStoring = true;
    } catch (error) {
      isStoring = false;
      // The hub may grant what stands nowhere here.
      const takeBack = isAsked ? [made, ...withdrawals([commandId])] : tookBack;
      if (takeBack !== undefined) givenUp.set(commandId, takeBack);
      pending.settle(commandId, storageRefusal(error));
    }
    return answer;
  }

  const decided = (command: Command, now: EpochMs) => {
    const ledger = day.ledger();
    return decideAlone(command, now, ledger.state(), ledger.ordered(), day.laneUse());
  };

  function waitingCommand(id: CommandId): Command | null {
    const outcome = day.ledger().state().commands.get(id);
    return outcome?.status === 'pending' ? outcome.command : null;
  }

  const anew = (command: Command): Command => ({ ...command, commandId: anewId(command.commandId, sha256) });

  /** Taken back, since the hub may have heard it, and decided here. */
  function decideAnew(id: CommandId, now: EpochMs): void {
    const command = waitingCommand(id);
    if (command === null || command.name === 'publishConfiguration') return;
    const { draft, answer } = decided(anew(command), now);
    if (isJournaled([...withdrawals([id]), draft], 'a claim could not be decided here')) pending.settle(id, answer);
  }

  /** Nobody but the relay decides what it was asked (M2), so it is taken back and made anew. */
  function askHubAnew(id: CommandId): void {
    const command = waitingCommand(id);
    if (command === null) {
      settleFrom(day.ledger().state());
      return;
    }
    if (!isJournaled(withdrawals([id]), 'a claim could not be taken back')) return;
    const again = anew(command);
    madeAnew.set(id, again.commandId);
    void claim(again, null).then((answer) => {
      madeAnew.delete(id);
      pending.settle(id, answer);
    });
  }

  const settleFrom = ({ commands }: DayState): void =>
    pending.settleKnown((id) => (madeAnew.has(id) ? undefined : commands.get(id)));

  return {
    claim,
    decideHere(command, now) {
      const { commandId } = command;
      // Given up, and its withdrawal is not on disk yet: the hub may have heard it.
      const takeBack = givenUp.get(commandId) ?? (waitingCommand(commandId) === null ? [] : withdrawals([commandId]));
      const { draft, answer } = decided(takeBack.length > 0 ? anew(command) : command, now);
      // Nothing is journaled of a refusal: the command has not happened.
      if (answer.ok) {
        journal([...takeBack, draft]);
        givenUp.delete(commandId);
      }
      return answer;
    },
    known(id, outcome) {
      givenUp.delete(id);
      return outcomeToAnswer(outcome);
    },
    settle: pending.settle,
    joined: pending.joined,
    current: (command) => ({ ...command, commandId: currentName(command.commandId, day.outcomeOf, sha256) }),
    settleOrdered: settleFrom,
    settleAll: pending.settleAll,
    decideWaitingHere(now) {
      for (const id of pending.ids()) decideAnew(id, now);
    },
    askHubForRelays() {
      for (const id of pending.ids()) if (toRelay.delete(id)) askHubAnew(id);
    },
    retry: withdrawGivenUp,
    withdrawLeftovers() {
      const { commands } = day.ledger().state();
      const ids = new Set<CommandId>();
      for (const { type, payload } of ownEventsOf(store, day.date())) {
        if (type !== 'v1.ClaimMade') continue;
        const { commandId } = (payload as { command: Command }).command;
        if (commands.get(commandId)?.status === 'pending') ids.add(commandId);
      }
      if (ids.size > 0) journal(withdrawals(ids));
    },
  };
}

/**
 * What this device has journaled on `date`, its last day, with earlier disks too (S2): each journal is read from its end, since
 * before it there are other days.
 */
function* ownEventsOf(store: EventStore, date: LocalDate): Iterable<JournalEvent> {
  for (const journal of Object.keys(store.versionVector(store.device)) as JournalKey[]) {
    for (const page of newestPages(store, journal)) {
      yield* page.filter(({ day }) => day === date);
      if (page[0]?.day !== date) break;
    }
  }
}

/** @throws what is no fault of the store: a bug */
export function storageRefusal(error: unknown): CommandAnswer {
  if (!(error instanceof StorageFault)) throw error;
  return refuse({ type: 'storageFailed', detail: error.message });
}
