/**
 * A claim on its way to the hub before it is on its author's disk (rule O6): while the one writes, the other decides. A
 * hint, like a head: the claim follows with the next push, whatever becomes of this, and what was decided stays so. Nothing
 * that must not be forgotten rests on it: an author that dies before it has written leaves a decision that nobody waits for.
 *
 * Invariant: the answer is given first, and committed to this device's disk right behind it, before anything else is done here
 * for whoever got it (`takeAnswered`). What is answered survives this process all the same (J4): it is noted first, and taken
 * from there at the next start (`takeNoted`). A loss of power in between, which takes the screen along, is all that can
 * have a decision withdrawn that somebody has been told.
 */
import { claimEventSchemas } from '@aufruf/shared/domain/claim/claim-events';
import type { Command } from '@aufruf/shared/domain/commands';
import type { Sha256 } from '@aufruf/shared/lib/hash';
import type { CommandId } from '@aufruf/shared/lib/ids';
import { refuse } from '@aufruf/shared/lib/result';
import type { LocalDate } from '@aufruf/shared/lib/time';
import { type Head, headSchema, requestSchemas } from '@aufruf/shared/protocol/messages';
import { journalKey } from '@aufruf/shared/sync/event';
import type { Platform } from '../platform/platform.ts';
import { type EventStore, StorageFault } from '../store/event-store.ts';
import type { CommandAnswer } from './command-answer.ts';
import { takeEntries } from './device-session-entries.ts';
import { type Peer, service } from './peer.ts';

export interface EarlyAsks {
  /**
   * Asks the hub, which must hold all that this device has written before: a claim rests on it. False when it was not
   * asked. Called before the claim is journaled.
   */
  ask(command: Command, day: LocalDate): boolean;
  /** Writes now what has been answered. */
  takeAnswered(): void;
}

export interface EarlyAsksOptions {
  readonly hub: Peer;
  readonly store: Pick<EventStore, 'device' | 'incarnation' | 'journalHead' | 'head' | 'writeNote'>;
  readonly platform: Platform;
  /** Answers whoever waits for the command. */
  readonly onDecided: (id: CommandId, answer: CommandAnswer) => void;
  /** For the conversation with the hub: where its order stands, with the decision in its tail. */
  readonly onHead: (head: Head) => void;
  /** Nothing was decided: the claim may go the usual way. */
  readonly onUndecided: () => void;
}

export function createEarlyAsks(options: EarlyAsksOptions): EarlyAsks {
  const { hub, store, platform, onDecided, onHead, onUndecided } = options;
  const answered: Head[] = [];
  let cancelTake = (): void => {};

  function takeAnswered(): void {
    cancelTake();
    for (const head of answered.splice(0)) onHead(head);
  }

  function onAnswer(id: CommandId, body: unknown) {
    const answer = requestSchemas['sync:ask'].answer.safeParse(body).data;
    const head = answer?.ok ? answer.head : null;
    if (head === null) return onUndecided();
    // One at a time: there is one note.
    takeAnswered();
    const decision = joins(head) ? decisionIn(head, id) : null;
    // As any other head; the answer comes with the order.
    if (decision === null || !isNoted(head)) return onHead(head);
    onDecided(id, decision);
    answered.push(head);
    cancelTake();
    cancelTake = platform.schedule(0, takeAnswered);
  }

  function isNoted(head: Head): boolean {
    try {
      store.writeNote(JSON.stringify(head));
      return true;
    } catch (error) {
      if (!(error instanceof StorageFault)) throw error;
      platform.log.error('what the hub has decided could not be noted', { error });
      return false;
    }
  }

  /** Whether it will be taken: all that the decision rests on is here, or comes with it. */
  function joins({ epoch, position, tail: [first] }: Head): boolean {
    const { link, day } = hub.state;
    const isFollowed = link === 'live' && epoch === hub.state.epoch && position.day === day;
    return isFollowed && first !== undefined && first.row.n <= store.head(position.day).n + 1;
  }

  return {
    ask(command, day) {
      if (service(hub, platform.monoMs()) !== 'current' || hub.session.eventsWaiting(hub.state) > 0) return false;
      const seq = store.journalHead(journalKey(store)).seq + 1;
      hub.link.request('sync:ask', { day, seq, command }, (body) => onAnswer(command.commandId, body));
      return true;
    },
    takeAnswered,
  };
}

/**
 * At the start: takes what the process before has told, and had no time to commit. Rows that are here already, or follow
 * none that is, are left out. @throws StorageFault when the store refuses
 */
export function takeNoted(store: EventStore, sha256: Sha256): void {
  const note = store.readNote();
  const head = note === null ? null : headSchema.safeParse(readJson(note)).data;
  if (
    head &&
    head.position.day === store.readSetting('currentDay') &&
    head.epoch === Number(store.readSetting('epoch'))
  )
    takeEntries(head.tail, head.position.day, store, sha256);
}

/** A text of another shape is none of ours. */
function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function decisionIn({ tail }: Head, id: CommandId): CommandAnswer | null {
  for (const { event } of tail) {
    if (event?.type !== 'v1.ClaimDecided') continue;
    const decided = claimEventSchemas['v1.ClaimDecided'].safeParse(event.payload).data;
    if (decided?.commandId !== id) continue;
    const { outcome } = decided;
    return outcome.type === 'granted' ? { ok: true, value: outcome.receipt } : refuse(outcome.refusal);
  }
  return null;
}
