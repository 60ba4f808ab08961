/**
 * A hub and its devices on a hand-moved network and clock: nothing happens but what the test lets happen. Each process
 * has its own platform, as each machine has its own clock; `advance` moves them together.
 */
import type { TestPlatform } from '@aufruf/engine/platform/test-platform';
import { createTestPlatform } from '@aufruf/engine/platform/test-platform';
import type { EventStore } from '@aufruf/engine/store/event-store';
import { createMemoryStore } from '@aufruf/engine/store/memory-store';
import { createDeviceEngine, type DeviceEngine } from '@aufruf/engine/sync/device-engine';
import { createInProcessNetwork, HUB_ADDRESS, type InProcessNetwork } from '@aufruf/engine/transport/in-process';
import type { HubLink } from '@aufruf/engine/transport/transport';
import type { LocationConfig } from '@aufruf/shared/domain/location-config/schema';
import { at } from '@aufruf/shared/domain/views/test/fixtures';
import { assert } from '@aufruf/shared/lib/assert';
import type { DeviceId } from '@aufruf/shared/lib/ids';
import type { EpochMs } from '@aufruf/shared/lib/time';
import type { Discovery } from '@aufruf/shared/protocol/discovery';
import { createHub, type Hub, type HubOptions } from '../hub.ts';
import { createRelay } from '../relay.ts';
import { bigLocation } from './big-location.ts';

/** Turns that `until` gives a condition to come true. */
const MAX_TURNS = 2_000;
/** Clock time of a turn of `until`. */
const TURN_MS = 100;

export interface WorldOptions {
  readonly seed?: number;
  readonly now?: EpochMs;
  readonly config?: LocationConfig;
  readonly openStore?: (device: DeviceId, platform: TestPlatform) => EventStore;
  /** Who is heard on the network of all devices. */
  readonly discovery?: Pick<Discovery, 'browse'>;
}

export interface World {
  readonly network: InProcessNetwork;
  hub(): Hub;
  hubPlatform(): TestPlatform;
  readonly hubStore: EventStore;
  /** The disk of a hub that has crashed is gone, or `copy` stands in its place: the next start is on that. */
  replaceHubDisk(copy?: EventStore): void;
  /** Starts a device on a new disk, or returns the one that runs. */
  device(id: string): DeviceEngine;
  deviceStore(id: string): EventStore;
  devicePlatform(id: string): TestPlatform;
  /** Ends a device's process at once, keeping its disk; `device` starts it again. */
  crashDevice(id: string): void;
  /** Cuts a device off from the hub and from every relay, or only from the hub if it is let. */
  cutOff(id: string): void;
  heal(id: string): void;
  /** Ends the hub's process at once: what it had not committed is gone. */
  crashHub(): void;
  startHub(over?: Partial<HubOptions>): Hub;
  /**
   * A second hub, on a new disk or the one given, on the machine of a device: at that one's relay address (M5). `again`: it is
   * started like any hub, having taken the place before.
   */
  startSuccessor(device: string, store?: EventStore, how?: 'takesOver' | 'again'): Successor;
  advance(ms: number): void;
  /** Lets everything that is on its way arrive, and what follows from it, without time passing. */
  settle(): Promise<void>;
  /** Lets time pass until the condition holds. @throws when it never does */
  until(condition: () => boolean, what?: string): Promise<void>;
  close(): void;
}

export interface Successor {
  readonly hub: Hub;
  readonly store: EventStore;
  readonly platform: TestPlatform;
  crash(): void;
}

