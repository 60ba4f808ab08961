/**
 * Starts an app's real, built main on the stand-in for Electron, in a process of its own, with its windows as pages of a
 * browser context that a test has made: so a test has every page as Playwright's own, from before it is opened.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import type { BrowserContext, Page } from 'playwright-core';
import {
  type Bounds,
  type FromStandIn,
  SETTINGS_VARIABLE,
  type StandInRecord,
  type StandInSettings,
  type ToStandIn,
} from './settings.ts';

export interface StandInOptions {
  /** The app's folder, or its main. */
  readonly path: string;
  readonly args?: readonly string[];
  readonly env?: NodeJS.ProcessEnv;
  readonly userData: string;
  readonly screen?: StandInSettings['screen'];
  readonly locale?: string;
  readonly context: BrowserContext;
  /** The browser's DevTools endpoint: `debuggingEndpoint`. */
  readonly endpoint: string;
  /** What is to be done to each page before the app opens it. */
  readonly preparePage?: (page: Page) => Promise<void>;
}

export interface StandInApp {
  readonly pid: number;
  /** The latest page of the window; waits for the first. A page that crashed is followed by another. */
  page(windowId?: number): Promise<Page>;
  /** All pages so far, crashed ones too, oldest first. */
  pages(): readonly Page[];
  /**
   * Runs a function in the app's main process, as Playwright does on real Electron: it can use nothing from outside but
   * `electron` and `arg`, and its result must be clonable. @throws Error with its words and stack
   */
  evaluate<R, A>(work: (electron: typeof import('electron'), arg: A) => R | Promise<R>, arg?: A): Promise<R>;
  records(): Promise<readonly StandInRecord[]>;
  /** What it has written to both outputs so far. */
  log(): string;
  /** Resolves with its exit code, null after a signal. */
  readonly ended: Promise<number | null>;
  /** As the operating system ends a program; resolves when it is gone. */
  stop(): Promise<void>;
  /** `kill -9`: it has no chance to tidy up. */
  kill(): Promise<void>;
}

/** A program that does not end when it is told to is ended by then, and that fails its test. */
const STOP_WITHIN_MS = 10_000;
const SCREEN = { width: 1_280, height: 800 };

export async function startApp(options: StandInOptions): Promise<StandInApp> {
  const { context, endpoint, preparePage = async () => {} } = options;
  const settings: StandInSettings = {
    endpoint,
    contextId: await contextIdOf(context),
    userData: options.userData,
    screen: options.screen ?? SCREEN,
    locale: options.locale ?? 'de-DE',
  };
  const child = fork(join(import.meta.dirname, 'run.ts'), [options.path, ...(options.args ?? [])], {
    env: { ...process.env, ...options.env, [SETTINGS_VARIABLE]: JSON.stringify(settings) },
    execArgv: ['--disable-warning=ExperimentalWarning'],
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    serialization: 'advanced',
  });
  return followApp(child, context, preparePage);
}

