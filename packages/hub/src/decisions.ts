/**
 * Decides claims (rule O6), where the sequencer has ordered them, or a moment before their authors have written them to
 * their disks. Runs inside the sequencer's transactions and for it alone.
 *
 * Invariant: a command that has an outcome, be it a withdrawal, keeps it.
 */
import type { DayLedger } from '@aufruf/engine/ledger/day-ledger';
import type { EventStore } from '@aufruf/engine/store/event-store';
import { createLaneUse, type NotedLaneUse } from '@aufruf/engine/sync/lane-use';
import type { Command } from '@aufruf/shared/domain/commands';
import { decide } from '@aufruf/shared/domain/decide';
import type { Authority } from '@aufruf/shared/domain/decider';
import { ok, type Result } from '@aufruf/shared/lib/result';
import type { EpochMs, LocalDate } from '@aufruf/shared/lib/time';
import type { WireError } from '@aufruf/shared/protocol/messages';
import { journalKey, MAX_EVENT_BYTES } from '@aufruf/shared/sync/event';
import type { AskedClaims, JournalPlace } from './asked-claims.ts';
import { rememberConfiguration } from './sequencer-day.ts';
import type { SequencerLog } from './sequencer-log.ts';
import type { News } from './sequencer-push.ts';
import { createSuccessorNumbers } from './successor-numbers.ts';

/** A command larger than this, in bytes of JSON, would not fit into an event together with its envelope. */
export const MAX_CLAIM_BYTES = MAX_EVENT_BYTES - 2 * 1024;

/** A claim that its author is still writing to its disk. */
export interface Ask {
  readonly command: Command;
  /** Where its author writes it. */
  readonly place: JournalPlace;
  readonly day: LocalDate;
}

/** What devices are to be told of the decision; null when there is none yet: the claim itself will get one. */
export type OnAskAnswer = (answer: Result<News | null, WireError>) => void;

export interface Decisions {
  /** Decides a claim that has just been ordered, or keeps it for `settleGathered` while claims are not decided yet. */
  settle(command: Command, now: EpochMs): void;
  /** Decides a claim that has not been ordered, if it can be decided now; its row comes after its decision's then. */
  settleEarly(ask: Ask, now: EpochMs): boolean;
  /** Decides what has gathered. */
  settleGathered(now: EpochMs): void;
  /** Decides a claim that is on no record. */
  decide(command: Command, now: EpochMs): void;
  /** Reads from the store again which numbers were given: some may not have been committed, or do not count any more. */
  forget(): void;
}

export interface DecisionsOptions {
  readonly store: EventStore;
  readonly log: SequencerLog;
  /** The open day's. */
  readonly ledger: () => DayLedger;
  /** These are a relay's: numbers come from its own lane (M2). */
  readonly isRelay: boolean;
  /** Where claims are noted that are decided before they come. */
  readonly asked: AskedClaims;
  /** Whether devices have had time to say what they hold. */
  readonly isDeciding: () => boolean;
}

export function createDecisions({ store, log, ledger, isRelay, asked, isDeciding }: DecisionsOptions): Decisions {
  const successorNumbers = createSuccessorNumbers(store, () => ledger().day);
  /** What this disk has given as a relay. */
  let relayUse: NotedLaneUse | null = null;
  /** Claims that came before any are decided. */
  const gathered: Command[] = [];
  const state = () => ledger().ordered();

  const hubAuthority: Authority = { by: 'hub', leavesFree: successorNumbers.leavesFree };
  function laneUse(): NotedLaneUse {
    relayUse ??= createLaneUse(store, ledger().day);
    return relayUse;
  }
  const authority = (): Authority => (isRelay ? { by: 'relay', ...laneUse() } : hubAuthority);

  function settle(command: Command, now: EpochMs): void {
    if (state().commands.get(command.commandId)?.status !== 'pending') return;
    if (!isDeciding()) gathered.push(command);
    else writeDecision(command, now);
  }

  function writeDecision(command: Command, now: EpochMs): void {
    const before = log.outcomeOf(command.commandId);
    // Granted yesterday: the same answer, and nothing happens again.
    const decision =
      before?.status === 'granted'
        ? ok({ facts: [], receipt: before.receipt })
        : decide(command, state(), now, authority());
    const outcome = decision.ok
      ? { type: 'granted', facts: decision.value.facts, receipt: decision.value.receipt }
      : { type: 'refused', refusal: decision.refusal };
    const event = { type: 'v1.ClaimDecided', payload: { commandId: command.commandId, outcome } };
    log.write([event], now);
    (isRelay ? laneUse() : successorNumbers).note([{ ...event, day: ledger().day }]);
    if (command.name === 'publishConfiguration' && decision.ok) rememberConfiguration(log, store);
  }

  return {
    settle,
    settleEarly({ command, place, day }, now) {
      const { commandId } = command;
      const isToday = day === ledger().day && state().info.status === 'open';
      // A claim rests on what its author has written before.
      const isNext = store.journalHead(journalKey(place)).seq + 1 === place.seq;
      if (!isToday || !isNext || !isDeciding() || log.outcomeOf(commandId) !== undefined) return false;
      writeDecision(command, now);
      asked.note({ commandId, ...place });
      return true;
    },
    settleGathered(now) {
      for (const command of gathered.splice(0)) settle(command, now);
    },
    decide: writeDecision,
    forget() {
      successorNumbers.forget();
      relayUse = null;
    },
  };
}
