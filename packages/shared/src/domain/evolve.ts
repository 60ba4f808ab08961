/**
 * The fold: what one entry of the day's log changes in the day's state.
 *
 * Pure, deterministic and total (rule O7): no clock, no Intl, integers only, and whatever the payload, it returns. An
 * entry whose payload is not what its type says, or that does not fit the state when its turn comes, changes nothing
 * but the record of rejections and, where it decided a command, that command's outcome. Types this version does not
 * know are skipped (rule 3). The cost of an entry does not grow with the day.
 *
 * Called by whoever folds a log: the engine over the ordered rows and over its own unordered events, and tests.
 */
import { type ClaimEvent, type ClaimEventType, claimEventSchemas } from './claim/claim-events.ts';
import { evolveClaim } from './claim/evolve-claim.ts';
import { awaitRelay } from './claim/waiting-facts.ts';
import { createDayDraft } from './day/day-draft.ts';
import type { DayChanges, DayState, LogEntry } from './day/day-state.ts';
import { type CommandFact, type Fact, type FactType, factSchemas } from './facts.ts';
import { foldCommandFact, foldFact } from './fold-fact.ts';
import { rejectEntry } from './reject-entry.ts';

const isFactType = (type: string): type is FactType => Object.hasOwn(factSchemas, type);
const isClaimType = (type: string): type is ClaimEventType => Object.hasOwn(claimEventSchemas, type);

/** Changes to apply with `DayStore.apply`. Never throws; the same entry on the same state gives the same changes. */
export function evolve(state: DayState, entry: LogEntry): DayChanges {
  if (isFactType(entry.type)) {
    const parsed = factSchemas[entry.type].safeParse(entry.payload);
    if (!parsed.success) return rejectEntry(state, entry, 'malformed');
    return evolveFact(state, entry, { type: entry.type, payload: parsed.data } as Fact);
  }
  if (isClaimType(entry.type)) {
    const parsed = claimEventSchemas[entry.type].safeParse(entry.payload);
    if (!parsed.success) return rejectEntry(state, entry, 'malformed');
    return evolveClaim(state, entry, { type: entry.type, payload: parsed.data } as ClaimEvent);
  }
  return createDayDraft(state, entry.row, entry.effectiveAt).changes();
}

/** A fact that its author decided and journaled by itself. */
function evolveFact(state: DayState, entry: LogEntry, fact: Fact): DayChanges {
  const draft = createDayDraft(state, entry.row, entry.effectiveAt);
  if (!isCommandFact(fact)) {
    const misfit = foldFact(draft, fact);
    return misfit === null ? draft.changes() : rejectEntry(state, entry, misfit);
  }
  const { commandId } = fact.payload;
  // The command has happened, or stands as a claim that only a decision can end. Its outcome stays.
  if (state.commands.has(commandId)) return rejectEntry(state, entry, 'repeated');
  const misfit = foldCommandFact(draft, fact);
  if (misfit === null) return draft.changes();
  return rejectEntry(state, entry, misfit, commandId, (rejected) => awaitRelay(rejected, entry, fact));
}

const isCommandFact = (fact: Fact): fact is CommandFact => 'commandId' in fact.payload;
