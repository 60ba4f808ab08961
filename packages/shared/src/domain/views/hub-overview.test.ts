import { describe, expect, it } from 'vitest';
import type { DeviceId } from '../../lib/ids.ts';
import type { MachineView } from '../../takeover/machine.ts';
import type { LocationConfig } from '../location-config/schema.ts';
import { hubOverview, hubOverviewSchema } from './hub-overview.ts';
import { at, config, counterId, dayState } from './test/fixtures.ts';

const relays = [
  { device: 'kiosk-1' as DeviceId, address: 'http://192.168.7.21:4701' },
  { device: 'counter-1' as DeviceId, address: 'http://192.168.7.20:4701' },
];
const machine: MachineView = {
  device: 'counter-1' as DeviceId,
  canHost: true,
  setUpWith: 'http://192.168.7.10:4700',
  servedBy: 'kiosk-1' as DeviceId,
  ownHub: { state: 'none' },
  ownHubSince: at('10:00'),
};
const supervised = (sync: Partial<NonNullable<LocationConfig['sync']>> = {}): LocationConfig => {
  const known = config();
  const counters = known.counters.map((counter) => ({ ...counter, supervisor: counter.id === 'counter-1' }));
  return { ...known, counters, sync: { relays, ...sync } };
};
const shown = (known: LocationConfig | null, id = 'counter-1', sources: object = {}) =>
  hubOverview(dayState({ config: known }), counterId(id), { mode: 'RELAY', machine, ...sources });

describe('hubOverview', () => {
  it('M2, M5: says who is the hub, which relays there are, which one serves, and what this machine may do', () => {
    const value = shown(supervised());
    expect(hubOverviewSchema.parse(value)).toEqual(value);
    expect(value).toMatchObject({
      self: { id: 'counter-1', is: { kind: 'counter' } },
      hub: { id: 'hub', is: { kind: 'other' } },
      hubAddress: 'http://192.168.7.10:4700',
      relays: [
        { device: { id: 'kiosk-1', is: { kind: 'kiosk' } }, isServing: true },
        { device: { id: 'counter-1' }, address: 'http://192.168.7.20:4701', isServing: false },
      ],
      takeover: { notOffered: 'otherServes' },
      ownHub: { state: 'none' },
    });
  });

  it('M5: offers the place that the configuration names for the relay that serves', () => {
    expect(shown(supervised(), 'counter-1', { machine: { ...machine, servedBy: machine.device } })).toMatchObject({
      takeover: relays[1],
    });
  });

  it('M5: names the machine that has taken over, and the address the configuration says', () => {
    const hub = 'http://192.168.7.20:4701';
    expect(
      shown(supervised({ hub, hubDevice: 'counter-1' as DeviceId }), 'counter-1', { mode: 'ORDERED' }),
    ).toMatchObject({
      hub: { id: 'counter-1', is: { kind: 'counter' } },
      hubAddress: hub,
      relays: [{ isServing: false }, { isServing: false }],
      takeover: { notOffered: 'isHub' },
    });
  });

  it('M5: a page of the hub itself has no machine to offer', () => {
    expect(shown(supervised(), 'counter-1', { mode: 'ORDERED', machine: null })).toMatchObject({
      self: null,
      hubAddress: null,
      takeover: { notOffered: 'noMachine' },
    });
  });

  it('X8: shows nothing where the configuration offers nothing of the supervisor\u2019s, or is not known', () => {
    expect(shown(supervised(), 'counter-2')).toBeNull();
    expect(shown(supervised(), 'counter-99')).toBeNull();
    expect(shown(config())).toBeNull();
    expect(shown(null)).toBeNull();
  });
});
