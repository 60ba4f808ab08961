/**
 * An office for one end-to-end test: a hub in a process of its own, with an empty data folder, and as many screens as
 * the test opens, in the shell that the project of the test names: a real browser, or desktop apps, each a process with
 * data of its own. At the end everything is gone, and any error a page met fails the test.
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
import { inject } from 'vitest';
import type { App } from '../apps.ts';
import { builtRenderers } from '../build.ts';
import { type HubProcess, startHubProcess } from '../hub-process/hub-process.ts';
import { root } from '../root.ts';
import { browserTest } from './browser-test.ts';
import type { DesktopApp } from './desktop-app.ts';
import { electronProblem } from './electron-app.ts';
import { type PageProblems, watchPageProblems } from './page-problems.ts';
import { recordAudio } from './record-audio.ts';
import { screenshot } from './screenshot.ts';
import { openAtStation, openInBrowser, openOnDesktop, type Screen, type ShellKind } from './shell.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Of the project that runs the test. */
    readonly shell: ShellKind;
  }
}

export interface OpenOptions extends BrowserContextOptions {
  /** Which kiosk or display; the location's first one otherwise. */
  readonly station?: string;
  /** As which counter a desktop app or a station is set up. In a browser of the hub the clerk chooses one. */
  readonly setUpAs?: string;
  /** In a browser: from a station of its own, which goes on without the hub as a desktop app does. */
  readonly hasEngine?: boolean;
  /** What a desktop app is told at its start; otherwise this office's hub, and its station. */
  readonly args?: readonly string[];
  /** Below the hub's address, as `ticket/?v=1`: always in a browser. The app itself otherwise. */
  readonly path?: string;
  /** In a browser, in an office of desktop apps, too: the hub serves both. */
  readonly inBrowser?: boolean;
}

export interface Office {
  /** The hub's address. Stays the same when it is killed and started again. */
  readonly url: string;
  readonly shell: ShellKind;
  /** Opens an app on a screen of its own, with recorded audio. */
  open(app: App, options?: OpenOptions): Promise<Page>;
  /** The desktop app behind a page. @throws when it is in a browser */
  desktop(page: Page): DesktopApp;
  /** What the engine behind a page has logged; nothing where that is the hub's. */
  log(page: Page): string;
  /** Closes the screen; a desktop app is ended as the system ends it. Its data stay. */
  close(page: Page): Promise<void>;
  /** Console messages and failed requests that this test brings about on purpose. */
  allowProblems(message: RegExp): void;
  /** `kill -9`. From then on pages may complain about the lost connection. */
  killHub(): Promise<void>;
  /** On the same data and the same port. */
  startHub(): Promise<void>;
}

const LOST_CONNECTION = /WebSocket connection to|net::ERR_(CONNECTION|SOCKET)_/;

export interface OfficeSettings {
  /** Configuration of the location. Opening hours are ignored: tests run at night, too. */
  readonly locationFile: string;
}

/** A test with an `office`. Another location: `officeTest.extend('officeSettings', () => ({ locationFile }))`. */
export const officeTest = browserTest
  .extend('officeSettings', (): OfficeSettings => ({ locationFile: SAMPLE }))
  .extend('office', async ({ browser, officeSettings, task, skip }, { onCleanup }): Promise<Office> => {
    const problem = inject('shell') === 'electron' ? electronProblem() : null;
    if (problem !== null) skip(problem);
    const office = await openOffice(browser, officeSettings);
    onCleanup(async () => {
      const [error] = task.result?.state === 'fail' ? (task.result.errors ?? []) : [];
      if (error) error.message += await office.photograph(task.name);
      await office.end();
    });
    return office;
  });

export const SAMPLE = join(root, 'packages', 'dev', 'samples', 'hamburg-mitte.json');

async function openOffice(browser: Browser, { locationFile }: OfficeSettings) {
  const shell = inject('shell');
  const folder = mkdtempSync(join(tmpdir(), 'aufruf-e2e-'));
  const screens: (Screen & { readonly app: App })[] = [];
  const watched: PageProblems[] = [];
  const allowed: RegExp[] = [];
  const start = (port: number) =>
    startHubProcess({
      locationFile,
      dataFolder: join(folder, 'hub'),
      port,
      openAllDay: true,
      renderers: builtRenderers,
    });
  let hub: HubProcess = await start(0);
  const { url, port } = hub;

  function allowProblems(message: RegExp): void {
    allowed.push(message);
    for (const problems of watched) problems.allow(message);
  }

  return {
    url,
    shell,

    async open(
      app: App,
      { station, setUpAs, hasEngine = false, args, path, inBrowser = false, ...contextOptions }: OpenOptions = {},
    ) {
      const preparePage = async (page: Page): Promise<void> => {
        const problems = watchPageProblems(page, station ?? setUpAs ?? app);
        for (const message of allowed) problems.allow(message);
        watched.push(problems);
        await recordAudio(page);
      };
      const wish = { app, url, args, contextOptions, preparePage };
      const screen = await openScreen();
      screens.push({ ...screen, app });
      return screen.page;

      function openScreen(): Promise<Screen> {
        if (inBrowser || path !== undefined || (shell === 'web' && !hasEngine))
          return openInBrowser(browser, { ...wish, station }, path ?? `${app}/`);
        const own = { ...wish, station: station ?? setUpAs };
        return shell === 'web'
          ? openAtStation(browser, own, join(folder, app))
          : openOnDesktop(browser, shell, own, join(folder, app));
      }
    },

    log: (page: Page) => screens.find((screen) => screen.page === page)?.log() ?? '',

    desktop(page: Page): DesktopApp {
      const desktop = screens.find((screen) => screen.page === page)?.desktop;
      if (!desktop) throw new Error('This page is no desktop app.');
      return desktop;
    },

    async close(page: Page) {
      const at = screens.findIndex((screen) => screen.page === page);
      await screens.splice(at, at < 0 ? 0 : 1)[0]?.close();
    },

    allowProblems,

    async killHub() {
      allowProblems(LOST_CONNECTION);
      await hub.kill();
    },

    async startHub() {
      hub = await start(port);
    },

    /** Pictures of all screens; what they show, and everybody's last words, as text, for whoever looks into a failure. */
    async photograph(name: string): Promise<string> {
      const parts: string[] = [];
      for (const [index, { page, app, log }] of screens.entries()) {
        await screenshot(page, `failed/${name}-${index + 1}-${app}`).catch(() => {});
        const text = await page.innerText('body').catch((error) => `(${error})`);
        parts.push(`${app} shows:\n${text.slice(0, MOST_TEXT)}`);
        if (log() !== '') parts.push(`${app} has logged:\n${lastLines(log())}`);
      }
      parts.push(`The hub has logged:\n${lastLines(hub.log())}`);
      return `\n\n${parts.join('\n\n')}`;
    },

    async end() {
      // Looked at first: ending the hub makes pages complain.
      const problems = watched.flatMap((each) => each.list());
      await Promise.all(screens.map((screen) => screen.close()));
      await hub.stop();
      rmSync(folder, { recursive: true, force: true });
      if (problems.length > 0) throw new Error(`Pages met problems:\n${problems.join('\n')}`);
    },
  };
}

/** Of a page's text, characters. */
const MOST_TEXT = 1_500;

const lastLines = (log: string): string => log.split('\n').slice(-20).join('\n');
