/**
 * A location over real sockets: a hub in a process of its own, devices with SQLite files in this one, opened as the apps
 * open them. Everything under one temporary folder; `close` ends and deletes all.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Device } from '@aufruf/engine/device/open-device';
import type { LocationConfig } from '@aufruf/shared/domain/location-config/schema';
import { assert } from '@aufruf/shared/lib/assert';
import type { Discovery } from '@aufruf/shared/protocol/discovery';
import { openSocketDevices } from './socket-devices.ts';
import { type HubProcess, startHubProcess } from './start-hub-process.ts';

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
export function openSocketOffice(config: LocationConfig, port: number, discovery?: Discovery): SocketOffice {
  const folder = mkdtempSync(join(tmpdir(), 'aufruf-office-'));
  const locationFile = join(folder, 'location.json');
  writeFileSync(locationFile, JSON.stringify(config));
  const devices = openSocketDevices(join(folder, 'devices'), `http://127.0.0.1:${port}`, discovery);
  let hub: HubProcess | null = null;

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
    device: devices.device,
    closeDevice: devices.close,
    async close() {
      devices.closeAll();
      await killHub();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
