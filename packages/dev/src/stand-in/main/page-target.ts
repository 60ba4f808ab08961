/**
 * One page in Chromium, as a window of an app has it: made hidden and empty, given the preload's world, and shown what the
 * app loads. A page that crashed is not used again; another one takes its place.
 */
import { checkPreload, PRELOAD_WORLD, pageScripts } from '../page/page-scripts.ts';
import type { Bounds } from '../settings.ts';
import { browser, guardPage } from './browser.ts';
import type { CdpSession } from './cdp.ts';
import { pageReady, tell } from './control.ts';
import { settings } from './own-settings.ts';
import { answerRequests, type PageRequestRules } from './page-requests.ts';
import { processInfo } from './process-info.ts';
import { toAppUrl } from './scheme-urls.ts';

/** A page that is busy gets so long to say what it was about to do. */
const FLUSH_MS = 500;

/** What the preload's world says. */
export type PageMessage =
  | { readonly kind: 'hello'; readonly url: string }
  | { readonly kind: 'send'; readonly channel: string; readonly args: readonly string[] }
  | { readonly kind: 'invoke'; readonly id: number; readonly channel: string; readonly args: readonly string[] }
  | { readonly kind: 'may'; readonly id: number; readonly permission: string; readonly details: object }
  | { readonly kind: 'input'; readonly input: object }
  | { readonly kind: 'opens'; readonly url: string; readonly frameName: string; readonly features: string }
  | { readonly kind: 'preloadError'; readonly message: string; readonly stack?: string };

/** What a page tells of itself. URLs as the app knows them. */
export interface PageEvents {
  message(message: PageMessage): void;
  navigated(url: string, how: { readonly isSameDocument: boolean; readonly isError: boolean }): void;
  domReady(): void;
  loaded(): void;
  console(level: string, message: string): void;
  /** The page wants to go where no request leads. */
  leaves(url: string): void;
  /** The page wanted a window in a way its own world did not see. */
  opens(url: string, frameName: string, features: string): void;
  downloads(url: string, fileName: string, guid: string): void;
  crashed(): void;
  /** Closed by itself, or by whoever drives Chromium. */
  gone(): void;
}

export interface PageTarget {
  /** Resolves when the page begins to arrive. `failure`: null, or Chromium's name of it, as `ERR_FAILED`. */
  navigate(shownUrl: string): Promise<{ readonly failure: string | null; readonly isSameDocument: boolean }>;
  reload(): Promise<void>;
  /** Whether the page itself has just asked to go there; not the app, nor whoever drives Chromium. */
  hasAskedFor(url: string): Promise<boolean>;
  /** To the preload's world of the document now shown; nothing happens where there is none. */
  tellPreload(call: string): void;
  evaluate(expression: string): Promise<unknown>;
  readonly session: CdpSession;
  crash(): void;
  close(): Promise<void>;
}

export interface PageTargetOptions {
  readonly windowId: number;
  readonly bounds: Bounds;
  readonly preload: { readonly code: string; readonly file: string } | null;
  readonly rules: Omit<PageRequestRules, 'mainFrameId'>;
  readonly events: PageEvents;
}

