/**
 * Folds one fact into a draft: the evolvers of all features in one table, the rule that nothing happens outside an open
 * day, and the record of what a clerk can undo. Called by the fold alone.
 */
import { EMPTY_RECEIPT, type RefusalType } from './commands.ts';
import { counterEvolvers } from './counter/evolve-counter.ts';
import type { DayDraft } from './day/day-draft.ts';
import { dayEvolvers } from './day/evolve-day.ts';
import type { Evolver, EvolverTable } from './evolver.ts';
import type { CommandFact, Fact, FactType } from './facts.ts';
import { ticketEvolvers } from './ticket/evolve-ticket.ts';
import { undoEvolvers } from './undo/evolve-undo.ts';
import { recordAction } from './undo/record-action.ts';
import { callingEvolvers } from './visit/evolve-calling.ts';
import { queueingEvolvers } from './visit/evolve-queueing.ts';
import { servingEvolvers } from './visit/evolve-serving.ts';

const evolvers: EvolverTable = {
  ...dayEvolvers,
  ...ticketEvolvers,
  ...callingEvolvers,
  ...servingEvolvers,
  ...queueingEvolvers,
  ...counterEvolvers,
  ...undoEvolvers,
};

/** Facts that make the frame of the day, and so may come before it is open. */
const FRAME_FACTS: readonly FactType[] = ['v1.DayOpened', 'v1.ConfigurationPublished'];

/** null = folded. Otherwise why the fact does not fit; the draft may be half written then and must be dropped. */
export function foldFact(draft: DayDraft, fact: Fact): RefusalType | null {
  const { status } = draft.info();
  // D2: late facts of a closed day are kept in its log, for the statistics, and change nothing.
  const opens = status === 'closed' ? fact.type === 'v1.DayReopened' : FRAME_FACTS.includes(fact.type);
  if (status !== 'open' && !opens) return 'dayClosed';
  const record = recordAction(draft, fact);
  const evolver = evolvers[fact.type] as Evolver<FactType>;
  const misfit = evolver(draft, fact.payload);
  if (misfit === null) record();
  return misfit;
}

/** The same for a fact that its author decided by itself: one fact, one command, which is granted thereby. */
export function foldCommandFact(draft: DayDraft, fact: CommandFact): RefusalType | null {
  const { payload } = fact;
  const visitId = 'visitId' in payload ? payload.visitId : null;
  // The number it had, or got.
  const numberBefore = visitId === null ? null : draft.visit(visitId)?.number;
  const misfit = foldFact(draft, fact);
  if (misfit !== null) return misfit;
  const number = visitId === null ? null : (numberBefore ?? draft.visit(visitId)?.number);
  const receipt = visitId === null ? EMPTY_RECEIPT : { visitId, number: number?.text ?? null };
  draft.putCommand(payload.commandId, { status: 'granted', receipt, facts: [fact] });
  return null;
}
