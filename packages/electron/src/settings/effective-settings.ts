/**
 * What a device has to know before it can start. Comes from the command line, else from the environment, else from the
 * file that the set-up wrote.
 */
import type { DeviceId } from '@aufruf/shared/lib/ids';
import type { OwnHub, SettingsFile } from './device-settings.ts';
import type { LaunchOptions } from './launch-options.ts';

export interface DeviceSettings {
  /** Null: not set up yet. */
  readonly hubUrl: string | null;
  readonly stationId: DeviceId | null;
  readonly ownHub: OwnHub | null;
}

export function effectiveSettings(launch: LaunchOptions, file: SettingsFile | null): DeviceSettings {
  const ownHub = launch.ownHub ?? file?.ownHub ?? null;
  // Whoever hosts the hub is its first client, unless told otherwise.
  const ownUrl = ownHub === null ? null : `http://127.0.0.1:${ownHub.port}`;
  return {
    hubUrl: launch.hubUrl ?? ownUrl ?? file?.hubUrl ?? null,
    stationId: launch.stationId ?? file?.stationId ?? null,
    ownHub,
  };
}
