/** The kiosk's main process: a locked window, its own engine and database, the bridge between the two. */
import { createLogFile } from '@aufruf/electron/log-file';
import { startDesktopApp } from '@aufruf/electron/start-desktop-app';
import { openDevice } from '@aufruf/engine/device/open-device';
import { createNodePlatform } from '@aufruf/engine/platform/node-platform';
import { createMdnsDiscovery } from '@aufruf/hub/discovery/mdns-discovery';
import { serveAsRelay } from '@aufruf/hub/serve-as-relay';
import { kioskIdSchema } from '@aufruf/shared/lib/ids';

const logFile = createLogFile();
const platform = createNodePlatform({ write: logFile.write });
const discovery = createMdnsDiscovery({ platform });

startDesktopApp({
  app: 'kiosk',
  kind: {
    isLockedDown: true,
    playsSound: false,
    canBeBar: false,
    keepsAwake: true,
    hidesCursor: false,
    permissions: [],
  },
  mainFolder: import.meta.dirname,
  discovery,
  platform,
  logFile,
  openDevice(start) {
    const kioskId = kioskIdSchema.parse(start.stationId);
    const device = openDevice({
      ...start,
      discovery,
      platform,
      openRelayService: serveAsRelay(discovery),
      caller: { role: 'kiosk', kioskId },
    });
    return {
      openSession(send) {
        // A new page knows nothing of what the one before it had just drawn: nobody holds those numbers (N3).
        const voided = device.engine.voidUnhandedTickets(kioskId);
        if (voided > 0) platform.log.warn('tickets that nobody holds were taken back', { count: voided });
        return device.openSession(send);
      },
      close: () => device.close(),
    };
  },
});
