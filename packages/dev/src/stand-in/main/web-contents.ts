/** `webContents`: what a window shows, over one page in Chromium after another. */
import { createCloneCodec } from '../page/clone-codec.ts';
import type { Bounds } from '../settings.ts';
import { errorCode } from './error-codes.ts';
import { createFrame, type Frame } from './frame.ts';
import { ipcMain } from './ipc-main.ts';
import { openPage, type PageMessage, type PageTarget } from './page-target.ts';
import { handledSchemes, requireStandardScheme } from './protocol.ts';
import { record } from './records.ts';
import { toAppUrl, toShownUrl } from './scheme-urls.ts';
import { applyPermissions, askDownload, askPermission, defaultSession, mayRequest } from './session.ts';
import { preventable, StandInLacks, strictEmitter } from './strict.ts';
import { readPreload, refuseUnsafe, type WebPreferences } from './web-preferences.ts';

const codec = createCloneCodec();

const EVENTS = [
  ...['did-start-loading', 'did-stop-loading', 'did-finish-load', 'did-fail-load', 'dom-ready', 'did-navigate'],
  ...['did-navigate-in-page', 'will-navigate', 'will-frame-navigate', 'will-redirect', 'render-process-gone'],
  ...['preload-error', 'console-message', 'destroyed', 'before-input-event', 'select-bluetooth-device'],
  // These cannot happen here by themselves; a test may emit them.
  ...['will-attach-webview', 'unresponsive', 'responsive', 'zoom-changed'],
];

type WindowOpenHandler = (details: object) => { readonly action: 'allow' | 'deny' };

export interface WebContents {
  readonly id: number;
  emit(event: string, ...args: unknown[]): boolean;
  once(event: string, listener: () => void): unknown;
  getURL(): string;
  loadURL(url: string): Promise<void>;
  isDestroyed(): boolean;
}

/** What the window behind it needs besides. */
export interface WebContentsHost {
  readonly contents: WebContents;
  /** Takes the page away for good. Repetition does nothing. */
  destroy(): void;
}

export interface WebContentsOptions {
  readonly windowId: number;
  readonly bounds: () => Bounds;
  readonly preferences: WebPreferences;
  /** The page closed itself. */
  readonly onGone: () => void;
  readonly onCrash: (contents: WebContents, details: object) => void;
}

let lastId = 0;

