/** Devices with SQLite files in this process, opened as the apps open them, over real sockets. */
import { type Device, openDevice } from '@aufruf/engine/device/open-device';
import { createNodePlatform } from '@aufruf/engine/platform/node-platform';
import type { Log } from '@aufruf/engine/platform/platform';
import type { Caller } from '@aufruf/shared/bridge/roles';
import type { CounterId, DeviceId, DisplayId, KioskId } from '@aufruf/shared/lib/ids';
import type { Discovery } from '@aufruf/shared/protocol/discovery';
import { createMemoryAir } from '../discovery/test/memory-discovery.ts';
import { serveAsRelay } from '../serve-as-relay.ts';

const silent: Log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
const platform = createNodePlatform({ log: silent });

export interface SocketDevices {
  /** The device that runs, or a new start on its disk. */
  device(id: string): Device;
  close(id: string): void;
  closeAll(): void;
}

export function openSocketDevices(
  folder: string,
  hubUrl: string,
  discovery: Discovery = createMemoryAir().discovery(),
): SocketDevices {
  const devices = new Map<string, Device>();

  function start(id: string): Device {
    const device = openDevice({
      folder,
      stationId: id as DeviceId,
      hubUrl,
      caller: callerOf(id),
      openRelayService: serveAsRelay(discovery),
      discovery,
      platform,
    });
    devices.set(id, device);
    return device;
  }
  function close(id: string): void {
    devices.get(id)?.close();
    devices.delete(id);
  }

  return {
    device: (id) => devices.get(id) ?? start(id),
    close,
    closeAll() {
      for (const id of [...devices.keys()]) close(id);
    },
  };
}

function callerOf(id: string): Caller {
  if (id.startsWith('kiosk')) return { role: 'kiosk', kioskId: id as KioskId };
  if (id.startsWith('display')) return { role: 'display', displayId: id as DisplayId };
  return { role: 'clerk', counterId: id as CounterId };
}
