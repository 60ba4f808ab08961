/** The counter's main process: an ordinary window, its own engine and database, the bridge between the two. */
import { createLogFile } from '@aufruf/electron/log-file';
import { startDesktopApp } from '@aufruf/electron/start-desktop-app';
import { openDevice } from '@aufruf/engine/device/open-device';
import { createNodePlatform } from '@aufruf/engine/platform/node-platform';
import { createMdnsDiscovery } from '@aufruf/hub/discovery/mdns-discovery';
import { serveAsRelay } from '@aufruf/hub/serve-as-relay';
import { counterIdSchema } from '@aufruf/shared/lib/ids';

const logFile = createLogFile();
const platform = createNodePlatform({ write: logFile.write });
const discovery = createMdnsDiscovery({ platform });

startDesktopApp({
  app: 'counter',
  kind: {
    isLockedDown: false,
    playsSound: true,
    canBeBar: true,
    keepsAwake: false,
    hidesCursor: false,
    // Tells a clerk who works in another program that somebody waits.
    permissions: ['notifications'],
  },
  mainFolder: import.meta.dirname,
  discovery,
  platform,
  logFile,
  openDevice: (start) =>
    openDevice({
      ...start,
      discovery,
      platform,
      openRelayService: serveAsRelay(discovery),
      caller: { role: 'clerk', counterId: counterIdSchema.parse(start.stationId) },
    }),
});
