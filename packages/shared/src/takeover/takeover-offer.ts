/**
 * Whether a machine may be made the hub, and why not (rule M5): one rule for the page that offers it and for the host
 * that is asked to do it. What no rule can know is whether the old hub is off; that is for a person to see to.
 */
import type { LocationConfig } from '../domain/location-config/schema.ts';
import type { SyncStatus } from '../domain/views/view-schemas.ts';
import { type Result, refuse } from '../lib/result.ts';
import { type HubPlace, hubName, hubPlaceSchema } from './hub-place.ts';
import type { MachineView } from './machine.ts';

/**
 * `noMachine`: this host is a hub, which has pages for browsers and no device of its own. `isHub`: the configuration has
 * the hub here already. `noRelay`: the configuration names no address for this machine. `cannotHost`: this program has
 * no hub to start, or its address is none that a hub can be reached at. `hubAnswers`: then there is nothing to take over.
 * `otherServes`: another relay stands in; those whom it serves look for a hub there first.
 * `connecting`: whether it answers shows in a moment.
 */
export const NOT_OFFERED = [
  'noMachine',
  'isHub',
  'noRelay',
  'cannotHost',
  'hubAnswers',
  'connecting',
  'otherServes',
] as const;
export type NotOffered = (typeof NOT_OFFERED)[number];

export interface TakeoverCircumstances {
  readonly config: LocationConfig;
  /** Null: the host is a hub. */
  readonly machine: Pick<MachineView, 'device' | 'canHost' | 'servedBy'> | null;
  readonly mode: SyncStatus['mode'];
}

/** Answers the place the machine would take. What stays true for longer is said first. */
export function takeoverOffer(circumstances: TakeoverCircumstances): Result<HubPlace, { readonly type: NotOffered }> {
  const { config, machine, mode } = circumstances;
  if (machine === null) return refuse({ type: 'noMachine' });
  if (hubName(config) === machine.device) return refuse({ type: 'isHub' });
  const relay = config.sync?.relays.find(({ device }) => device === machine.device);
  if (relay === undefined) return refuse({ type: 'noRelay' });
  const place = hubPlaceSchema.safeParse(relay);
  if (!machine.canHost || !place.success) return refuse({ type: 'cannotHost' });
  if (mode === 'ORDERED') return refuse({ type: 'hubAnswers' });
  if (mode === 'CONNECTING') return refuse({ type: 'connecting' });
  if (mode === 'RELAY' && machine.servedBy !== machine.device) return refuse({ type: 'otherServes' });
  return { ok: true, value: place.data };
}
