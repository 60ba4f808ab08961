import type { DeviceId } from '@aufruf/shared/lib/ids';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { bigLocation } from '../test/big-location.ts';
import { command } from '../test/commands.ts';
import { createWorld, relayAddress, type World } from '../test/world.ts';
import { announcedAddresses, announceHub } from './announce-hub.ts';
import { createMemoryAir, type MemoryAir } from './test/memory-discovery.ts';

const RELAY = 'counter-3';

describe('a hub that makes itself known', () => {
  let world: World;
  let air: MemoryAir;
  let stop: () => void;
  beforeEach(() => {
    const relays = [{ device: RELAY as DeviceId, address: relayAddress(RELAY) }];
    world = createWorld({ config: { ...bigLocation(), sync: { relays } } });
    air = createMemoryAir();
    announce();
  });
  afterEach(() => {
    stop();
    world.close();
  });
  function announce(): void {
    const { hubStore: store } = world;
    stop = announceHub({
      hub: world.hub(),
      store,
      port: 4700,
      discovery: air.discovery(),
      addresses: () => ['192.168.7.20'],
    });
  }

  it('says which location’s it is, whose journal it writes, and where it is', () => {
    const { id, name } = bigLocation();
    const { incarnation } = world.hubStore;
    expect(air.heard()).toEqual([
      { role: 'hub', locationId: id, device: 'hub', incarnation, name, port: 4700, url: 'http://192.168.7.20:4700' },
    ]);
  });

  it('a new name is announced in place of the old one', async () => {
    const name = { de: 'Neu', en: 'New' };
    const config = { ...bigLocation(2), name };
    void world.hub().execute(command('publishConfiguration', { config }));
    await world.until(() => world.hub().state().info.config?.version === 2, 'the name published');
    expect(air.heard().map((heard) => heard.name)).toEqual([name]);
  });

  it('says goodbye when it stops, and repetition does nothing', () => {
    stop();
    stop();
    expect(air.heard()).toEqual([]);
  });

  it('O3: says goodbye when it steps down', async () => {
    world.device('kiosk-1');
    await world.settle();
    world.crashDevice('kiosk-1');
    const disk = world.deviceStore('kiosk-1');
    disk.transact(() => disk.writeSetting('epoch', '9'));
    world.device('kiosk-1');
    await world.until(() => !world.hub().stats().isOrdering, 'the hub has stepped down');
    expect(air.heard()).toEqual([]);
  });

  it('M5: one whose place another has taken says goodbye, and nothing at its next start', async () => {
    stop();
    world.crashHub();
    const successor = world.startSuccessor(RELAY);
    await world.until(() => successor.hub.state().info.config?.version === 2, 'the new place published');
    world.startHub();
    announce();
    expect(air.heard()).toHaveLength(1);
    await world.until(() => world.hub().movedTo() !== null, 'the old hub has learnt of it');
    expect(air.heard()).toEqual([]);
    stop();
    world.crashHub();
    world.startHub();
    announce();
    expect(air.heard()).toEqual([]);
  });
});

describe('announcedAddresses', () => {
  it('are none where only this machine could come, the one that is listened at, or all of this machine', () => {
    for (const host of ['127.0.0.1', 'localhost', '::1', '[::1]']) expect(announcedAddresses(host)).toBeNull();
    expect(announcedAddresses('192.168.7.20')?.()).toEqual(['192.168.7.20']);
    for (const host of ['0.0.0.0', '::', undefined]) {
      const addresses = announcedAddresses(host)?.() ?? [];
      for (const address of addresses) expect(address).not.toMatch(/^127\.|^0\.0/);
    }
  });
});
