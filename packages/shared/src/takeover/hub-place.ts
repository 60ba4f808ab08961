/** Where a location's hub is, as its configuration says it (rules O2, M5). */
import { z } from 'zod';
import type { LocationConfig } from '../domain/location-config/schema.ts';
import { deviceIdSchema } from '../lib/ids.ts';
import { HUB_DEVICE } from '../sync/event.ts';

/** A machine that is, or becomes, the hub: by which name, and where devices reach it: `http://192.168.7.20:4701`. */
export const hubPlaceSchema = z.strictObject({
  device: deviceIdSchema,
  address: z.url({ protocol: /^http$/ }).max(200),
});
export type HubPlace = z.infer<typeof hubPlaceSchema>;

/** On whose machine the hub runs: `hub`, one of its own, or the device whose machine has taken over. */
export const hubName = ({ sync }: Pick<LocationConfig, 'sync'>): string => sync?.hubDevice ?? HUB_DEVICE;

/** Where it may be, besides its own place, when nobody is found there: on a relay's machine, or where it was before. */
export const otherPlaces = (config: Pick<LocationConfig, 'sync'> | null): readonly string[] => [
  ...(config?.sync?.relays ?? []).map(({ address }) => address),
  ...(config?.sync?.formerHubs ?? []),
];

const PORT = /^https?:\/\/(?:\[[^\]]*\]|[^/:]*):(\d+)/;

/** The port that devices look for it at; an address without one means the usual one of its scheme. */
export const portOf = ({ address }: Pick<HubPlace, 'address'>): number => Number(PORT.exec(address)?.[1] ?? 80);
