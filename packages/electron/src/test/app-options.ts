/** What a desktop app is made of, in tests: a set-up that answers at once, and devices that only remember how they were opened. */
import { STATIONS_FORMAT, stationsSchema } from '@aufruf/shared/protocol/stations';
import type { DeviceStart } from '../device-holder.ts';
import type { DesktopAppOptions } from '../run-desktop-app.ts';
import type { TestShellPlatform } from './test-shell-platform.ts';

export const both = (text: string) => ({ de: text, en: text });
export const stations = stationsSchema.parse({
  format: STATIONS_FORMAT,
  location: { id: 'mitte', name: both('Mitte') },
  kiosk: [{ id: 'kiosk-1', name: both('Eingang') }],
  display: [],
  counter: [{ id: 'counter-7', name: both('Platz 7') }],
});
const kioskKind: DesktopAppOptions['kind'] = {
  isLockedDown: true,
  playsSound: false,
  canBeBar: false,
  keepsAwake: true,
  hidesCursor: false,
  permissions: [],
};
export const counterKind: DesktopAppOptions['kind'] = {
  ...kioskKind,
  isLockedDown: false,
  canBeBar: true,
  keepsAwake: false,
  permissions: ['notifications'],
};
export interface OpenedTestDevice extends DeviceStart {
  closed: boolean;
}

export interface TestAppOptions {
  readonly args: readonly string[];
  readonly folder: string;
  readonly platform: TestShellPlatform;
  /** Each device that is opened is added. */
  readonly devices: OpenedTestDevice[];
}

/** A kiosk's. */
export const testAppOptions = ({ args, folder, platform, devices }: TestAppOptions): DesktopAppOptions => ({
  app: 'kiosk',
  kind: kioskKind,
  preload: '/out/preload/index.cjs',
  renderer: '/out/renderer',
  hubEntry: '/out/main/hub.js',
  hubRenderers: () => ({ kiosk: '/k', display: '/d', counter: '/c' }),
  networkAddress: () => '192.168.7.20',
  openDevice(start) {
    const device = { ...start, closed: false };
    devices.push(device);
    return {
      openSession: () => null,
      close() {
        device.closed = true;
      },
    };
  },
  ask: async () => ({ ok: true, value: stations }),
  discovery: { browse: () => () => {} },
  logFile: { open: () => {} },
  launch: { args, env: {}, from: folder },
  platform,
});
