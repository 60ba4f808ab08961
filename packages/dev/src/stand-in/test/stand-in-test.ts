/** Tests of the stand-in: small apps, written where they are tested, run as the real ones are. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Page } from 'playwright-core';
import { browserTest } from '../../e2e-harness/browser-test.ts';
import { debuggingEndpoint } from '../debugging-endpoint.ts';
import { type StandInApp, type StandInOptions, startApp } from '../start-app.ts';

export interface SmallApp extends Pick<StandInOptions, 'args' | 'env' | 'screen' | 'preparePage'> {
  /** What is imported from `electron` is written before it: all that the stand-in tests use. */
  readonly main: string;
  readonly preload?: string;
  /** More files, by their path in the app's folder. */
  readonly files?: Readonly<Record<string, string>>;
  /** The folder of an earlier app: its data folder and files stay. */
  readonly folder?: string;
}

export interface StandInDesk {
  /** Starts it in a browser context of its own, or in the one of an earlier app in the same folder. */
  start(app: SmallApp): Promise<StandInApp>;
  /** Starts one whose main begins with SHOW_PAGE, and waits for its page to be loaded. */
  open(app: SmallApp): Promise<{ readonly app: StandInApp; readonly page: Page }>;
  /** An empty folder for an app that is started more than once. */
  folder(): string;
}

const IMPORTS = [
  "import { app, BrowserWindow, ipcMain, Menu, powerSaveBlocker, protocol, screen, session } from 'electron';",
  "import { dialog, globalShortcut, Notification, utilityProcess } from 'electron';",
  "import { join } from 'node:path';",
].join('\n');

/** An app's usual main: one page of `app://small/`, from the files below `pages`. `options`: of its window. */
export const SHOW_PAGE = `
  import { readFileSync } from 'node:fs';
  protocol.registerSchemesAsPrivileged([{ scheme: 'app', privileges: { standard: true, secure: true } }]);
  const log = [];
  globalThis.log = log;
  export let window;
  const CSP = "default-src 'self'; connect-src 'none'; require-trusted-types-for 'script'";
  export const opened = app.whenReady().then(() => {
    protocol.handle('app', (request) => {
      const { pathname } = new URL(request.url);
      if (pathname === '/away') return new Response(null, { status: 302, headers: { location: 'app://small/other.html' } });
      const type = pathname.endsWith('.js') ? 'text/javascript' : 'text/html';
      return new Response(readFileSync(join(import.meta.dirname, 'pages', pathname)), {
        headers: { 'content-type': type, 'content-security-policy': CSP },
      });
    });
    window = new BrowserWindow({ webPreferences: { preload: join(import.meta.dirname, 'preload.cjs') } });
    return window.loadURL('app://small/index.html');
  });
  globalThis.opened = opened;
`;

export const EMPTY_PAGE = '<!doctype html><title>small</title><main>here</main>';

export const standInTest = browserTest.extend('desk', async ({ browser }, { onCleanup }): Promise<StandInDesk> => {
  const endpoint = await debuggingEndpoint(browser);
  const folders: string[] = [];
  const apps: StandInApp[] = [];
  onCleanup(async () => {
    await Promise.all(apps.map((app) => app.kill()));
    await Promise.all(browser.contexts().map((context) => context.close()));
    for (const folder of folders) rmSync(folder, { recursive: true, force: true });
  });

  function makeFolder(): string {
    const folder = mkdtempSync(join(tmpdir(), 'aufruf-small-'));
    folders.push(folder);
    return folder;
  }

  async function start({ main, preload = '', files = {}, folder = makeFolder(), ...options }: SmallApp) {
    const all = {
      'package.json': JSON.stringify({ name: 'small', version: '1.2.3', main: 'main.mjs' }),
      'main.mjs': `${IMPORTS}\n${main}`,
      'preload.cjs': preload,
      'pages/index.html': EMPTY_PAGE,
      ...files,
    };
    for (const [name, text] of Object.entries(all)) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), text);
    }
    const context = await browser.newContext();
    const app = await startApp({ ...options, path: folder, userData: join(folder, 'data'), context, endpoint });
    apps.push(app);
    return app;
  }

  return {
    folder: makeFolder,
    start,
    async open(small) {
      const app = await start(small);
      const page = await app.page();
      // What main does once the page is loaded is done then, too.
      await app.evaluate(() => (globalThis as unknown as { readonly opened: Promise<void> }).opened.then(() => {}));
      return { app, page };
    },
  };
});
