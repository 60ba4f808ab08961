/** The display's main process: a locked window that may sound, its own engine and database, the bridge between them. */
import { createLogFile } from '@aufruf/electron/log-file';
import { startDesktopApp } from '@aufruf/electron/start-desktop-app';
import { openDevice } from '@aufruf/engine/device/open-device';
import { createNodePlatform } from '@aufruf/engine/platform/node-platform';
import { createMdnsDiscovery } from '@aufruf/hub/discovery/mdns-discovery';
import { displayIdSchema } from '@aufruf/shared/lib/ids';

const logFile = createLogFile();
const platform = createNodePlatform({ write: logFile.write });
const discovery = createMdnsDiscovery({ platform });

startDesktopApp({
  app: 'display',
  kind: {
    isLockedDown: true,
    playsSound: true,
    canBeBar: false,
    keepsAwake: true,
    hidesCursor: true,
    permissions: [],
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
      caller: { role: 'display', displayId: displayIdSchema.parse(start.stationId) },
    }),
});
