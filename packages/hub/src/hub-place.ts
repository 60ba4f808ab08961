/**
 * Where a location's hub is (rules O2, M5). A hub has the name of the machine it runs on: `hub`, or the device whose
 * machine has taken over. The configuration says which of them orders; a hub of another name does not.
 */

import type { EventStore } from '@aufruf/engine/store/event-store';
import { LIMITS, type LocationConfig } from '@aufruf/shared/domain/location-config/schema';
import type { DeviceId } from '@aufruf/shared/lib/ids';
import { HUB_DEVICE } from '@aufruf/shared/sync/event';
import { type HubPlace, hubName } from '@aufruf/shared/takeover/hub-place';

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

/**
 * The next version of a configuration, with the hub at `place`; the device there is no relay any more. The place it leaves
 * stays known: the machine of a device stands in for the hub again, as before it was the hub; another one is a former hub's.
 */
export function withHubAt(config: LocationConfig, { device, address }: HubPlace): LocationConfig {
  const { sync, kiosks, counters } = config;
  const left = sync?.hub ?? null;
  const leftDevice = hubName(config) as DeviceId;
  const isStillThere =
    leftDevice !== device && [...kiosks, ...counters].some(({ id }) => (id as string) === leftDevice);
  const others = (sync?.relays ?? []).filter((relay) => relay.device !== device);
  const isRelayAgain = left !== null && isStillThere && others.length < LIMITS.relays;
  const relays = isRelayAgain ? [...others, { device: leftDevice, address: left }] : others;
  const taken = new Set([address, ...relays.map((relay) => relay.address)]);
  const known = new Set([...(left === null ? [] : [left]), ...(sync?.formerHubs ?? [])]);
  const formerHubs = [...known].filter((each) => !taken.has(each)).slice(0, LIMITS.formerHubs);
  return {
    ...config,
    version: config.version + 1,
    sync: { hub: address, hubDevice: device, relays, ...(formerHubs.length > 0 && { formerHubs }) },
  };
}
