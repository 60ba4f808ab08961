/**
 * Where pages may not go: to any other page, into a new window, into a web view. Only main opens pages. Put on every
 * web contents the moment it is made, whoever made it.
 */
import type { WebContents } from 'electron';
import type { ShellLog } from '../shell-platform.ts';
import { denyBluetooth } from './session-guard.ts';

export interface ContentsGuardOptions {
  readonly log: ShellLog;
  /** Whether a URL is a page of this app: a page may reload itself. */
  readonly isOwn: (url: string) => boolean;
}

export function guardContents(contents: WebContents, { log, isOwn }: ContentsGuardOptions): void {
  const isReload = (url: string): boolean => isOwn(url) && withoutHash(url) === withoutHash(contents.getURL());

  contents.on('will-navigate', (event) => {
    if (isReload(event.url) && event.isMainFrame) return;
    event.preventDefault();
    log.warn('a navigation was denied', { url: event.url });
  });
  contents.on('will-frame-navigate', (event) => {
    // Frames are forbidden by the policy; the main frame is seen above.
    if (event.isMainFrame) return;
    event.preventDefault();
    log.warn('a navigation was denied', { url: event.url });
  });
  contents.on('will-redirect', (event) => {
    event.preventDefault();
    log.warn('a redirect was denied', { url: event.url });
  });
  contents.setWindowOpenHandler(({ url }) => {
    log.warn('a new window was denied', { url });
    return { action: 'deny' };
  });
  contents.on('will-attach-webview', (event, _preferences, { src }) => {
    event.preventDefault();
    log.warn('a web view was denied', { url: src ?? '' });
  });
  denyBluetooth(contents, log);
}

const withoutHash = (url: string): string => url.replace(/#.*$/, '');
