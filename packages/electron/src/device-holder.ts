/**
 * The device that this app is at the moment: its data, its conversation with the hub, its sessions. Another one takes
 * its place when the set-up changes; one whose disk refuses is tried again, so that a freed disk needs nobody's hand.
 */
import type { WelcomeValue } from '@aufruf/shared/bridge/shell-table';
import type { DeviceId } from '@aufruf/shared/lib/ids';
import type { OwnHub } from '@aufruf/shared/takeover/own-hub';
import { createBackoff } from './backoff.ts';
import type { OpenSession } from './ipc/ipc-mount.ts';
import type { ShellPlatform } from './shell-platform.ts';
import { createWatchedValue, type WatchedValue } from './watched-value.ts';

export interface DeviceStart {
  /** Where its database lies; made if it is not there. */
  readonly folder: string;
  readonly stationId: DeviceId;
  readonly hubUrl: string;
  /** The hub that this app hosts, or could. */
  readonly ownHub: OwnHub;
}

export interface OpenedDevice {
  readonly openSession: OpenSession;
  close(): void;
}

/** @throws when the disk refuses */
export type OpenDevice = (start: DeviceStart) => OpenedDevice;

export interface DeviceHolder {
  /** `publicHubUrl`: under which address phones reach the hub. */
  use(start: DeviceStart, publicHubUrl: string): void;
  /** Null while no device is open. */
  readonly openSession: OpenSession;
  readonly welcome: Pick<WatchedValue<WelcomeValue | null>, 'get' | 'watch'>;
  close(): void;
}

export function createDeviceHolder(openDevice: OpenDevice, platform: ShellPlatform): DeviceHolder {
  const welcome = createWatchedValue<WelcomeValue | null>(null);
  const pause = createBackoff(platform.monoMs);
  let device: OpenedDevice | null = null;
  let cancelRetry = (): void => {};

  function close(): void {
    cancelRetry();
    welcome.set(null);
    device?.close();
    device = null;
  }

  function use(start: DeviceStart, publicHubUrl: string): void {
    close();
    try {
      device = openDevice(start);
    } catch (error) {
      platform.log.error('the device cannot open its data', { error });
      cancelRetry = platform.schedule(pause(), () => use(start, publicHubUrl));
      return;
    }
    welcome.set({ station: start.stationId, hubUrl: publicHubUrl });
  }

  return { use, close, welcome, openSession: (send) => device?.openSession(send) ?? null };
}