export function createWebContents(options: WebContentsOptions): WebContentsHost {
  const preload = readPreload(options.preferences.preload);
  refuseUnsafe(options.preferences);
  lastId += 1;
  const id = lastId;
  let page: Promise<PageTarget> | null = null;
  let url = '';
  let isDestroyed = false;
  let isCrashed = false;
  /** The page crashed, and no other has taken its place yet. */
  let needsPage = false;
  let isLoading = false;
  let isErrorShown = false;
  let windowOpenHandler: WindowOpenHandler | null = null;
  /** Loads of main's own, which nobody has to allow. */
  const ownLoads: string[] = [];
  let whenLoaded: { readonly resolve: () => void; readonly reject: (error: Error) => void } | null = null;
  const frame: Frame = createFrame(id, () => url);

  const currentPage = (): Promise<PageTarget> => {
    page ??= open();
    return page;
  };

  function open(): Promise<PageTarget> {
    return openPage({
      windowId: options.windowId,
      bounds: options.bounds(),
      preload,
      rules: { mayNavigate, mayRequest: (request) => mayRequest(contents, request) },
      events: {
        message: receive,
        navigated(to, { isSameDocument, isError }) {
          url = to;
          isErrorShown = isError;
          if (isError) return;
          contents.emit(isSameDocument ? 'did-navigate-in-page' : 'did-navigate', preventable({}), to, true);
        },
        domReady: () => contents.emit('dom-ready', preventable({})),
        loaded: finishLoad,
        console: (level, message) =>
          contents.emit('console-message', preventable({ level, message, lineNumber: 0, sourceId: url, frame })),
        leaves,
        opens,
        downloads: (from, fileName, guid) => void askDownload(contents, from, fileName, guid).catch(fail),
        crashed,
        gone() {
          destroy();
          options.onGone();
        },
      },
    });
  }

  function opens(to: string, frameName: string, features: string): void {
    const answer = windowOpenHandler?.({ url: to, frameName, features, disposition: 'foreground-tab' });
    // Nothing is opened either way: the page was told so already.
    if (answer?.action !== 'deny') fail(new StandInLacks(`windows opened by pages (${to})`));
  }

  async function mayNavigate(
    to: string,
    { isMainFrame, isRedirect }: { readonly isMainFrame: boolean; readonly isRedirect: boolean },
  ): Promise<boolean> {
    const details = { url: to, isMainFrame, isSameDocument: false, frame, initiator: frame };
    const ask = (name: string): boolean => {
      const event = preventable(details);
      contents.emit(name, event, to, false, isMainFrame);
      return !event.defaultPrevented;
    };
    if (isRedirect) return ask('will-redirect');
    const own = isMainFrame ? ownLoads.indexOf(withoutHash(to)) : -1;
    if (own >= 0) {
      ownLoads.splice(own, 1);
      return true;
    }
    if (!isMainFrame) return ask('will-frame-navigate');
    if (!(await (await currentPage()).hasAskedFor(to))) return true;
    return ask('will-frame-navigate') && ask('will-navigate');
  }

  /** Where no request leads Chromium decides by itself; an app's own other pages are opened here. */
  function leaves(to: string): void {
    void mayLeave(to).catch(fail);
  }

  async function mayLeave(to: string): Promise<void> {
    const event = preventable({ url: to, isMainFrame: true, isSameDocument: false, frame, initiator: frame });
    contents.emit('will-navigate', event, to, false, true);
    if (!event.defaultPrevented && handledSchemes().has(schemeOf(to))) await contents.loadURL(to);
  }

  function receive(message: PageMessage): void {
    if (isDestroyed) return;
    switch (message.kind) {
      case 'hello':
        url = toAppUrl(message.url);
        break;
      case 'send':
        ipcMain.receive(message.channel, ipcEvent(), message.args.map(codec.decode));
        break;
      case 'invoke':
        void answerInvoke(message.id, message.channel, message.args.map(codec.decode));
        break;
      case 'may':
        void answerMay(message.id, message.permission, message.details);
        break;
      case 'input':
        contents.emit('before-input-event', preventable({}), message.input);
        break;
      case 'opens':
        opens(toAppUrl(message.url), message.frameName, message.features);
        break;
      case 'preloadError': {
        const error = Object.assign(
          new Error(message.message),
          message.stack !== undefined && { stack: message.stack },
        );
        // Electron writes it to the page's console, too; a test that waits for the page must see why it is empty.
        console.error(error);
        contents.emit('preload-error', preventable({}), options.preferences.preload, error);
      }
    }
  }

  const ipcEvent = () => ({
    sender: contents,
    senderFrame: frame,
    type: 'frame',
    processId: frame.processId,
    frameId: frame.routingId,
    ports: [],
    reply: contents.send,
  });

  async function answerInvoke(call: number, channel: string, args: readonly unknown[]): Promise<void> {
    let ok = true;
    let text: string;
    try {
      text = codec.encode(await ipcMain.invoke(channel, ipcEvent(), args));
    } catch (error) {
      ok = false;
      text = `Error invoking remote method '${channel}': ${error}`;
    }
    (await page)?.tellPreload(`answer(${call}, ${ok}, ${JSON.stringify(text)})`);
  }

  async function answerMay(call: number, permission: string, details: object): Promise<void> {
    const shownUrl = toShownUrl(url, handledSchemes());
    const granted = await askPermission({ contents, permission, details, appUrl: url, shownUrl }).catch(fail);
    (await page)?.tellPreload(`answer(${call}, true, ${JSON.stringify(codec.encode(granted))})`);
  }

  function finishLoad(): void {
    // The empty page of the start, and Chromium's own page about a failure, are no pages of the app's.
    if (url === '' || isErrorShown) return;
    isLoading = false;
    contents.emit('did-finish-load', preventable({}));
    contents.emit('did-stop-loading', preventable({}));
    whenLoaded?.resolve();
  }

  function failLoad(name: string, to: string): Error {
    isLoading = false;
    const code = errorCode(name);
    contents.emit('did-fail-load', preventable({}), code, name, to, true);
    contents.emit('did-stop-loading', preventable({}));
    return Object.assign(new Error(`${name} (${code}) loading '${to}'`), { code: name, errno: code, url: to });
  }

  function crashed(): void {
    isCrashed = true;
    needsPage = true;
    isLoading = false;
    whenLoaded?.reject(Object.assign(new Error(`ERR_FAILED (-2) loading '${url}'`), { code: 'ERR_FAILED', errno: -2 }));
    const details = { reason: 'crashed', exitCode: 5 };
    contents.emit('render-process-gone', preventable({}), details);
    options.onCrash(contents, details);
  }

  /** Begins what another page is loaded by: after a crash in a fresh one. */
  async function beginLoad(to: string): Promise<PageTarget> {
    const broken = needsPage ? page : null;
    if (needsPage) page = null;
    needsPage = false;
    await (await broken)?.close();
    const target = await currentPage();
    isCrashed = false;
    if (isDestroyed) throw new TypeError('Object has been destroyed');
    const shownUrl = toShownUrl(to, handledSchemes());
    await applyPermissions(contents, shownUrl, to);
    whenLoaded?.reject(
      Object.assign(new Error(`ERR_ABORTED (-3) loading '${url}'`), { code: 'ERR_ABORTED', errno: -3 }),
    );
    whenLoaded = null;
    isLoading = true;
    contents.emit('did-start-loading', preventable({}));
    ownLoads.push(withoutHash(toAppUrl(shownUrl)));
    return target;
  }

  async function loadURL(to: string): Promise<void> {
    const scheme = schemeOf(to);
    if (handledSchemes().has(scheme)) requireStandardScheme(scheme);
    else if (!/^(https?|file|data|about)$/.test(scheme)) throw failLoad('ERR_UNKNOWN_URL_SCHEME', to);
    const target = await beginLoad(to);
    const loaded = new Promise<void>((resolve, reject) => {
      whenLoaded = { resolve, reject };
    });
    // It may be refused before anybody waits for it.
    loaded.catch(() => {});
    const { failure, isSameDocument } = await target.navigate(toShownUrl(to, handledSchemes()));
    if (failure !== null) throw failLoad(failure, to);
    if (isSameDocument) return finishLoad();
    await loaded;
  }

  function destroy(): void {
    if (isDestroyed) return;
    isDestroyed = true;
    whenLoaded?.reject(new Error(`ERR_FAILED (-2) loading '${url}'`));
    page?.then((target) => target.close()).catch(() => {});
    contents.emit('destroyed');
  }

  const contents = strictEmitter(
    'webContents',
    EVENTS,
    {
      id,
      session: defaultSession,
      mainFrame: frame,
      getURL: () => url,
      isDestroyed: () => isDestroyed,
      isCrashed: () => isCrashed,
      isLoading: () => isLoading,
      getType: () => 'window',
      loadURL,
      reload() {
        if (isCrashed) void loadURL(url).catch(fail);
        else void beginLoad(url).then((target) => target.reload(), fail);
      },
      send(channel: string, ...args: readonly unknown[]) {
        const texts = args.map((arg) => codec.encode(arg));
        const call = `message(${JSON.stringify(channel)}, ${JSON.stringify(texts)})`;
        page?.then((target) => target.tellPreload(call)).catch(() => {});
      },
      setWindowOpenHandler(handler: WindowOpenHandler) {
        windowOpenHandler = handler;
      },
      async executeJavaScript(code: string) {
        return (await currentPage()).evaluate(code);
      },
      async insertCSS(css: string) {
        const text = JSON.stringify(css);
        // Not as an element: policies of pages forbid those.
        await (await currentPage()).evaluate(
          `document.adoptedStyleSheets.push(new CSSStyleSheet()); document.adoptedStyleSheets.at(-1).replaceSync(${text})`,
        );
        return `${id}`;
      },
      forcefullyCrashRenderer: () => void page?.then((target) => target.crash()).catch(() => {}),
      setZoomFactor: (factor: number) => record('webContents.setZoomFactor', factor),
      setVisualZoomLevelLimits: async (least: number, most: number) =>
        record('webContents.setVisualZoomLevelLimits', least, most),
    },
    () => isDestroyed,
  );

  return { contents, destroy };
}

const withoutHash = (url: string): string => url.replace(/#.*$/, '');
const schemeOf = (url: string): string => url.slice(0, url.indexOf(':')).toLowerCase();

/** What goes wrong where no caller waits: fails the app as loudly as it fails at a caller. */
function fail(error: unknown): never {
  throw error;
}
