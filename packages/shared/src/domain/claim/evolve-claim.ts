/**
 * Claims in the log (rules O5, O6): made, decided, withdrawn. The first decision for a claim counts; its facts are
 * folded whole or not at all. A decision that the order made obsolete (rule O8: the ticket was taken before) is a
 * rejection, and the claim ends as refused, so that its author can tell the clerk.
 */
import type { CommandId } from '../../lib/ids.ts';
import { noteSuperseded } from '../counter/hold.ts';
import { createDayDraft, type DayDraft } from '../day/day-draft.ts';
import type { CommandOutcome, DayChanges, DayState, LogEntry } from '../day/day-state.ts';
import type { Fact } from '../facts.ts';
import { foldFact } from '../fold-fact.ts';
import { rejectEntry } from '../reject-entry.ts';
import type { ClaimEvent } from './claim-events.ts';
import { giveBack } from './give-back.ts';
import { foldWaiting, noteAtRelay } from './waiting-facts.ts';

type ClaimPayload<T extends ClaimEvent['type']> = Extract<ClaimEvent, { type: T }>['payload'];

export function evolveClaim(state: DayState, entry: LogEntry, event: ClaimEvent): DayChanges {
  switch (event.type) {
    case 'v1.ClaimMade':
      return claimMade(state, entry, event.payload);
    case 'v1.ClaimDecided':
      return claimDecided(state, entry, event.payload);
    case 'v1.ClaimWithdrawn':
      return claimWithdrawn(state, entry, event.payload);
  }
}

/** A claim known already stays as it is: its decision or its withdrawal may come first, from another journal. */
function claimMade(state: DayState, entry: LogEntry, { command, to }: ClaimPayload<'v1.ClaimMade'>): DayChanges {
  const draft = createDayDraft(state, entry.row, entry.effectiveAt);
  const known = state.commands.get(command.commandId);
  const author = entry.author === undefined ? {} : { author: entry.author };
  if (known === undefined) {
    draft.putCommand(command.commandId, { status: 'pending', command, ...author, ...(to !== undefined && { to }) });
    if (to !== undefined) noteAtRelay(draft, command.commandId);
  } else if (known.status === 'granted' && known.author === undefined && entry.author !== undefined)
    draft.putCommand(command.commandId, { ...known, ...author });
  return draft.changes();
}

function claimDecided(
  state: DayState,
  entry: LogEntry,
  { commandId, outcome }: ClaimPayload<'v1.ClaimDecided'>,
): DayChanges {
  const status = state.commands.get(commandId)?.status;
  if (status === 'granted' || status === 'refused') return rejectEntry(state, entry, 'decidedBefore');

  const draft = createDayDraft(state, entry.row, entry.effectiveAt);
  if (outcome.type === 'refused') {
    if (status !== 'withdrawn') draft.putCommand(commandId, { status: 'refused', refusal: outcome.refusal });
    return draft.changes();
  }

  if (!outcome.facts.every((fact) => isOfCommand(fact, commandId))) return rejectEntry(state, entry, 'foreignFact');
  for (const fact of outcome.facts) {
    const misfit = foldFact(draft, fact);
    if (misfit === null) continue;
    if (status === 'withdrawn') return rejectEntry(state, entry, misfit);
    return rejectEntry(state, entry, misfit, commandId, (rejected) => tellCaller(rejected, fact));
  }
  if (status !== 'withdrawn') {
    const known = state.commands.get(commandId);
    const author = authorOf(known);
    const granted = { status: 'granted', receipt: outcome.receipt, facts: outcome.facts } as const;
    draft.putCommand(commandId, author === undefined ? granted : { ...granted, author });
    if (known?.status === 'pending') foldWaiting(draft, known.waiting ?? []);
    return draft.changes();
  }
  // Withdrawn before it was decided: its number is used up and void, everything else as if nothing had happened.
  const misfit = giveBack(draft, commandId, outcome.facts);
  return misfit === null ? draft.changes() : rejectEntry(state, entry, misfit);
}

/** O8: a call that was granted by a device alone and finds the ticket taken. */
function tellCaller(draft: DayDraft, { type, payload }: Fact): void {
  if (type !== 'v1.VisitCalled' && type !== 'v1.VisitResumed') return;
  const visit = draft.visit(payload.visitId);
  if (visit !== undefined) noteSuperseded(draft, payload.counterId, payload.commandId, visit);
}

/** A decision grants facts of its own claim only. A configuration names no command. */
const isOfCommand = (fact: Fact, commandId: CommandId): boolean =>
  'commandId' in fact.payload ? fact.payload.commandId === commandId : fact.type === 'v1.ConfigurationPublished';

const authorOf = (outcome: CommandOutcome | undefined) =>
  outcome?.status === 'pending' || outcome?.status === 'granted' ? outcome.author : undefined;

function claimWithdrawn(
  state: DayState,
  entry: LogEntry,
  { commandId }: ClaimPayload<'v1.ClaimWithdrawn'>,
): DayChanges {
  const known = state.commands.get(commandId);
  const author = authorOf(known);
  if (author !== undefined && entry.author !== undefined && author !== entry.author)
    return rejectEntry(state, entry, 'notAuthor');
  const draft = createDayDraft(state, entry.row, entry.effectiveAt);
  // Ended without anything to give back.
  if (known?.status === 'withdrawn' || known?.status === 'refused') return draft.changes();
  if (known?.status === 'granted') {
    if (state.info.status !== 'open') return rejectEntry(state, entry, 'dayClosed');
    const misfit = giveBack(draft, commandId, known.facts);
    if (misfit !== null) return rejectEntry(state, entry, misfit);
  }
  draft.putCommand(commandId, { status: 'withdrawn' });
  return draft.changes();
}
