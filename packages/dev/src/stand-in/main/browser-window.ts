/** `BrowserWindow`: what it was made with and told is remembered; its size is the size of its page. */
import type { Bounds } from '../settings.ts';
import { tell } from './control.ts';
import { currentPhase, requireReady } from './lifecycle.ts';
import { settings } from './own-settings.ts';
import { record } from './records.ts';
import { preventable, strictEmitter } from './strict.ts';
import { createWebContents, type WebContents } from './web-contents.ts';
import type { WebPreferences } from './web-preferences.ts';

const EVENTS = [
  ...['close', 'closed', 'ready-to-show', 'show', 'hide', 'focus', 'blur', 'maximize', 'unmaximize', 'resize', 'move'],
  ...['resized', 'moved', 'minimize', 'restore', 'enter-full-screen', 'leave-full-screen', 'page-title-updated'],
  ...['always-on-top-changed', 'unresponsive', 'responsive', 'session-end', 'query-session-end'],
];

interface WindowOptions extends Partial<Bounds> {
  readonly show?: boolean;
  readonly kiosk?: boolean;
  readonly fullscreen?: boolean;
  readonly minWidth?: number;
  readonly minHeight?: number;
  readonly alwaysOnTop?: boolean;
  readonly title?: string;
  readonly webPreferences?: WebPreferences;
}

const EMPTY_OPTIONS: WindowOptions = {};
const USUAL_SIZE = { width: 800, height: 600 };

export interface WindowStandIn {
  readonly id: number;
  readonly webContents: WebContents;
  emit(event: string, ...args: unknown[]): boolean;
  destroy(): void;
  /** False where the app prevents it. */
  close(): boolean;
  isDestroyed(): boolean;
}

/** What happens to windows that the app as a whole must know of. */
export interface WindowWatcher {
  made(window: WindowStandIn, contents: WebContents): void;
  focused(window: WindowStandIn): void;
  crashed(contents: WebContents, details: object): void;
  allClosed(): void;
}

const windows = new Map<number, WindowStandIn>();
let lastId = 0;
let watcher: WindowWatcher | null = null;

export function watchWindows(by: WindowWatcher): void {
  watcher = by;
}

export const allWindows = (): readonly WindowStandIn[] => [...windows.values()];

