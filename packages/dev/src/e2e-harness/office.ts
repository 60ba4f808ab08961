/**
 * An office for one end-to-end test: a hub in a process of its own, with an empty data folder, and as many screens as
 * the test opens in a real browser. At the end everything is gone, and any error a page met fails the test.
 *
 *   import { expect } from 'vitest';
 *   import { officeTest } from '@aufruf/dev/e2e-harness/office';
 *
 *   officeTest('a drawn ticket is waiting at the counter', async ({ office }) => {
 *     const kiosk = await office.open('kiosk');
 *     ...
 *   });
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import type { App } from '../apps.ts';
import { builtRenderers } from '../build.ts';
import { type HubProcess, startHubProcess } from '../hub-process/hub-process.ts';
import { root } from '../root.ts';
import { browserTest } from './browser-test.ts';
import { type PageProblems, watchPageProblems } from './page-problems.ts';
import { recordAudio } from './record-audio.ts';
import { screenshot } from './screenshot.ts';

/** Sizes the apps are made for: an upright touch screen, a television, a clerk's monitor. */
const SIZES = {
  kiosk: { width: 1080, height: 1920 },
  display: { width: 1920, height: 1080 },
  counter: { width: 1280, height: 800 },
} as const satisfies Record<App, { readonly width: number; readonly height: number }>;

export interface OpenOptions extends BrowserContextOptions {
  /** Which kiosk or display; the location's first one otherwise. */
  readonly station?: string;
  /** Below the app's own address, as `ticket/?v=1`; the app itself otherwise. */
  readonly path?: string;
}

export interface Office {
  /** The hub's address. Stays the same when it is killed and started again. */
  readonly url: string;
  /** Opens an app on a screen of its own, with recorded audio. */
  open(app: App, options?: OpenOptions): Promise<Page>;
  /** Console messages and failed requests that this test brings about on purpose. */
  allowProblems(message: RegExp): void;
  /** `kill -9`. From then on pages may complain about the lost connection. */
  killHub(): Promise<void>;
  /** On the same data and the same port. */
  startHub(): Promise<void>;
}

const LOST_CONNECTION = /WebSocket connection to|ERR_CONNECTION_REFUSED|ERR_CONNECTION_RESET/;

export interface OfficeSettings {
  /** Configuration of the location. Opening hours are ignored: tests run at night, too. */
  readonly locationFile: string;
}

/** A test with an `office`. Another location: `officeTest.override('officeSettings', { locationFile })`. */
export const officeTest = browserTest
  .extend('officeSettings', (): OfficeSettings => ({ locationFile: SAMPLE }))
  .extend('office', async ({ browser, officeSettings, task }, { onCleanup }): Promise<Office> => {
    const office = await openOffice(browser, officeSettings);
    onCleanup(async () => {
      if (task.result?.state === 'fail') await office.photograph(task.name);
      await office.close();
    });
    return office;
  });

const SAMPLE = join(root, 'packages', 'dev', 'samples', 'hamburg-mitte.json');

async function openOffice(browser: Browser, { locationFile }: OfficeSettings) {
  const dataFolder = mkdtempSync(join(tmpdir(), 'aufruf-e2e-'));
  const screens: { readonly page: Page; readonly app: App; readonly problems: PageProblems }[] = [];
  const allowed: RegExp[] = [];
  const start = (port: number) =>
    startHubProcess({
      locationFile,
      dataFolder,
      port,
      openAllDay: true,
      renderers: builtRenderers,
    });
  let hub: HubProcess = await start(0);
  const { url, port } = hub;

  function allowProblems(message: RegExp): void {
    allowed.push(message);
    for (const { problems } of screens) problems.allow(message);
  }

  return {
    url,

    async open(app: App, { station, path = `${app}/`, ...options }: OpenOptions = {}) {
      const context = await browser.newContext({
        viewport: SIZES[app],
        locale: 'de-DE',
        hasTouch: app === 'kiosk',
        // What moves has no settled colours and places; the pictures for people are made elsewhere.
        reducedMotion: 'reduce',
        ...options,
      });
      const page = await context.newPage();
      const problems = watchPageProblems(page, station ?? app);
      for (const message of allowed) problems.allow(message);
      screens.push({ page, app, problems });
      await recordAudio(page);
      await page.goto(`${url}/${path}${station === undefined ? '' : `?station=${station}`}`);
      return page;
    },

    allowProblems,

    async killHub() {
      allowProblems(LOST_CONNECTION);
      await hub.kill();
    },

    async startHub() {
      hub = await start(port);
    },

    /** Pictures of all screens, and the hub's last words, for whoever looks into a failure. */
    async photograph(name: string) {
      for (const [index, { page, app }] of screens.entries())
        await screenshot(page, `failed/${name}-${index + 1}-${app}`);
      console.error(hub.log().split('\n').slice(-20).join('\n'));
    },

    async close() {
      // Looked at first: ending the hub makes pages complain.
      const problems = screens.flatMap((screen) => screen.problems.list());
      await Promise.all(screens.map(({ page }) => page.context().close()));
      await hub.stop();
      rmSync(dataFolder, { recursive: true, force: true });
      if (problems.length > 0) throw new Error(`Pages met problems:\n${problems.join('\n')}`);
    },
  };
}
