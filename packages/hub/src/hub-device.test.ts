import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createNodePlatform } from '@aufruf/engine/platform/node-platform';
import type { Platform } from '@aufruf/engine/platform/platform';
import { createTestPlatform } from '@aufruf/engine/platform/test-platform';
import type { EventStore } from '@aufruf/engine/store/event-store';
import { createMemoryStore } from '@aufruf/engine/store/memory-store';
import { openSqliteStore } from '@aufruf/engine/store/sqlite-store';
import { createDeviceEngine, type DeviceEngine } from '@aufruf/engine/sync/device-engine';
import { createSocketLink } from '@aufruf/engine/transport/socket-io-client';
import { createSocketServer, serveSync } from '@aufruf/engine/transport/socket-io-server';
import type { DeviceId } from '@aufruf/shared/lib/ids';
import { expect, vi } from 'vitest';
import { createHub, type Hub } from './hub.ts';
import { hubDeviceContract, type OfficeRig } from './hub-device.contract.ts';
import { bigLocation } from './test/big-location.ts';
import { createWorld } from './test/world.ts';

type OpenStore = (device: DeviceId, platform: Platform) => EventStore;
interface Disks {
  readonly open: OpenStore;
  remove(): void;
}

const memoryDisks = (): Disks => ({
  open: (device, platform) => createMemoryStore({ device, platform }),
  remove: () => {},
});
function sqliteDisks(): Disks {
  const folder = mkdtempSync(join(tmpdir(), 'aufruf-office-'));
  return {
    open: (device, platform) => openSqliteStore({ file: join(folder, `${device}.db`), device, platform }),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** Clocks and messages are moved by hand. */
async function inProcessRig({ open, remove }: Disks): Promise<OfficeRig> {
  const world = createWorld({ openStore: open });
  // T1: every device's wall clock is off by years.
  const device = (id: string) => {
    const engine = world.device(id);
    world.devicePlatform(id).setWallClock(1_000_000);
    return engine;
  };
  return {
    hub: world.hub,
    device,
    stopDevice: world.crashDevice,
    stopHub: async () => world.crashHub(),
    startHub: async () => void world.startHub(),
    until: world.until,
    answered: async (answer) => {
      let isAnswered = false;
      void answer.then(() => {
        isAnswered = true;
      });
      await world.until(() => isAnswered, 'the answer');
      return answer;
    },
    close: async () => {
      world.close();
      remove();
    },
  };
}

/** Real sockets, real clocks. */
async function socketRig({ open, remove }: Disks): Promise<OfficeRig> {
  const { log } = createTestPlatform({ now: 0, seed: 1 });
  const platform: Platform = { ...createNodePlatform({ log }), random: () => 0 };
  const hubStore = open('hub' as DeviceId, platform);
  const stores = new Map<string, EventStore>();
  const devices = new Map<string, DeviceEngine>();
  let running: { readonly hub: Hub; readonly stop: () => Promise<void> } | null = null;
  let port = 0;

  async function startHub(): Promise<void> {
    const hub = createHub({ store: hubStore, platform, config: bigLocation() });
    const server = createServer();
    const sockets = createSocketServer(server, { allowRequest: () => true, log });
    serveSync(sockets, hub.attach);
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
    ({ port } = server.address() as AddressInfo);
    const stop = async () => {
      hub.close();
      sockets.close();
      await new Promise((resolve) => server.close(resolve));
    };
    running = { hub, stop };
  }
  const stopHub = async () => {
    await running?.stop();
    running = null;
  };

  await startHub();
  return {
    hub: () => {
      if (running === null) throw new Error('the hub is stopped');
      return running.hub;
    },
    device(id) {
      const known = devices.get(id);
      if (known !== undefined) return known;
      const own = { ...platform, now: () => platform.now() - 1_000_000_000_000 };
      const store = stores.get(id) ?? open(id as DeviceId, own);
      stores.set(id, store);
      const link = createSocketLink({ url: `http://127.0.0.1:${port}`, platform });
      const engine = createDeviceEngine({ store, link, platform: own });
      devices.set(id, engine);
      return engine;
    },
    stopDevice(id) {
      devices.get(id)?.close();
      devices.delete(id);
    },
    stopHub,
    startHub,
    until: (condition) => vi.waitFor(() => expect(condition()).toBe(true), { timeout: 10_000, interval: 2 }),
    answered: (answer) => answer,
    close: async () => {
      for (const engine of devices.values()) engine.close();
      await stopHub();
      for (const store of [hubStore, ...stores.values()]) store.close();
      remove();
    },
  };
}

hubDeviceContract('memory, in process', () => inProcessRig(memoryDisks()));
hubDeviceContract('SQLite, in process', () => inProcessRig(sqliteDisks()));
hubDeviceContract('memory, socket.io', () => socketRig(memoryDisks()));
hubDeviceContract('SQLite, socket.io', () => socketRig(sqliteDisks()));
