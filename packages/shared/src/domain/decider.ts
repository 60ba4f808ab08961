/** What a feature's deciders look like. `decide.ts` puts the tables of all features together. */
import type { CommandId, VisitId } from '../lib/ids.ts';
import { ok, type Result } from '../lib/result.ts';
import type { EpochMs } from '../lib/time.ts';
import {
  type CommandInput,
  type CommandName,
  type CommandRefusalType,
  EMPTY_RECEIPT,
  type Receipt,
} from './commands.ts';
import type { DayReader } from './day/day-draft.ts';
import type { DayState, UsedSpan } from './day/day-state.ts';
import type { Fact } from './facts.ts';
import type { LocationConfig, NumberSeries, Service } from './location-config/schema.ts';
import type { LaneUse } from './ticket/lanes.ts';
import type { Visit } from './visit/visit.ts';

/** What a command makes happen: at most MAX_FACTS_PER_DECISION facts, and the answer to whoever sent it. */
export interface Decision {
  readonly facts: readonly Fact[];
  readonly receipt: Receipt;
}

/** Who decides: the same rules for all, but other numbers (N1) and, alone, other visitors (M3). */
export type Authority =
  | {
      readonly by: 'hub';
      /** How many numbers it leaves free before its next of a span: a lost disk may have given them unheard (N2). */
      readonly leavesFree?: (series: NumberSeries, span: UsedSpan) => number;
    }
  /** Decides for its island while the hub is silent (M2). */
  | ({ readonly by: 'relay' } & LaneUse)
  /** Decides for itself while it reaches nobody (M3). */
  | ({
      readonly by: 'device';
      /** The day as it was ordered last: what counters cut off from each other most likely have in common. */
      readonly known: Pick<DayState, 'counters'>;
    } & LaneUse);

export const HUB: Authority = { by: 'hub' };

export interface DecideContext {
  readonly commandId: CommandId;
  readonly now: EpochMs;
  readonly state: DayState;
  readonly day: DayReader;
  /** null until a configuration was published: every name is unknown then. */
  readonly config: LocationConfig | null;
  readonly authority: Authority;
}

/** Pure. The day is open and the command new: `decide.ts` has seen to that. */
export type Decider<N extends CommandName> = (
  context: DecideContext,
  input: CommandInput<N>,
) => Result<Decision, { readonly type: CommandRefusalType<N> }>;

export type DeciderTable<N extends CommandName = CommandName> = { readonly [K in N]: Decider<K> };

/** A decision with one fact or more about a visit. */
export const decided = (visit: Pick<Visit, 'id' | 'number'> | null, ...facts: readonly Fact[]) =>
  ok<Decision>({
    facts,
    receipt: visit === null ? EMPTY_RECEIPT : { visitId: visit.id, number: visit.number?.text ?? null },
  });

/** A visit is named by the command that made it, so that a retry cannot make a second one. */
export const newVisitId = (commandId: CommandId): VisitId => commandId as string as VisitId;

export const serviceOf = (config: LocationConfig | null, id: string): Service | undefined =>
  config?.services.find((service) => service.id === id);

/** The services by id, or null if one of them is unknown. */
export function servicesOf(config: LocationConfig | null, ids: readonly string[]): readonly Service[] | null {
  const services = ids.map((id) => serviceOf(config, id));
  return services.every((service) => service !== undefined) ? services : null;
}
