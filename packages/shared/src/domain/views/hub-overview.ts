/** What a supervisor is shown of who orders, who stands in, and whether this machine could be the hub (O2, M2, M5). */
import { z } from 'zod';
import { isSupervisorsCounter } from '../../bridge/roles.ts';
import { localizedTextSchema } from '../../i18n/languages.ts';
import { type CounterId, type DeviceId, deviceIdSchema } from '../../lib/ids.ts';
import { epochMsSchema } from '../../lib/time.ts';
import { hubName, hubPlaceSchema } from '../../takeover/hub-place.ts';
import type { MachineView } from '../../takeover/machine.ts';
import { ownHubStatusSchema } from '../../takeover/own-hub-status.ts';
import { NOT_OFFERED, takeoverOffer } from '../../takeover/takeover-offer.ts';
import type { DayState } from '../day/day-state.ts';
import type { LocationConfig } from '../location-config/schema.ts';
import type { SyncStatus } from './view-schemas.ts';

/** A device by what people call it; `other`: the hub's own machine, or one that the configuration no longer has. */
const namedDeviceSchema = z.strictObject({
  id: deviceIdSchema,
  is: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('counter'), label: z.string() }),
    z.strictObject({ kind: z.literal('kiosk'), name: localizedTextSchema }),
    z.strictObject({ kind: z.literal('other') }),
  ]),
});
export type NamedDevice = z.infer<typeof namedDeviceSchema>;

export const hubOverviewSchema = z.strictObject({
  /** This machine; null: the page comes from a hub. */
  self: namedDeviceSchema.nullable(),
  hub: namedDeviceSchema,
  /** Where it is reached; null where only each device's set-up says so. */
  hubAddress: z.string().nullable(),
  relays: z.array(z.strictObject({ device: namedDeviceSchema, address: z.string(), isServing: z.boolean() })),
  /** The place this machine could take, or why it is not offered. */
  takeover: z.union([hubPlaceSchema, z.strictObject({ notOffered: z.enum(NOT_OFFERED) })]),
  ownHub: ownHubStatusSchema,
  ownHubSince: epochMsSchema.nullable(),
});
export type HubOverview = z.infer<typeof hubOverviewSchema>;

export interface HubSources {
  readonly mode: SyncStatus['mode'];
  readonly machine: MachineView | null;
}

/** Null where the configuration offers nothing of the supervisor's at this counter. */
export function hubOverview(state: DayState, counterId: CounterId, { mode, machine }: HubSources): HubOverview | null {
  const { config } = state.info;
  if (config === null || !isSupervisorsCounter(config, counterId)) return null;
  const offer = takeoverOffer({ config, machine, mode });
  return {
    self: machine && nameDevice(machine.device, config),
    hub: nameDevice(hubName(config) as DeviceId, config),
    hubAddress: config.sync?.hub ?? machine?.setUpWith ?? null,
    relays: (config.sync?.relays ?? []).map(({ device, address }) => ({
      device: nameDevice(device, config),
      address,
      isServing: mode === 'RELAY' && machine?.servedBy === device,
    })),
    takeover: offer.ok ? offer.value : { notOffered: offer.refusal.type },
    ownHub: machine?.ownHub ?? { state: 'none' },
    ownHubSince: machine?.ownHubSince ?? null,
  };
}

function nameDevice(id: DeviceId, config: LocationConfig): NamedDevice {
  const counter = config.counters.find((each) => each.id === (id as string));
  if (counter !== undefined) return { id, is: { kind: 'counter', label: counter.label } };
  const kiosk = config.kiosks.find((each) => each.id === (id as string));
  return { id, is: kiosk === undefined ? { kind: 'other' } : { kind: 'kiosk', name: kiosk.name } };
}