export function createWorld(options: WorldOptions = {}): World {
  const { seed = 1, now = at('09:00'), config = bigLocation(), openStore = createStore, discovery } = options;
  const network = createInProcessNetwork();
  let nextSeed = seed * 1_000;
  /** Platforms of running processes. */
  const running = new Set<TestPlatform>();
  let clock = now;
  const newPlatform = (): TestPlatform => {
    const platform = createTestPlatform({ now: clock, seed: nextSeed++ });
    running.add(platform);
    return platform;
  };

  const stores = new Map<string, EventStore>();
  const devices = new Map<string, RunningDevice>();
  const cutOff = new Set<string>();
  /** Addresses of devices' machines where a hub listens now. */
  const taken = new Set<string>();
  const successors: Hub[] = [];
  let hubPlatform = newPlatform();
  let hubStore = openStore('hub' as DeviceId, hubPlatform);
  let hub: Hub | null = null;
  let takeOff = (): void => {};

  function startHub(over: Partial<HubOptions> = {}): Hub {
    const linked = linksOf('hub');
    const started = createHub({ store: hubStore, platform: hubPlatform, config, openLink: linked.open, ...over });
    hub = started;
    const stopListening = network.listen(started.attach);
    takeOff = () => {
      stopListening();
      linked.end();
    };
    return started;
  }

  /** Links of one process to addresses of the configuration. */
  function linksOf(id: string) {
    const names = new Set<string>();
    return {
      open: (address: string): HubLink => {
        // Home is cut and healed by the device's own name.
        const base = address === HUB_ADDRESS ? id : `${id}>${address}`;
        let name = base;
        for (let n = 2; names.has(name); n += 1) name = `${base}#${n}`;
        names.add(name);
        if (cutOff.has(id)) network.cut(base);
        const link = network.link(name, address);
        return {
          ...link,
          close() {
            names.delete(name);
            link.close();
          },
        };
      },
      end: () => {
        for (const name of names) network.unplug(name);
      },
    };
  }

  function startSuccessor(device: string, given?: EventStore, how = 'takesOver'): Successor {
    const platform = newPlatform();
    const store = given ?? openStore('hub' as DeviceId, platform);
    const address = relayAddress(device);
    const linked = linksOf(`hub of ${device}`);
    const takeOver = { device: device as DeviceId, address };
    const started = createHub({
      store,
      platform,
      config,
      mayHavePredecessor: true,
      openLink: linked.open,
      ...(how === 'takesOver' && { takeOver }),
    });
    taken.add(address);
    const stopListening = network.listen(started.attach, address);
    successors.push(started);
    return {
      hub: started,
      store,
      platform,
      crash() {
        taken.delete(address);
        stopListening();
        linked.end();
        running.delete(platform);
      },
    };
  }

  function crashHub(): void {
    takeOff();
    running.delete(hubPlatform);
    hubPlatform = newPlatform();
    hub = null;
  }

  function startDevice(id: string): RunningDevice {
    const platform = newPlatform();
    const store = stores.get(id) ?? openStore(id as DeviceId, platform);
    stores.set(id, store);
    const linked = linksOf(id);
    const ends = [linked.end];
    const engine = createDeviceEngine({
      store,
      link: network.link(id),
      platform,
      hubAddress: HUB_ADDRESS,
      openRelayLink: linked.open,
      ...(discovery && { discovery }),
      openRelayService: (service) =>
        createRelay(service, (onConnection) => {
          if (taken.has(relayAddress(id))) return platform.schedule(0, service.onUnreachable);
          const stop = network.listen(onConnection, relayAddress(id));
          ends.push(stop);
          return stop;
        }),
    });
    const started = {
      engine,
      platform,
      end: () => {
        for (const end of ends) end();
      },
    };
    devices.set(id, started);
    return started;
  }
  const process = (id: string) => devices.get(id) ?? startDevice(id);

  async function settle(): Promise<void> {
    for (let quiet = 0; quiet < 3; ) {
      const delivered = network.flush();
      for (const platform of running) platform.advance(0);
      // Promises of commands.
      await new Promise((resolve) => setImmediate(resolve));
      quiet = delivered === 0 ? quiet + 1 : 0;
    }
  }

  function advance(ms: number): void {
    clock += ms;
    for (const platform of running) platform.advance(ms);
    network.retry();
  }

  startHub();
  return {
    network,
    hub: () => {
      assert(hub !== null, 'the hub runs');
      return hub;
    },
    hubPlatform: () => hubPlatform,
    get hubStore() {
      return hubStore;
    },
    replaceHubDisk(copy) {
      assert(hub === null, 'the hub has crashed');
      hubStore.close();
      hubStore = copy ?? openStore('hub' as DeviceId, hubPlatform);
    },
    device: (id) => process(id).engine,
    deviceStore: (id) => {
      const store = stores.get(id);
      assert(store, `${id} has a disk`);
      return store;
    },
    devicePlatform: (id) => process(id).platform,
    crashDevice: (id) => {
      const { platform, end } = process(id);
      end();
      running.delete(platform);
      devices.delete(id);
      network.unplug(id);
    },
    cutOff: (id) => {
      cutOff.add(id);
      network.cut(id);
      for (const other of stores.keys()) {
        network.cut(`${id}>${relayAddress(other)}`);
        network.cut(`${other}>${relayAddress(id)}`);
      }
    },
    heal: (id) => {
      cutOff.delete(id);
      network.heal(id);
      for (const other of stores.keys()) {
        network.heal(`${id}>${relayAddress(other)}`);
        network.heal(`${other}>${relayAddress(id)}`);
      }
    },
    crashHub,
    startHub,
    startSuccessor,
    advance,
    settle,
    async until(condition, what = 'the condition') {
      for (let turn = 0; turn < MAX_TURNS; turn += 1) {
        await settle();
        if (condition()) return;
        advance(TURN_MS);
      }
      throw new Error(`${what} never held`);
    },
    close() {
      for (const { engine } of devices.values()) engine.close();
      hub?.close();
      for (const successor of successors) successor.close();
      for (const store of stores.values()) store.close();
      hubStore.close();
    },
  };
}

interface RunningDevice {
  readonly engine: DeviceEngine;
  readonly platform: TestPlatform;
  readonly end: () => void;
}

/** Where a device listens when it is a relay. */
export const relayAddress = (id: string): string => `http://${id}:4701`;

const createStore = (device: DeviceId, platform: TestPlatform): EventStore => createMemoryStore({ device, platform });
