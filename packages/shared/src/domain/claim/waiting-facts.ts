/**
 * Facts that come before what they rest on (rule M2). A relay granted a claim, its author acted on it (handed the ticket
 * over, served the visitor), and reaches the hub before the relay's decision does. The facts do not fit then, are rejected
 * for the time being, and are folded again right behind the decision, so that nothing acknowledged is lost (X4).
 *
 * Part of the fold: the same order gives the same state everywhere (X5).
 */
import type { CommandId, DeviceId } from '../../lib/ids.ts';
import type { DayDraft } from '../day/day-draft.ts';
import type { LogEntry, WaitingFact } from '../day/day-state.ts';
import type { CommandFact } from '../facts.ts';
import { foldCommandFact } from '../fold-fact.ts';

/** Facts that can wait for one decision; more than that stay rejected. A visit takes about five, hours without a hub many visits. */
export const MAX_WAITING_FACTS = 50;

/** Lets a fact that did not fit wait for the decision it seems to rest on; does nothing when there is none. */
export function awaitRelay(draft: DayDraft, { row, effectiveAt, author }: LogEntry, fact: CommandFact): void {
  const id = claimUnder(draft, author, fact);
  if (id !== null) wait(draft, id, { row, effectiveAt, fact, ...(author !== undefined && { author }) });
}

/** Behind the decision of a claim: the facts that waited for it. One that still does not fit may rest on another one. */
export function foldWaiting(draft: DayDraft, waiting: readonly WaitingFact[]): void {
  for (const one of waiting) {
    const misfit = draft.attempt((own) => foldCommandFact({ ...own, row: one.row, at: one.effectiveAt }, one.fact));
    const id = misfit === null ? null : claimUnder(draft, one.author, one.fact);
    if (id !== null) wait(draft, id, one);
  }
}

function wait(draft: DayDraft, id: CommandId, fact: WaitingFact): void {
  const claim = draft.command(id);
  if (claim?.status !== 'pending') return;
  const { waiting = [] } = claim;
  if (waiting.length < MAX_WAITING_FACTS) draft.putCommand(id, { ...claim, waiting: [...waiting, fact] });
}

/** The claim that made the fact's visit or, since facts say no more, the last one its author has made to a relay. */
function claimUnder(draft: DayDraft, author: DeviceId | undefined, { payload }: CommandFact): CommandId | null {
  const claimAtRelay = (id: CommandId) => {
    const claim = draft.command(id);
    return claim?.status === 'pending' && claim.to !== undefined ? claim : null;
  };
  // A visit goes by the name of the command it began with.
  const begunBy = 'visitId' in payload ? (payload.visitId as string as CommandId) : null;
  if (begunBy !== null && claimAtRelay(begunBy) !== null) return begunBy;
  if (author === undefined) return null;
  return (draft.info().atRelays ?? []).findLast((id) => claimAtRelay(id)?.author === author) ?? null;
}

/** The list of claims that are with relays, with one more. Those that have ended meanwhile leave it. */
export function noteAtRelay(draft: DayDraft, id: CommandId): void {
  const others = (draft.info().atRelays ?? []).filter((one) => draft.command(one)?.status === 'pending');
  draft.putInfo({ atRelays: [...others, id] });
}
