/** The display's main process: a locked window that may sound, its own engine and database, the bridge between them. */
import { startDesktopApp } from '@aufruf/electron/start-desktop-app';
import { openDevice } from '@aufruf/engine/device/open-device';
import { createNodePlatform } from '@aufruf/engine/platform/node-platform';
import { displayIdSchema } from '@aufruf/shared/lib/ids';

const platform = createNodePlatform();

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
  platform,
  openDevice: (start) =>
    openDevice({
      ...start,
      platform,
      caller: { role: 'display', displayId: displayIdSchema.parse(start.stationId) },
    }),
});