function createWindow(options: WindowOptions = EMPTY_OPTIONS): WindowStandIn {
  requireReady('Cannot create BrowserWindow before app is ready');
  if (currentPhase() !== 'ready') throw new Error('Cannot create BrowserWindow after app.quit(): the app is ending.');
  record('new BrowserWindow', options);
  lastId += 1;
  const id = lastId;
  let isVisible = options.show !== false;
  let isMaximized = false;
  let isFullScreen = options.fullscreen === true || options.kiosk === true;
  let isKiosk = options.kiosk === true;
  let isOnTop = options.alwaysOnTop === true;
  let title = options.title ?? '';
  let least = { width: options.minWidth ?? 0, height: options.minHeight ?? 0 };
  let isDestroyed = false;
  const { width = USUAL_SIZE.width, height = USUAL_SIZE.height } = options;
  let bounds: Bounds = { ...centred({ width, height }), ...definedPlace(options) };

  const screen = (): Bounds => ({ x: 0, y: 0, ...settings.screen });
  const currentBounds = (): Bounds => (isFullScreen || isKiosk || isMaximized ? screen() : bounds);
  const resized = (): void => {
    tell({ type: 'resized', windowId: id, bounds: currentBounds() });
    window.emit('resize');
  };
  const setBounds = (part: Partial<Bounds>): void => {
    bounds = { ...bounds, ...part };
    bounds = {
      ...bounds,
      width: Math.max(bounds.width, least.width),
      height: Math.max(bounds.height, least.height),
    };
    resized();
  };
  const setFullScreen = (on: boolean): void => {
    if (on === isFullScreen) return;
    isFullScreen = on;
    resized();
    window.emit(on ? 'enter-full-screen' : 'leave-full-screen');
  };

  function closed(): void {
    if (isDestroyed) return;
    isDestroyed = true;
    windows.delete(id);
    destroyContents();
    window.emit('closed');
    if (windows.size === 0) watcher?.allClosed();
  }

  const { contents, destroy: destroyContents } = createWebContents({
    windowId: id,
    bounds: currentBounds,
    preferences: options.webPreferences ?? {},
    onGone: closed,
    onCrash: (broken, details) => watcher?.crashed(broken, details),
  });

  const window = strictEmitter(
    'BrowserWindow',
    EVENTS,
    {
      id,
      webContents: contents,
      loadURL: (url: string) => contents.loadURL(url),
      destroy: closed,
      close() {
        const event = preventable({});
        window.emit('close', event);
        if (!event.defaultPrevented) closed();
        return !event.defaultPrevented;
      },
      isDestroyed: () => isDestroyed,
      show() {
        isVisible = true;
        window.emit('show');
        this.focus();
      },
      showInactive() {
        isVisible = true;
        window.emit('show');
      },
      hide() {
        isVisible = false;
        window.emit('hide');
      },
      focus() {
        window.emit('focus');
        watcher?.focused(window);
      },
      isVisible: () => isVisible,
      isFocused: () => isVisible,
      isMinimized: () => false,
      restore: () => record('BrowserWindow.restore'),
      isMaximized: () => isMaximized,
      maximize() {
        isMaximized = true;
        resized();
        window.emit('maximize');
      },
      unmaximize() {
        isMaximized = false;
        resized();
        window.emit('unmaximize');
      },
      isFullScreen: () => isFullScreen,
      setFullScreen,
      isKiosk: () => isKiosk,
      setKiosk(on: boolean) {
        isKiosk = on;
        setFullScreen(on);
      },
      getBounds: () => ({ ...currentBounds() }),
      getNormalBounds: () => ({ ...bounds }),
      getContentBounds: () => ({ ...currentBounds() }),
      setBounds,
      setContentSize: (contentWidth: number, contentHeight: number) =>
        setBounds({ width: contentWidth, height: contentHeight }),
      setMinimumSize(minWidth: number, minHeight: number) {
        least = { width: minWidth, height: minHeight };
      },
      getMinimumSize: () => [least.width, least.height],
      setAlwaysOnTop(on: boolean, level?: string) {
        isOnTop = on;
        record('BrowserWindow.setAlwaysOnTop', on, level);
        window.emit('always-on-top-changed', preventable({}), on);
      },
      isAlwaysOnTop: () => isOnTop,
      getTitle: () => title,
      setTitle(text: string) {
        title = text;
      },
      setMenuBarVisibility: (on: boolean) => record('BrowserWindow.setMenuBarVisibility', on),
      setMenu: (menu: unknown) => record('BrowserWindow.setMenu', menu),
      removeMenu: () => record('BrowserWindow.removeMenu'),
      flashFrame: (on: boolean) => record('BrowserWindow.flashFrame', on),
    },
    () => isDestroyed,
  );

  windows.set(id, window);
  contents.once('did-finish-load', () => {
    if (!isDestroyed) window.emit('ready-to-show');
  });
  watcher?.made(window, contents);
  return window;
}

function centred(size: { readonly width: number; readonly height: number }): Bounds {
  const { screen } = settings;
  const at = (whole: number, part: number): number => Math.max(0, Math.round((whole - part) / 2));
  return { x: at(screen.width, size.width), y: at(screen.height, size.height), ...size };
}

function definedPlace({ x, y }: WindowOptions): Partial<Bounds> {
  return x === undefined || y === undefined ? {} : { x, y };
}

/** A class to the app: `new BrowserWindow(options)`. */
export const BrowserWindow: object = Object.assign(
  function BrowserWindow(options?: WindowOptions) {
    return createWindow(options);
  },
  {
    getAllWindows: () => [...windows.values()],
    getFocusedWindow: () => [...windows.values()].at(-1) ?? null,
    fromWebContents: (contents: WebContents) =>
      [...windows.values()].find(({ webContents }) => webContents === contents) ?? null,
    fromId: (id: number) => windows.get(id) ?? null,
  },
);
