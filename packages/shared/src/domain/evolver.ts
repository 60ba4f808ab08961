/** What a feature's evolvers look like. `fold-fact.ts` puts the tables of all features together. */
import type { RefusalType } from './commands.ts';
import type { DayDraft } from './day/day-draft.ts';
import type { FactPayload, FactType } from './facts.ts';

/**
 * Writes what a fact changes into the draft and returns null; or returns why the fact does not fit the state as its
 * turn in the order comes (the draft is then dropped). Takes the fact at its word otherwise: evolvers never choose.
 */
export type Evolver<T extends FactType> = (draft: DayDraft, payload: FactPayload<T>) => RefusalType | null;

export type EvolverTable<T extends FactType = FactType> = { readonly [K in T]: Evolver<K> };
