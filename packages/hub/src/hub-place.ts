/**
 * Where a location's hub is (rules O2, M5). A hub has the name of the machine it runs on: `hub`, or the device whose
 * machine has taken over. The configuration says which of them orders; a hub of another name does not.
 */

import type { EventStore } from '@aufruf/engine/store/event-store';
import type { LocationConfig } from '@aufruf/shared/domain/location-config/schema';
import { HUB_DEVICE } from '@aufruf/shared/sync/event';
import type { HubPlace } from '@aufruf/shared/takeover/hub-place';

/** This location's hub is at another machine, and nothing is known here that could be handed on to it. */
export class HubElsewhere extends Error {
  readonly device: string;
  readonly address: string | null;
  constructor(device: string, address: string | null) {
    super(`the configuration in force has the hub at ${device} (${address ?? 'no address'})`);
    this.name = 'HubElsewhere';
    this.device = device;
    this.address = address;
  }
}

/** The name this database orders under. */
export const ownName = (store: Pick<EventStore, 'readSetting'>): string => store.readSetting('hubDevice') ?? HUB_DEVICE;

/** The next version of a configuration, with the hub at `place`; the device there is no relay any more. */
export function withHubAt(config: LocationConfig, { device, address }: HubPlace): LocationConfig {
  const relays = (config.sync?.relays ?? []).filter((relay) => relay.device !== device);
  return {
    ...config,
    version: config.version + 1,
    sync: { ...config.sync, hub: address, hubDevice: device, relays },
  };
}
