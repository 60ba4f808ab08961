/**
 * What pages may not have: permissions, devices, downloads, the network. All is denied, and each denial is logged, since
 * no page of ours asks. Put on the session before the first page is opened.
 */
import type { Session, WebContents } from 'electron';
import type { ShellLog } from '../shell-platform.ts';

export interface SessionGuardOptions {
  readonly log: ShellLog;
  /** What this app's own pages may have all the same: `notifications` at a counter. */
  readonly permissions: readonly string[];
  /** Whether a URL is a page of this app. */
  readonly isOwn: (url: string) => boolean;
  /** Schemes whose requests pass, with their colon: the app's own, and what Chromium makes up inside a page. */
  readonly schemes: readonly string[];
}

const DEVICE_CHOOSERS = ['select-hid-device', 'select-usb-device', 'select-serial-port'] as const;

export function guardSession(session: Session, { log, permissions, isOwn, schemes }: SessionGuardOptions): void {
  const mayHave = (permission: string, url: string): boolean => permissions.includes(permission) && isOwn(url);

  session.setPermissionRequestHandler((_contents, permission, answer, details) => {
    const granted = mayHave(permission, details.requestingUrl) && details.isMainFrame;
    if (!granted) log.warn('a permission was denied', { permission, url: details.requestingUrl });
    answer(granted);
  });
  // Asked again and again by Chromium itself, so that a denial is not worth a line.
  session.setPermissionCheckHandler((_contents, permission, requestingOrigin, details) =>
    mayHave(permission, details.requestingUrl ?? requestingOrigin),
  );
  session.setDevicePermissionHandler(({ deviceType, origin }) => {
    log.warn('a device was denied', { kind: deviceType, url: origin });
    return false;
  });
  session.setBluetoothPairingHandler((_details, answer) => {
    log.warn('a device was denied', { kind: 'bluetooth' });
    answer({ confirmed: false });
  });
  session.setDisplayMediaRequestHandler((_request, answer) => {
    log.warn('a capture of the screen was denied');
    answer({});
  });
  for (const chooser of DEVICE_CHOOSERS) {
    // The three events differ in what they list, not in how nothing is chosen.
    session.on(chooser as 'select-hid-device', (event, _details, choose) => {
      event.preventDefault();
      log.warn('a device was denied', { kind: chooser });
      choose('');
    });
  }
  session.on('will-download', (event, item) => {
    event.preventDefault();
    log.warn('a download was denied', { url: item.getURL() });
  });
  session.webRequest.onBeforeRequest((details, answer) => {
    const allowed = schemes.some((scheme) => details.url.startsWith(scheme));
    if (!allowed) log.warn('a request was denied', { url: details.url, kind: details.resourceType });
    answer({ cancel: !allowed });
  });
  // A spell checker would fetch its dictionaries from the internet.
  session.setSpellCheckerEnabled(false);
}

/** Choosing a Bluetooth device is the one chooser that belongs to a page, not to its session. */
export function denyBluetooth(contents: WebContents, log: ShellLog): void {
  contents.on('select-bluetooth-device', (event, _devices, choose) => {
    event.preventDefault();
    log.warn('a device was denied', { kind: 'bluetooth' });
    choose('');
  });
}
