/**
 * Where hub and relays are heard in the network while the hub is silent (M2, M5): one that has got another address is found
 * again without a hand.
 *
 * A hint: anybody in the network can announce anything. So nobody is looked for while the hub answers, and those who call
 * this one try the configuration's addresses first. Counted are only those of this location whose very journal this device
 * holds, so that a copy, a hub set up to try things out, and one of another location are never called, whatever they say of
 * themselves. Who announces a journal that is not its own meets the checks that stand at every address (O3).
 */
import type { LocationConfig } from '@aufruf/shared/domain/location-config/schema';
import type { DeviceId } from '@aufruf/shared/lib/ids';
import type { Discovery, Heard } from '@aufruf/shared/protocol/discovery';
import { isOfHub, journalKey } from '@aufruf/shared/sync/event';
import type { EventStore } from '../store/event-store.ts';

/** Most addresses that are tried of each kind: a flood of announcements must not keep the configured ones waiting. */
export const MAX_HINTS = 3;

export interface Whereabouts {
  /** Called with each tick: begins to listen when the hub falls silent, and ends when it serves. */
  follow(isSilent: boolean): void;
  /** Addresses at which a hub of this location is heard. */
  hubs(): readonly string[];
  /** Relays of the configuration that serve, and where they are heard. */
  relays(): readonly { readonly device: DeviceId; readonly address: string }[];
  close(): void;
}

export interface WhereaboutsOptions {
  readonly store: Pick<EventStore, 'device' | 'versionVector'>;
  /** Absent: nobody is ever heard. */
  readonly discovery: Pick<Discovery, 'browse'> | undefined;
  readonly config: () => LocationConfig | null;
}

export function createWhereabouts({ store, discovery, config }: WhereaboutsOptions): Whereabouts {
  let heard: readonly Heard[] = [];
  let stop: (() => void) | null = null;

  function close(): void {
    stop?.();
    stop = null;
    heard = [];
  }

  function known(role: Heard['role']): readonly Heard[] {
    const ofRole = heard.filter((each) => each.role === role && each.locationId === config()?.id);
    if (ofRole.length === 0) return [];
    const held = store.versionVector();
    return ofRole.filter((each) => (held[journalKey(each)] ?? 0) > 0);
  }

  return {
    follow(isSilent) {
      if (!isSilent) return close();
      stop ??=
        discovery?.browse((all) => {
          heard = all;
        }) ?? null;
    },
    hubs: () =>
      known('hub')
        .filter((each) => isOfHub(journalKey(each)))
        .slice(0, MAX_HINTS)
        .map(({ url }) => url),
    relays() {
      const named = config()?.sync?.relays ?? [];
      return known('relay')
        .filter(({ device }) => device !== store.device && named.some((relay) => relay.device === device))
        .slice(0, MAX_HINTS)
        .map(({ device, url }) => ({ device, address: url }));
    },
    close,
  };
}