export async function openPage({ windowId, bounds, preload, rules, events }: PageTargetOptions): Promise<PageTarget> {
  const line = await browser();
  const { contextId } = settings;
  const { targetId } = await line.send('Target.createTarget', {
    url: 'about:blank',
    ...(contextId !== null && { browserContextId: contextId }),
  });
  guardPage(targetId);
  const { sessionId } = await line.send('Target.attachToTarget', { targetId, flatten: true });
  const session = line.child(sessionId);
  /** Chromium names the main frame like its page. */
  const mainFrameId = targetId;
  let preloadContext: number | null = null;
  let isOver = false;
  /** Where the page itself has asked to go, oldest first. */
  const asked: string[] = [];

  line.on<{ sessionId: string }>('Target.detachedFromTarget', (detached) => {
    if (detached.sessionId !== sessionId || isOver) return;
    isOver = true;
    events.gone();
  });
  session.on('Inspector.targetCrashed', () => {
    if (isOver) return;
    isOver = true;
    events.crashed();
  });

  await session.send('Page.enable');
  await session.send('Runtime.enable');
  watchPage();
  await holdBackOthers(session, (child) => answerRequests(child, { ...rules, mainFrameId: () => mainFrameId }));
  await answerRequests(session, { ...rules, mainFrameId: () => mainFrameId });
  const receiver = await installWorlds();
  tell({ type: 'page', targetId, windowId, bounds });
  await pageReady(targetId);

  async function installWorlds(): Promise<string> {
    const problem = preload === null ? null : preloadProblem(preload);
    const scripts = pageScripts(problem === null ? (preload?.code ?? null) : null, processInfo());
    session.on<{ name: string; payload: string; executionContextId: number }>('Runtime.bindingCalled', (call) => {
      if (call.name !== scripts.binding) return;
      const message: PageMessage = JSON.parse(call.payload);
      if (message.kind === 'hello') {
        preloadContext = call.executionContextId;
        if (problem !== null) events.message({ kind: 'preloadError', message: problem });
      }
      // What an earlier document still says is heard by nobody.
      if (call.executionContextId === preloadContext) events.message(message);
    });
    await session.send('Runtime.addBinding', { name: scripts.binding, executionContextName: PRELOAD_WORLD });
    await session.send('Page.addScriptToEvaluateOnNewDocument', { source: scripts.page });
    await session.send('Page.addScriptToEvaluateOnNewDocument', { source: scripts.preload, worldName: PRELOAD_WORLD });
    return scripts.receiver;
  }

  function watchPage(): void {
    session.on<{ frame: { id: string; url: string; urlFragment?: string; unreachableUrl?: string } }>(
      'Page.frameNavigated',
      ({ frame }) => {
        if (frame.id !== mainFrameId) return;
        asked.length = 0;
        const url = toAppUrl(`${frame.unreachableUrl ?? frame.url}${frame.urlFragment ?? ''}`);
        events.navigated(url, { isSameDocument: false, isError: frame.unreachableUrl !== undefined });
      },
    );
    session.on<{ frameId: string; url: string }>('Page.navigatedWithinDocument', ({ frameId, url }) => {
      if (frameId === mainFrameId) events.navigated(toAppUrl(url), { isSameDocument: true, isError: false });
    });
    session.on('Page.domContentEventFired', () => events.domReady());
    session.on('Page.loadEventFired', () => events.loaded());
    session.on<{ frameId: string; url: string; disposition: string }>('Page.frameRequestedNavigation', (request) => {
      if (request.disposition !== 'currentTab') return;
      if (/^https?:/.test(request.url)) asked.push(withoutHash(request.url));
      else if (request.frameId === mainFrameId) events.leaves(request.url);
    });
    session.on<{ url: string; windowName: string; windowFeatures: readonly string[] }>('Page.windowOpen', (opened) =>
      events.opens(toAppUrl(opened.url), opened.windowName, opened.windowFeatures.join(',')),
    );
    session.on<{ url: string; suggestedFilename: string; guid: string }>('Page.downloadWillBegin', (download) =>
      events.downloads(toAppUrl(download.url), download.suggestedFilename, download.guid),
    );
    session.on<{ type: string; args: readonly { value?: unknown; description?: string }[] }>(
      'Runtime.consoleAPICalled',
      ({ type, args }) =>
        events.console(type, args.map(({ value, description }) => description ?? String(value)).join(' ')),
    );
  }

  return {
    session,
    async navigate(shownUrl) {
      const { errorText, loaderId } = await session.send('Page.navigate', { url: shownUrl });
      return { failure: errorText?.replace(/^net::/, '') ?? null, isSameDocument: loaderId === undefined };
    },
    async reload() {
      await session.send('Page.reload');
    },
    async hasAskedFor(url) {
      // The page's own words and its requests come on different ways; an answer of the page comes after its words.
      const flushed = session.send('Runtime.evaluate', { expression: '0' }).catch(() => null);
      await Promise.race([flushed, new Promise((resolve) => setTimeout(resolve, FLUSH_MS))]);
      const at = asked.findIndex((shown) => toAppUrl(shown) === withoutHash(url));
      if (at < 0) return false;
      asked.splice(at, 1);
      return true;
    },
    tellPreload(call) {
      if (preloadContext === null) return;
      session
        .send('Runtime.evaluate', { contextId: preloadContext, expression: `${receiver}.${call}` })
        // The document is gone: so is whoever would have heard it.
        .catch(() => {});
    },
    async evaluate(expression) {
      const { result, exceptionDetails } = await session.send('Runtime.evaluate', {
        expression,
        awaitPromise: true,
        returnByValue: true,
      });
      if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
      return result.value;
    },
    crash: () => void session.send('Page.crash').catch(() => {}),
    async close() {
      isOver = true;
      await line.send('Target.closeTarget', { targetId }).catch(() => {});
    },
  };
}

const withoutHash = (url: string): string => url.replace(/#.*$/, '');

function preloadProblem({ code, file }: { readonly code: string; readonly file: string }): string | null {
  try {
    checkPreload(code, file);
    return null;
  } catch (error) {
    return `Unable to load preload script: ${file}: ${(error as Error).message}`;
  }
}

/** Frames and workers in other processes get the same answers. */
async function holdBackOthers(session: CdpSession, guard: (child: CdpSession) => Promise<void>): Promise<void> {
  interface Attached {
    readonly sessionId: string;
    readonly targetInfo: { readonly type: string };
  }
  session.on<Attached>('Target.attachedToTarget', async ({ sessionId, targetInfo: { type } }) => {
    const child = session.child(sessionId);
    try {
      if (type === 'iframe') await guard(child);
      await child.send('Runtime.runIfWaitingForDebugger');
    } catch {
      // Gone before it began.
    }
  });
  await session.send('Target.setAutoAttach', { autoAttach: true, waitForDebuggerOnStart: true, flatten: true });
}
