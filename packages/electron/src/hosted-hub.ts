/**
 * The hub that this app hosts (M5): because it is set up so, because its command line says so, or because a supervisor has
 * made this machine the hub. Run in a process of its own (hub-host.ts); what is hosted is kept in the settings file, a
 * location that came by a takeover beside it.
 */
import { join } from 'node:path';
import type { HubChildSettings } from '@aufruf/shared/protocol/hub-child';
import { createOwnHub, type HubWish, type OwnHub } from '@aufruf/shared/takeover/own-hub';
import type { ElectronMain } from './electron-main.ts';
import { hostHub } from './hub-host.ts';
import type { DeviceSettings } from './settings/effective-settings.ts';
import { writeJsonFile } from './settings/json-file.ts';
import type { LaunchOptions } from './settings/launch-options.ts';
import type { ShellPlatform } from './shell-platform.ts';

/** The configuration that was in force when this machine took over. */
const LOCATION_FILE = 'hub-location.json';

export interface HostedHubOptions {
  readonly electron: Pick<ElectronMain, 'app' | 'utilityProcess'>;
  readonly hubEntry: string;
  readonly hubRenderers: (isPackaged: boolean) => HubChildSettings['renderers'];
  /** The app's data folder. */
  readonly folder: string;
  readonly openAllDay: boolean;
  /** Keeps it in the settings file. @throws when the disk refuses */
  readonly keep: (wish: HubWish | null) => void;
  readonly platform: ShellPlatform;
}

export function createHostedHub(options: HostedHubOptions): OwnHub {
  const { electron, hubEntry, hubRenderers, folder, openAllDay, keep, platform } = options;
  const { app, utilityProcess } = electron;
  return createOwnHub({
    run: (wish, tell) =>
      hostHub({
        fork: () => utilityProcess.fork(hubEntry, [], { serviceName: 'aufruf-hub', stdio: 'inherit' }),
        settings: () => ({
          ...wish(),
          openAllDay,
          dataFolder: join(folder, 'hub'),
          // The other devices of the location come over the network.
          host: '0.0.0.0',
          renderers: hubRenderers(app.isPackaged),
        }),
        tell,
        platform,
      }),
    keep,
    writeLocation(config) {
      const file = join(folder, LOCATION_FILE);
      writeJsonFile(file, config);
      return file;
    },
    log: platform.log,
  });
}

/**
 * What the app hosts from its start on; null: nothing. With `--take-over` it takes over under the name of this device, at
 * this machine's address: the others look for it there.
 */
export function wishAtStart(
  launch: LaunchOptions,
  { ownHub, stationId }: DeviceSettings,
  networkAddress: string | null,
): HubWish | null {
  if (!launch.takeOver || ownHub === null || stationId === null) return ownHub;
  return {
    ...ownHub,
    takeOver: { device: stationId, address: `http://${networkAddress ?? '127.0.0.1'}:${ownHub.port}` },
  };
}
