/** The supervisor's command, and what the hub says of itself at the end of the day. */
import { refuse } from '../../lib/result.ts';
import { type DeciderTable, decided } from '../decider.ts';
import type { Fact } from '../facts.ts';
import { checkReferences } from '../location-config/check-references.ts';
import type { DayState } from './day-state.ts';
import { whyNotPublishable } from './publishable.ts';

export const dayDeciders: DeciderTable<'publishConfiguration'> = {
  publishConfiguration: ({ config: current }, { config }) => {
    const type = whyNotPublishable(current, config);
    if (type !== null) return refuse({ type });
    // What is checked of a file holds for whatever is published: a counter that serves nothing would strand people.
    if (checkReferences(config).length > 0) return refuse({ type: 'badConfiguration' });
    return decided(null, { type: 'v1.ConfigurationPublished', payload: { config } });
  },
};

/** Facts to journal before the day is closed: every visit that is still open expires, in the order they came. */
export const expireOpenVisits = (state: DayState): readonly Fact[] =>
  [...state.openVisits.values()].map(({ id }) => ({ type: 'v1.VisitExpired', payload: { visitId: id } }) as const);
