/**
 * A claim on its way to the hub before it is on its author's disk (rule O6): while the one writes, the other decides. A
 * hint, like a head: the claim follows with the next push, whatever becomes of this, and what was decided stays so. Nothing
 * that must not be forgotten rests on it: an author that dies before it has written leaves a decision that nobody waits for.
 *
 * Invariant: what is answered survives this process (J4): the hub has the decision on its disk, and this device has written
 * it too. What it means for the day, and the flush of this disk, come right behind the answer, before anything else is done
 * here for whoever got it (`takeAnswered`). A loss of power in between, which takes the screen along, is all that can have
 * a decision withdrawn that somebody has been told.
 */
import { claimEventSchemas } from '@aufruf/shared/domain/claim/claim-events';
import type { Command } from '@aufruf/shared/domain/commands';
import type { CommandId } from '@aufruf/shared/lib/ids';
import { refuse } from '@aufruf/shared/lib/result';
import type { LocalDate } from '@aufruf/shared/lib/time';
import { type Head, requestSchemas } from '@aufruf/shared/protocol/messages';
import { journalKey } from '@aufruf/shared/sync/event';
import type { Platform } from '../platform/platform.ts';
import { type EventStore, type OrderedEntry, StorageFault } from '../store/event-store.ts';
import type { CommandAnswer } from './command-answer.ts';
import { takeEntries } from './device-session-entries.ts';
import { type Peer, service } from './peer.ts';

export interface EarlyAsks {
  /**
   * Asks the hub, which must hold all that this device has written before: a claim rests on it. False when it was not
   * asked. Called before the claim is journaled.
   */
  ask(command: Command, day: LocalDate): boolean;
  /** Folds and flushes now what has been answered. */
  takeAnswered(): void;
  /** The same, and for good: nothing is told after. */
  close(): void;
}

export interface EarlyAsksOptions {
  readonly hub: Peer;
  readonly store: EventStore;
  readonly platform: Platform;
  /** Answers whoever waits for the command. */
  readonly onDecided: (id: CommandId, answer: CommandAnswer) => void;
  /** For the day: these have joined the order. */
  readonly onTaken: (head: Head, entries: readonly OrderedEntry[]) => void;
  /** For the conversation with the hub: where its order stands. */
  readonly onHead: (head: Head) => void;
  /** Nothing was decided: the claim may go the usual way. */
  readonly onUndecided: () => void;
}

export function createEarlyAsks(options: EarlyAsksOptions): EarlyAsks {
  const { hub, store, platform, onDecided, onTaken, onHead, onUndecided } = options;
  const isServed = () => service(hub, platform.monoMs()) === 'current';
  let isClosed = false;
  let answered: (() => void)[] = [];
  let cancelTake = (): void => {};

  function takeAnswered(): void {
    cancelTake();
    const due = answered;
    answered = [];
    for (const take of due) take();
    if (due.length > 0) flush();
  }

  function flush(): void {
    try {
      store.flush();
    } catch (error) {
      if (!(error instanceof StorageFault)) throw error;
      platform.log.error('what the hub has decided could not be flushed', { error });
    }
  }

  function onAnswer(id: CommandId, body: unknown) {
    const answer = requestSchemas['sync:ask'].answer.safeParse(body).data;
    if (isClosed) return;
    const head = answer?.ok ? answer.head : null;
    if (head === null) return onUndecided();
    const entries = write(head);
    // As any other head; the answer comes with the order.
    if (entries.length === 0) return onHead(head);
    const decision = decisionIn(entries, id);
    if (decision !== null) onDecided(id, decision);
    answered.push(() => onTaken(head, entries));
    cancelTake();
    cancelTake = platform.schedule(0, takeAnswered);
  }

  /** What of it has joined the order: nothing unless all that it rests on is here, or comes with it. */
  function write({ epoch, position: { day }, tail }: Head): readonly OrderedEntry[] {
    if (!isServed() || epoch !== hub.state.epoch || day !== hub.state.day) return [];
    let entries: readonly OrderedEntry[] = [];
    try {
      store.deferFlush(() => {
        const result = takeEntries(tail, day, store, platform.sha256);
        if (result.type === 'taken') entries = result.entries;
      });
    } catch (error) {
      if (!(error instanceof StorageFault)) throw error;
      platform.log.error('what the hub has decided could not be stored', { error });
    }
    return entries;
  }

  return {
    ask(command, day) {
      if (!isServed() || hub.session.eventsWaiting(hub.state) > 0) return false;
      const seq = store.journalHead(journalKey(store)).seq + 1;
      hub.link.request('sync:ask', { day, seq, command }, (body) => onAnswer(command.commandId, body));
      return true;
    },
    takeAnswered,
    close() {
      takeAnswered();
      isClosed = true;
    },
  };
}

function decisionIn(entries: readonly OrderedEntry[], id: CommandId): CommandAnswer | null {
  for (const { event } of entries) {
    if (event.type !== 'v1.ClaimDecided') continue;
    const decided = claimEventSchemas['v1.ClaimDecided'].safeParse(event.payload).data;
    if (decided?.commandId !== id) continue;
    const { outcome } = decided;
    return outcome.type === 'granted' ? { ok: true, value: outcome.receipt } : refuse(outcome.refusal);
  }
  return null;
}
