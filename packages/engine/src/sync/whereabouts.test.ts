import type { LocationConfig } from '@aufruf/shared/domain/location-config/schema';
import type { DeviceId } from '@aufruf/shared/lib/ids';
import type { Heard } from '@aufruf/shared/protocol/discovery';
import { mitte } from '@aufruf/shared/protocol/test/announcement';
import { journalKey } from '@aufruf/shared/sync/event';
import { beforeEach, describe, expect, it } from 'vitest';
import { createWhereabouts, MAX_HINTS, type Whereabouts } from './whereabouts.ts';

const hub: Heard = { ...mitte, url: 'http://10.0.0.5:4700' };
const relay: Heard = { ...hub, role: 'relay', device: 'counter-3' as DeviceId, url: 'http://10.0.0.7:4701' };
const self: Heard = { ...relay, device: 'counter-1' as DeviceId, url: 'http://10.0.0.6:4701' };
const relays = [relay, self].map(({ device }) => ({ device, address: `http://${device}:4701` }));

describe('whereabouts', () => {
  let searches: number;
  let tell: ((heard: readonly Heard[]) => void) | null;
  let whereabouts: Whereabouts;
  let config: LocationConfig | null;
  beforeEach(() => {
    searches = 0;
    tell = null;
    config = { id: 'mitte', sync: { relays } } as unknown as LocationConfig;
    whereabouts = createWhereabouts({
      store: {
        device: self.device,
        versionVector: () => Object.fromEntries([hub, relay, self].map((each) => [journalKey(each), 1])),
      },
      discovery: {
        browse(onHeard) {
          searches += 1;
          tell = onHeard;
          return () => {
            tell = null;
          };
        },
      },
      config: () => config,
    });
  });
  const hear = (...heard: readonly Heard[]) => {
    whereabouts.follow(true);
    tell?.(heard);
  };

  it('M5: nobody is listened to while the hub serves, and what was heard is forgotten', () => {
    whereabouts.follow(false);
    expect(searches).toBe(0);
    hear(hub, relay);
    hear(hub, relay);
    expect([searches, whereabouts.hubs()]).toEqual([1, [hub.url]]);
    whereabouts.follow(false);
    expect([tell, whereabouts.hubs(), whereabouts.relays()]).toEqual([null, [], []]);
    whereabouts.follow(true);
    expect([searches, whereabouts.hubs()]).toEqual([2, []]);
    whereabouts.close();
    expect(tell).toBeNull();
  });

  it('M2: of relays those of the configuration count, and never the device itself', () => {
    hear(hub, self, relay, { ...relay, device: 'kiosk-1' as DeviceId });
    expect(whereabouts.relays()).toEqual([{ device: relay.device, address: relay.url }]);
  });

  it('M5: before a configuration is known nobody is one’s own', () => {
    config = null;
    hear(hub, relay);
    expect([whereabouts.hubs(), whereabouts.relays()]).toEqual([[], []]);
  });

  it('M5: a flood of announcements gets MAX_HINTS addresses a turn', () => {
    const flood = (count: number) =>
      Array.from({ length: count }, (_, n) => ({ ...hub, url: `http://10.0.0.5:${n + 1}` }));
    hear(...flood(MAX_HINTS));
    expect(whereabouts.hubs()).toHaveLength(MAX_HINTS);
    hear(...flood(MAX_HINTS + 1));
    expect(whereabouts.hubs()).toEqual(flood(MAX_HINTS).map(({ url }) => url));
  });

  it('M5: without discovery nobody is ever heard', () => {
    const deaf = createWhereabouts({
      store: { device: self.device, versionVector: () => ({}) },
      discovery: undefined,
      config: () => config,
    });
    deaf.follow(true);
    expect(deaf.hubs()).toEqual([]);
    deaf.close();
  });
});