function followApp(
  child: ChildProcess,
  context: BrowserContext,
  preparePage: (page: Page) => Promise<void>,
): StandInApp {
  let log = '';
  let lastId = 0;
  const pages: { readonly windowId: number; readonly page: Page }[] = [];
  const waiting: (() => void)[] = [];
  const asked = new Map<number, { readonly resolve: (value: never) => void; readonly reject: (e: Error) => void }>();
  const keep = (chunk: Buffer): void => {
    log += chunk.toString();
  };
  child.stdout?.on('data', keep);
  child.stderr?.on('data', keep);

  const ended = new Promise<number | null>((resolve) => {
    // `close`, not `exit`: what it wrote last has arrived by then.
    child.once('close', (code) => {
      for (const { reject } of asked.values()) reject(new Error(`The app has ended (${code}):\n${log}`));
      for (const wake of waiting.splice(0)) wake();
      resolve(code);
    });
  });
  const closePages = async (): Promise<void> => {
    await Promise.all(pages.map(({ page }) => page.close().catch(() => {})));
  };

  const send = (message: ToStandIn): void => void child.send(message);

  async function welcomePage({ targetId, windowId, bounds }: Extract<FromStandIn, { type: 'page' }>): Promise<void> {
    const page = await pageOf(context, targetId);
    await resize(page, bounds);
    await preparePage(page);
    pages.push({ windowId, page });
    if (child.connected) send({ type: 'pageReady', targetId });
    for (const wake of waiting.splice(0)) wake();
  }

  child.on('message', (message: FromStandIn) => {
    switch (message.type) {
      case 'page':
        // It may be gone again before it could be prepared.
        void welcomePage(message).catch((error: Error) => keep(Buffer.from(`${error.stack}\n`)));
        break;
      case 'resized': {
        const latest = pages.findLast(({ windowId }) => windowId === message.windowId);
        if (latest) void resize(latest.page, message.bounds);
        break;
      }
      default: {
        const call = asked.get(message.id);
        asked.delete(message.id);
        if (message.type === 'answer') call?.resolve(message.value as never);
        else call?.reject(new Error(message.message));
      }
    }
  });

  function ask<R>(message: (id: number) => ToStandIn): Promise<R> {
    lastId += 1;
    const id = lastId;
    return new Promise<R>((resolve, reject) => {
      asked.set(id, { resolve, reject });
      if (child.connected) send(message(id));
      else reject(new Error(`The app has ended:\n${log}`));
    });
  }

  async function end(signal: NodeJS.Signals): Promise<void> {
    if (child.exitCode !== null || child.signalCode !== null) return closePages();
    child.kill(signal);
    const late = setTimeout(() => {
      log += `It did not end within ${STOP_WITHIN_MS} ms.\n`;
      child.kill('SIGKILL');
    }, STOP_WITHIN_MS);
    await ended;
    clearTimeout(late);
    await closePages();
  }

  return {
    pid: child.pid as number,
    async page(windowId) {
      for (;;) {
        const found = pages.findLast((held) => windowId === undefined || held.windowId === windowId);
        if (found) return found.page;
        if (child.exitCode !== null || child.signalCode !== null)
          throw new Error(`The app ended (${child.exitCode ?? child.signalCode}) before it had a window:\n${log}`);
        await new Promise<void>((resolve) => waiting.push(resolve));
      }
    },
    pages: () => pages.map(({ page }) => page),
    evaluate: (work, arg) => ask((id) => ({ type: 'evaluate', id, source: String(work), arg })),
    records: () => ask((id) => ({ type: 'records', id })),
    log: () => log,
    ended,
    stop: () => end('SIGTERM'),
    kill: () => end('SIGKILL'),
  };
}

/** A page may close while it gets its size. */
async function resize(page: Page, { width, height }: Bounds): Promise<void> {
  await page.setViewportSize({ width, height }).catch(() => {});
}

/** Playwright's page for a target that Chromium made for somebody else. */
async function pageOf(context: BrowserContext, targetId: string): Promise<Page> {
  const known = new Set<Page>();
  for (;;) {
    for (const page of context.pages()) {
      if (known.has(page)) continue;
      known.add(page);
      if ((await targetOf(context, page))?.targetId === targetId) return page;
    }
    if (context.pages().every((page) => known.has(page))) await context.waitForEvent('page');
  }
}

/** A cookie for nobody: no page is ever at this address. */
const MARK_URL = 'http://mark.invalid';

/**
 * Chromium's own id of the context, which Playwright keeps to itself; null for the browser's own. Found by a mark in its
 * cookies: a page of it would tell too, and take a process of its own.
 */
export async function contextIdOf(context: BrowserContext): Promise<string | null> {
  const session = await context.browser()?.newBrowserCDPSession();
  if (session === undefined) return null;
  const mark = crypto.randomUUID();
  await context.addCookies([{ name: mark, value: '', url: MARK_URL }]);
  try {
    const { browserContextIds } = await session.send('Target.getBrowserContexts');
    for (const browserContextId of browserContextIds) {
      // Another test's context may be gone by now.
      const { cookies } = await session.send('Storage.getCookies', { browserContextId }).catch(() => ({ cookies: [] }));
      if (cookies.some(({ name }) => name === mark)) return browserContextId;
    }
    return null;
  } finally {
    await context.clearCookies({ name: mark });
    await session.detach();
  }
}

async function targetOf(context: BrowserContext, page: Page) {
  try {
    const session = await context.newCDPSession(page);
    const { targetInfo } = await session.send('Target.getTargetInfo');
    await session.detach();
    return targetInfo;
  } catch {
    // It was closed meanwhile.
    return null;
  }
}
