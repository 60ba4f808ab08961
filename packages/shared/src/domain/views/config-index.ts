/** Looking up the configuration's parts by id. Built once for each published configuration, then kept with it. */
import type { CounterId, ServiceId } from '../../lib/ids.ts';
import { openServiceId } from '../calling-order/open-service.ts';
import type { Counter, LocationConfig, Service } from '../location-config/schema.ts';
import type { Visit } from '../visit/visit.ts';

export interface ConfigIndex {
  readonly services: ReadonlyMap<ServiceId, Service>;
  readonly counters: ReadonlyMap<CounterId, Counter>;
}

/** Configurations are never changed in place, so an index stays true as long as its configuration lives. */
const indexes = new WeakMap<LocationConfig, ConfigIndex>();

export function indexConfig(config: LocationConfig): ConfigIndex {
  const known = indexes.get(config);
  if (known !== undefined) return known;
  const made: ConfigIndex = {
    services: new Map(config.services.map((service) => [service.id, service])),
    counters: new Map(config.counters.map((counter) => [counter.id, counter])),
  };
  indexes.set(config, made);
  return made;
}

/** The service a visit waits for or is served for; undefined if the configuration no longer has it. */
export function openService(index: ConfigIndex, visit: Visit): Service | undefined {
  const serviceId = openServiceId(visit);
  return serviceId === null ? undefined : index.services.get(serviceId);
}

/** What stands at the counter's door; the id stands in for a counter that the configuration no longer has. */
export const counterLabel = (index: ConfigIndex, counterId: CounterId): string =>
  index.counters.get(counterId)?.label ?? counterId;
