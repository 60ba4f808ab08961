/** The default session: permissions, devices, downloads, requests. Its handlers are consulted by every page. */
import { browser } from './browser.ts';
import { requireReady } from './lifecycle.ts';
import { settings } from './own-settings.ts';
import type { PageRequest } from './page-requests.ts';
import { sessionProtocol } from './protocol.ts';
import { record } from './records.ts';
import { preventable, StandInLacks, strict, strictEmitter } from './strict.ts';

type RequestHandler = (
  contents: object,
  permission: string,
  answer: (granted: boolean) => void,
  details: object,
) => void;
type CheckHandler = (contents: object | null, permission: string, origin: string, details: object) => boolean;
type BeforeRequest = (details: object, answer: (response: { readonly cancel?: boolean }) => void) => void;

let onRequest: RequestHandler | null = null;
let onCheck: CheckHandler | null = null;
let onDisplayMedia: ((request: object, answer: (streams: object) => void) => void) | null = null;
let beforeRequest: BeforeRequest | null = null;
let lastRequestId = 0;

/** Electron's name, and Chromium's with what tells them apart. */
const CHECKED: readonly (readonly [permission: string, name: string, details: object])[] = [
  ['notifications', 'notifications', {}],
  ['geolocation', 'geolocation', {}],
  ['media', 'camera', { mediaType: 'video' }],
  ['media', 'microphone', { mediaType: 'audio' }],
  ['clipboard-read', 'clipboard-read', {}],
  ['midi', 'midi', {}],
];

export const defaultSession = strictEmitter(
  'session',
  ['will-download', 'select-hid-device', 'select-usb-device', 'select-serial-port'],
  {
    protocol: sessionProtocol,
    webRequest: strict('session.webRequest', {
      onBeforeRequest(...args: readonly unknown[]) {
        if (args.length > 1) throw new StandInLacks('filter of session.webRequest.onBeforeRequest');
        beforeRequest = args[0] as BeforeRequest | null;
      },
    }),
    setPermissionRequestHandler(handler: RequestHandler | null) {
      onRequest = handler;
    },
    setPermissionCheckHandler(handler: CheckHandler | null) {
      onCheck = handler;
    },
    // No device is ever there to be asked for: kept to be read, never asked.
    setDevicePermissionHandler: (handler: unknown) => record('session.setDevicePermissionHandler', handler),
    setBluetoothPairingHandler: (handler: unknown) => record('session.setBluetoothPairingHandler', handler),
    setDisplayMediaRequestHandler(handler: typeof onDisplayMedia) {
      onDisplayMedia = handler;
    },
    setSpellCheckerEnabled: (isEnabled: boolean) => record('session.setSpellCheckerEnabled', isEnabled),
  },
);

export const session = strict('session', {
  get defaultSession() {
    requireReady('Session can only be received when app is ready');
    return defaultSession;
  },
});

/** Tells Chromium what the app's check handler says of an origin, before a page of it is opened. Without one all is granted. */
export async function applyPermissions(contents: object, shownUrl: string, appUrl: string): Promise<void> {
  if (!URL.canParse(shownUrl) || !/^https?:/.test(shownUrl)) return;
  const origin = new URL(shownUrl).origin;
  const requestingOrigin = `${/^[^:]+:\/\/[^/]*/.exec(appUrl)?.[0]}/`;
  for (const [permission, name, extra] of CHECKED) {
    const details = { ...extra, requestingUrl: appUrl, isMainFrame: true, securityOrigin: requestingOrigin };
    const granted = onCheck === null || onCheck(contents, permission, requestingOrigin, details);
    await setPermission(name, granted, origin);
  }
}

async function setPermission(name: string, granted: boolean, origin: string): Promise<void> {
  const { contextId } = settings;
  const line = await browser();
  await line.send('Browser.setPermission', {
    permission: { name },
    setting: granted ? 'granted' : 'denied',
    origin,
    ...(contextId !== null && { browserContextId: contextId }),
  });
}

export interface PermissionRequest {
  readonly contents: object & { emit(event: string, ...args: unknown[]): boolean };
  /** Electron's name; `device:hid` and the like where a page wants to choose a device. */
  readonly permission: string;
  readonly details: { readonly mediaTypes?: readonly string[] };
  readonly appUrl: string;
  readonly shownUrl: string;
}

/** Puts what a page asks for to the app's handlers, and tells Chromium if it is granted. */
export async function askPermission(request: PermissionRequest): Promise<boolean> {
  const { permission, details, contents, appUrl, shownUrl } = request;
  if (permission.startsWith('device:')) return chooseDevice(request);
  const granted = await new Promise<boolean>((resolve) => {
    if (onRequest === null) return resolve(true);
    onRequest(contents, permission, resolve, { ...details, requestingUrl: appUrl, isMainFrame: true });
  });
  if (!granted) return false;
  if (permission === 'display-capture') return chooseDisplay();
  const names = permission === 'media' ? (details.mediaTypes ?? []).map(mediaToName) : [permission];
  for (const name of names) await setPermission(name, true, new URL(shownUrl).origin);
  return true;
}

const mediaToName = (kind: string): string => (kind === 'audio' ? 'microphone' : 'camera');

async function chooseDisplay(): Promise<boolean> {
  if (onDisplayMedia === null) return false;
  const streams = await new Promise<object>((resolve) => onDisplayMedia?.({}, resolve));
  if (Object.keys(streams).length > 0) throw new StandInLacks('screen to capture');
  return false;
}

/** There are no devices: an app can only choose none. */
function chooseDevice({ permission, contents }: PermissionRequest): false {
  const choose = (id?: string): void => {
    if (id) throw new StandInLacks(`device "${id}" to choose`);
  };
  const event = preventable({});
  if (permission === 'device:bluetooth') contents.emit('select-bluetooth-device', event, [], choose);
  else if (permission === 'device:serial') defaultSession.emit('select-serial-port', event, [], contents, choose);
  else defaultSession.emit(`select-${permission.slice('device:'.length)}-device`, event, { deviceList: [] }, choose);
  return false;
}

/** False: `onBeforeRequest` cancels it. */
export function mayRequest(contents: { readonly id: number }, request: PageRequest): Promise<boolean> {
  lastRequestId += 1;
  const details = { id: lastRequestId, webContentsId: contents.id, webContents: contents, ...request };
  return new Promise((resolve) => {
    if (beforeRequest === null) return resolve(true);
    beforeRequest(details, (response) => {
      if ('redirectURL' in response) throw new StandInLacks('redirectURL of session.webRequest.onBeforeRequest');
      resolve(!response.cancel);
    });
  });
}

/** Puts a download to the app; one that is not prevented is not carried out either, and says so. */
export async function askDownload(contents: object, url: string, fileName: string, guid: string): Promise<void> {
  const item = strict('DownloadItem', { getURL: () => url, getFilename: () => fileName });
  const event = preventable({});
  defaultSession.emit('will-download', event, item, contents);
  const { contextId } = settings;
  const line = await browser();
  await line
    .send('Browser.cancelDownload', { guid, ...(contextId !== null && { browserContextId: contextId }) })
    // Ended already.
    .catch(() => {});
  if (!event.defaultPrevented) throw new StandInLacks(`download of ${url}`);
}
