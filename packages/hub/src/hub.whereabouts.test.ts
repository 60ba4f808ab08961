/** A hub or a relay at another address than devices were told: it is heard in the network, and found again without a hand. */
import type { EventStore } from '@aufruf/engine/store/event-store';
import { createMemoryStore } from '@aufruf/engine/store/memory-store';
import type { LocationConfig } from '@aufruf/shared/domain/location-config/schema';
import type { DeviceId, Incarnation, LocationId } from '@aufruf/shared/lib/ids';
import type { Announcement } from '@aufruf/shared/protocol/discovery';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createMemoryAir, type MemoryAir } from './discovery/test/memory-discovery.ts';
import { createHub, type Hub } from './hub.ts';
import { bigLocation } from './test/big-location.ts';
import { draw } from './test/commands.ts';
import { stepsIn } from './test/steps.ts';
import { createWorld, type World } from './test/world.ts';

const DEVICES = ['kiosk-1', 'counter-1', 'display-3'] as const;
/** The address that devices were set up with is the hub's first. */
const ELSEWHERE = 'http://192.168.7.99:4700';
/** Long enough for each address to get its turn some times. */
const MINUTE = 60_000;

let air: MemoryAir;
let world: World;
/** Hubs beside the world's own, with the number of connections each has got. */
let others: {
  readonly hub: Hub;
  readonly store: EventStore;
  readonly calls: () => number;
  readonly stop: () => void;
}[];
const { allOrdered } = stepsIn(() => world, DEVICES);
const modeOf = (id: string) => world.device(id).syncStatus().mode;
const modes = () => DEVICES.map(modeOf);

beforeEach(() => {
  air = createMemoryAir();
  others = [];
});
afterEach(() => {
  for (const { hub } of others) hub.close();
  world.close();
});

async function open(config: LocationConfig = bigLocation()): Promise<void> {
  world = createWorld({ config, discovery: air.discovery() });
  await allOrdered();
}
function hubAt(address: string, store: EventStore, config: LocationConfig = bigLocation()) {
  const hub = createHub({ store, platform: world.hubPlatform(), config });
  let count = 0;
  const stop = world.network.listen((connection) => {
    count += 1;
    hub.attach(connection);
  }, address);
  const other = { hub, store, calls: () => count, stop };
  others.push(other);
  return other;
}
const newStore = () => createMemoryStore({ device: 'hub' as DeviceId, platform: world.hubPlatform() });
function announce(over: Partial<Announcement> = {}, url = ELSEWHERE): () => void {
  const { hostname, port } = new URL(url);
  const { id: locationId, name } = bigLocation();
  const hub = { role: 'hub', device: 'hub' as DeviceId, incarnation: world.hubStore.incarnation } as const;
  return air.discovery().announce({ ...hub, locationId, name, port: Number(port), ...over }, () => [hostname]);
}
async function pass(ms: number): Promise<void> {
  for (let passed = 0; passed < ms; passed += 500) {
    await world.settle();
    world.advance(500);
  }
}

describe('a hub at another address', () => {
  it('M5: is found again by everybody without a hand, and what happened meanwhile reaches it', async () => {
    await open();
    world.crashHub();
    await world.until(() => modeOf('kiosk-1') === 'ALONE', 'the kiosk alone');
    await world.device('kiosk-1').execute(draw());
    const { hub } = hubAt(ELSEWHERE, world.hubStore);
    announce();
    await world.until(() => modes().every((mode) => mode === 'ORDERED'), 'everybody served');
    await world.until(() => hub.state().openVisits.size === 1, 'the ticket');
    expect(hub.stats().epoch).toBe(2);
  });

  it('M5: is found by a device that was switched off meanwhile, after the addresses it was told', async () => {
    await open();
    world.crashDevice('kiosk-1');
    world.crashHub();
    hubAt(ELSEWHERE, world.hubStore);
    announce();
    await world.until(() => modeOf('kiosk-1') === 'ORDERED', 'the kiosk served');
  });

  it('M5: is not asked for while the hub answers where it should', async () => {
    await open();
    const { calls } = hubAt(ELSEWHERE, newStore());
    announce();
    await pass(MINUTE);
    expect(calls()).toBe(0);
    expect(modes()).toEqual(['ORDERED', 'ORDERED', 'ORDERED']);
  });

  it.each([
    ['of another location', { locationId: 'altona' as LocationId }],
    ['that is a copy, or was set up to try things out', { incarnation: 'e'.repeat(32) as Incarnation }],
    ['that says it is a relay', { role: 'relay' as const }],
    ['that bears the name of a device', { device: 'kiosk-2' as DeviceId }],
  ])('M5: one %s is never called', async (_what, lie) => {
    await open();
    world.crashHub();
    const { calls } = hubAt(ELSEWHERE, newStore());
    announce(lie);
    await pass(MINUTE);
    expect(calls()).toBe(0);
    expect(modes()).toEqual(['ALONE', 'ALONE', 'ALONE']);
  });

  it('O3: one that says it were this location’s, and has a lower epoch, is called and not followed', async () => {
    await open();
    for (let start = 0; start < 3; start += 1) {
      world.crashHub();
      world.startHub();
    }
    await allOrdered();
    const epoch = world.hub().stats().epoch;
    world.crashHub();
    const liar = hubAt(ELSEWHERE, newStore());
    const stop = announce();
    await pass(MINUTE);
    expect(liar.calls()).toBeGreaterThan(0);
    expect(modes()).toEqual(['ALONE', 'ALONE', 'ALONE']);
    expect(world.deviceStore('kiosk-1').readSetting('epoch')).toBe(String(epoch));
    stop();
    world.startHub();
    await allOrdered();
  });
});

describe('a relay at another address', () => {
  const RELAY = 'counter-3';
  const WAS = 'http://192.168.7.30:4701';
  const withRelay = (address: string): LocationConfig => ({
    ...bigLocation(),
    sync: { relays: [{ device: RELAY as DeviceId, address }] },
  });
  const announceRelay = (over: Partial<Announcement> = {}) =>
    announce(
      { role: 'relay', device: RELAY as DeviceId, incarnation: world.deviceStore(RELAY).incarnation, ...over },
      `http://${RELAY}:4701`,
    );
  async function islandOf(config: LocationConfig): Promise<void> {
    await open(config);
    await allOrdered([...DEVICES, RELAY]);
    world.crashHub();
    await world.until(() => [...modes(), modeOf(RELAY)].every((mode) => mode !== 'ORDERED'), 'the hub silent');
    await world.until(() => modeOf(RELAY) === 'RELAY', 'the relay serves');
  }

  it('M2: serves its island, once the address of the configuration was tried in vain', async () => {
    await islandOf(withRelay(WAS));
    announceRelay();
    await world.until(() => modes().every((mode) => mode === 'RELAY'), 'everybody on the island');
  });

  it.each([
    ['that is none of the configuration', { device: 'counter-1' as DeviceId }],
    ['of another location', { locationId: 'altona' as LocationId }],
    ['whose journal nobody knows', { incarnation: 'e'.repeat(32) as Incarnation }],
  ])('M2: one %s serves nobody', async (_what, lie) => {
    await islandOf(withRelay(WAS));
    announceRelay(lie);
    await pass(MINUTE);
    expect(modes()).toEqual(['ALONE', 'ALONE', 'ALONE']);
  });
});
