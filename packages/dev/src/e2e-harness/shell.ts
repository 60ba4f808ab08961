/**
 * How the apps of an office come onto a screen: in a browser, as desktop apps on the stand-in for Electron, or as desktop
 * apps on Electron itself. The same specs run in all three.
 */
import { join } from 'node:path';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import type { App } from '../apps.ts';
import { root } from '../root.ts';
import { debuggingEndpoint } from '../stand-in/debugging-endpoint.ts';
import { startApp } from '../stand-in/start-app.ts';
import type { DesktopApp } from './desktop-app.ts';
import { startElectronApp } from './electron-app.ts';
import { startStationProcess } from './station-process.ts';

export type ShellKind = 'web' | 'stand-in' | 'electron';

/** Sizes the apps are made for: an upright touch screen, a television, a clerk's monitor. */
const SIZES = {
  kiosk: { width: 1080, height: 1920 },
  display: { width: 1920, height: 1080 },
  counter: { width: 1280, height: 800 },
} as const satisfies Record<App, { readonly width: number; readonly height: number }>;

export interface ScreenWish {
  readonly app: App;
  /** The hub's address. */
  readonly url: string;
  readonly station: string | undefined;
  /** What a desktop app is told at its start; that hub and station otherwise. */
  readonly args?: readonly string[] | undefined;
  readonly contextOptions: BrowserContextOptions;
  readonly preparePage: (page: Page) => Promise<void>;
}

export interface Screen {
  readonly page: Page;
  /** Null in a browser. */
  readonly desktop: DesktopApp | null;
  /** What the engine behind the page has logged; nothing where that is the hub's. */
  log(): string;
  close(): Promise<void>;
}

const newContext = (browser: Browser, app: App, options: BrowserContextOptions): Promise<BrowserContext> =>
  browser.newContext({
    viewport: SIZES[app],
    locale: 'de-DE',
    hasTouch: app === 'kiosk',
    // What moves has no settled colours and places; the pictures for people are made elsewhere.
    reducedMotion: 'reduce',
    ...options,
  });

/** A page of the hub in a browser. `path`: below the hub's address. */
export async function openInBrowser(browser: Browser, wish: ScreenWish, path: string): Promise<Screen> {
  const context = await newContext(browser, wish.app, wish.contextOptions);
  const page = await context.newPage();
  await wish.preparePage(page);
  await page.goto(`${wish.url}/${path}${wish.station === undefined ? '' : `?station=${wish.station}`}`);
  return { page, desktop: null, log: () => '', close: () => context.close() };
}

/** A station in a browser, with an engine and a data folder of its own, which stays when it is closed. */
export async function openAtStation(browser: Browser, wish: ScreenWish, folder: string): Promise<Screen> {
  const { app, station = `${app}-1`, url: hubUrl } = wish;
  const process = await startStationProcess({ app, station, hubUrl, dataFolder: join(folder, station) });
  const { origin } = new URL(process.url);
  const screen = await openInBrowser(browser, { ...wish, url: origin, station }, `${app}/`);
  return {
    ...screen,
    log: process.log,
    async close() {
      await screen.close();
      await process.stop();
    },
  };
}

/** A desktop app with a data folder of its own, which stays when it is closed. */
export async function openOnDesktop(
  browser: Browser,
  kind: 'stand-in' | 'electron',
  { app, url, station = `${app}-1`, args: told, contextOptions, preparePage }: ScreenWish,
  folder: string,
): Promise<Screen> {
  const path = join(root, 'apps', app);
  const data = join(folder, station);
  const args = [...(told ?? ['--hub', url, '--station', station]), '--data', data];
  const { viewport } = contextOptions;
  if (kind === 'electron') {
    // Its windows are as large as the real screen lets them be; what the specs ask for is set as in a browser.
    const desktop = await startElectronApp({
      path,
      args: [...args, '--windowed'],
      preparePage: async (page) => {
        await page.setViewportSize(viewport ?? SIZES[app]);
        await page.emulateMedia({ reducedMotion: 'reduce' });
        await preparePage(page);
      },
    });
    return { page: await desktop.page(), desktop, log: desktop.log, close: () => desktop.stop() };
  }
  const context = await newContext(browser, app, contextOptions);
  const desktop = await startApp({
    path,
    args,
    userData: data,
    screen: viewport ?? SIZES[app],
    context,
    endpoint: await debuggingEndpoint(browser),
    preparePage,
  });
  const page = await desktop.page();
  // A counter's window has its usual size, whatever the screen's.
  if (viewport) await page.setViewportSize(viewport);
  return {
    page,
    desktop,
    log: desktop.log,
    async close() {
      await desktop.stop();
      await context.close();
    },
  };
}
