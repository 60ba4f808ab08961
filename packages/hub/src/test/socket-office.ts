/**
 * A location over real sockets: a hub in a process of its own, devices with SQLite files in this one, opened as the apps
 * open them. Everything under one temporary folder; `close` ends and deletes all.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Device, openDevice } from '@aufruf/engine/device/open-device';
import { createNodePlatform } from '@aufruf/engine/platform/node-platform';
import type { Log } from '@aufruf/engine/platform/platform';
import type { Caller } from '@aufruf/shared/bridge/roles';
import type { LocationConfig } from '@aufruf/shared/domain/location-config/schema';
import { assert } from '@aufruf/shared/lib/assert';
import type { CounterId, DeviceId, DisplayId, KioskId } from '@aufruf/shared/lib/ids';
import { serveAsRelay } from '../serve-as-relay.ts';
import { type HubProcess, startHubProcess } from './start-hub-process.ts';

const silent: Log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

export interface SocketOffice {
  readonly folder: string;
  readonly port: number;
  /** `file`: another database than the last. */
  startHub(file?: string): Promise<void>;
  killHub(): Promise<void>;
  /** The device that runs, or a new start on its disk. */
  device(id: string): Device;
  closeDevice(id: string): void;
  close(): Promise<void>;
}

/** `port`: the hub's. */
export function openSocketOffice(config: LocationConfig, port: number): SocketOffice {
  const platform = createNodePlatform({ log: silent });
  const folder = mkdtempSync(join(tmpdir(), 'aufruf-office-'));
  const locationFile = join(folder, 'location.json');
  writeFileSync(locationFile, JSON.stringify(config));
  const devices = new Map<string, Device>();
  let hub: HubProcess | null = null;

  function start(id: string): Device {
    const device = openDevice({
      folder: join(folder, 'devices'),
      stationId: id as DeviceId,
      hubUrl: `http://127.0.0.1:${port}`,
      caller: callerOf(id),
      openRelayService: serveAsRelay,
      platform,
    });
    devices.set(id, device);
    return device;
  }

  async function killHub(): Promise<void> {
    const killed = hub;
    hub = null;
    await killed?.kill();
  }

  return {
    folder,
    port,
    async startHub(file = 'hub.db') {
      assert(hub === null, 'one hub at a time');
      hub = await startHubProcess({ file: join(folder, file), port, load: 'quiet', locationFile });
    },
    killHub,
    device: (id) => devices.get(id) ?? start(id),
    closeDevice(id) {
      devices.get(id)?.close();
      devices.delete(id);
    },
    async close() {
      for (const device of devices.values()) device.close();
      await killHub();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export function callerOf(id: string): Caller {
  if (id.startsWith('kiosk')) return { role: 'kiosk', kioskId: id as KioskId };
  if (id.startsWith('display')) return { role: 'display', displayId: id as DisplayId };
  return { role: 'clerk', counterId: id as CounterId };
}
