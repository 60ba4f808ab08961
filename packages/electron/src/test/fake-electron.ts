/**
 * Electron's main process as far as the shell uses it, in memory: it records what it is told and does nothing by itself.
 * What real Electron forbids before `ready` is forbidden here, too.
 */
import { EventEmitter } from 'node:events';
import type { BrowserWindowConstructorOptions, MenuItemConstructorOptions, Rectangle, WebContents } from 'electron';
import type { ElectronMain } from '../electron-main.ts';
import { createFakeIpc, type FakeIpc } from '../ipc/test/fake-ipc.ts';

export interface FakeContents extends EventEmitter {
  readonly crashes: number;
  readonly css: readonly string[];
  readonly zooms: readonly number[];
  openHandler: ((details: { readonly url: string }) => { readonly action: string }) | null;
}

export interface FakeBrowserWindow extends EventEmitter {
  readonly options: BrowserWindowConstructorOptions;
  readonly urls: readonly string[];
  readonly bounds: Rectangle;
  readonly alwaysOnTop: boolean;
  readonly maximized: boolean;
  readonly shown: number;
  readonly webContents: FakeContents & WebContents;
}

export interface FakeUtilityProcess extends EventEmitter {
  readonly file: string;
  readonly pid: number;
  readonly sent: readonly unknown[];
  readonly kills: number;
  /** A stopped process: it notices nothing. */
  ignoresKill: boolean;
}

export interface FakeElectron {
  readonly electron: ElectronMain;
  readonly app: EventEmitter;
  readonly session: EventEmitter;
  readonly ipc: FakeIpc;
  /** Names of what was called, with its first argument. */
  readonly calls: readonly (readonly [name: string, argument: unknown])[];
  readonly windows: readonly FakeBrowserWindow[];
  readonly children: readonly FakeUtilityProcess[];
  readonly menus: readonly (readonly MenuItemConstructorOptions[] | null)[];
  /** Handlers that were set, by the name of their setter. */
  readonly handlers: ReadonlyMap<string, (...args: never[]) => unknown>;
  becomeReady(): Promise<void>;
  isQuitting(): boolean;
}

export interface FakeElectronOptions {
  readonly appData: string;
  readonly isPackaged?: boolean;
  /** Another instance holds the lock. */
  readonly isSecond?: boolean;
  readonly locale?: string;
}

export function createFakeElectron(options: FakeElectronOptions): FakeElectron {
  const calls: [string, unknown][] = [];
  const windows: FakeBrowserWindow[] = [];
  const children: FakeUtilityProcess[] = [];
  const menus: (readonly MenuItemConstructorOptions[] | null)[] = [];
  const handlers = new Map<string, (...args: never[]) => unknown>();
  const ipc = createFakeIpc();
  let isReady = false;
  let quits = 0;
  let becomeReady = (): void => {};
  const ready = new Promise<void>((resolve) => {
    becomeReady = resolve;
  });
  const record = (name: string, argument?: unknown): void => void calls.push([name, argument]);
  const needReady = (what: string): void => {
    if (!isReady) throw new Error(`${what} before ready`);
  };
  const setter =
    (name: string) =>
    (handler: (...args: never[]) => unknown): void =>
      void handlers.set(name, handler);

  const app = Object.assign(new EventEmitter(), {
    isPackaged: options.isPackaged ?? false,
    commandLine: { appendSwitch: (name: string) => record('appendSwitch', name) },
    getPath: () => options.appData,
    setPath: (_name: string, path: string) => record('setPath', path),
    getLocale: () => options.locale ?? 'de',
    enableSandbox() {
      if (isReady) throw new Error('enableSandbox after ready');
      record('enableSandbox');
    },
    requestSingleInstanceLock: () => !options.isSecond,
    whenReady: () => ready,
    exit: (code: number) => record('exit', code),
    quit() {
      quits += 1;
      app.emit('before-quit', {});
      const event = {
        isPrevented: false,
        preventDefault: () => {
          event.isPrevented = true;
        },
      };
      app.emit('will-quit', event);
      record(event.isPrevented ? 'quit postponed' : 'quit');
    },
  });

  const session = Object.assign(new EventEmitter(), {
    setPermissionRequestHandler: setter('permissionRequest'),
    setPermissionCheckHandler: setter('permissionCheck'),
    setDevicePermissionHandler: setter('devicePermission'),
    setBluetoothPairingHandler: setter('bluetoothPairing'),
    setDisplayMediaRequestHandler: setter('displayMedia'),
    setSpellCheckerEnabled: (enabled: boolean) => record('setSpellCheckerEnabled', enabled),
    webRequest: { onBeforeRequest: setter('beforeRequest') },
  });

  function createBrowserWindow(windowOptions: BrowserWindowConstructorOptions): FakeBrowserWindow {
    needReady('BrowserWindow');
    const urls: string[] = [];
    const window = Object.assign(new EventEmitter(), {
      options: windowOptions,
      urls,
      bounds: { x: 100, y: 100, width: 1_280, height: 800 },
      alwaysOnTop: false,
      maximized: false,
      shown: 0,
      webContents: createFakeContents(() => urls.at(-1) ?? ''),
      async loadURL(url: string) {
        urls.push(url);
      },
      show: () => {
        window.shown += 1;
      },
      focus: () => record('focus'),
      isMinimized: () => false,
      restore: () => record('restore'),
      getBounds: () => ({ ...window.bounds }),
      setBounds: (bounds: Rectangle) => {
        window.bounds = { ...bounds };
      },
      // A frame of 8 px at the sides and 32 px above and below together.
      setContentSize: (width: number, height: number) => {
        window.bounds = { ...window.bounds, width: width + 16, height: height + 32 };
      },
      setMinimumSize: () => {},
      setAlwaysOnTop: (on: boolean) => {
        window.alwaysOnTop = on;
      },
      isMaximized: () => window.maximized,
      maximize: () => {
        window.maximized = true;
      },
      unmaximize: () => {
        window.maximized = false;
      },
    });
    windows.push(window as unknown as FakeBrowserWindow);
    app.emit('web-contents-created', {}, window.webContents);
    return window as unknown as FakeBrowserWindow;
  }

  const electron = {
    app,
    BrowserWindow: function BrowserWindow(windowOptions: BrowserWindowConstructorOptions) {
      return createBrowserWindow(windowOptions);
    },
    ipcMain: ipc.ipcMain,
    Menu: {
      buildFromTemplate: (template: MenuItemConstructorOptions[]) => template,
      setApplicationMenu: (menu: MenuItemConstructorOptions[] | null) => void menus.push(menu),
    },
    powerSaveBlocker: { start: (kind: string) => record('powerSaveBlocker', kind) },
    protocol: {
      registerSchemesAsPrivileged(schemes: readonly { readonly scheme: string }[]) {
        if (isReady) throw new Error('registerSchemesAsPrivileged after ready');
        record('registerSchemesAsPrivileged', schemes[0]?.scheme);
      },
      handle(scheme: string, handler: (...args: never[]) => unknown) {
        needReady('protocol.handle');
        handlers.set(`protocol ${scheme}`, handler);
      },
    },
    screen: {
      getAllDisplays: () => [{ workArea: { x: 0, y: 0, width: 1_920, height: 1_040 } }],
      getDisplayMatching: () => ({ workArea: { x: 0, y: 0, width: 1_920, height: 1_040 } }),
    },
    session: {
      get defaultSession() {
        needReady('session');
        return session;
      },
    },
    utilityProcess: {
      fork(file: string) {
        needReady('utilityProcess.fork');
        const sent: unknown[] = [];
        const child = Object.assign(new EventEmitter(), {
          file,
          sent,
          pid: 1_000 + children.length,
          kills: 0,
          ignoresKill: false,
          postMessage: (message: unknown) => void sent.push(message),
          kill() {
            child.kills += 1;
            if (!child.ignoresKill) child.emit('exit', 1);
            return true;
          },
        });
        children.push(child);
        return child;
      },
    },
  } as unknown as ElectronMain;

  return {
    electron,
    app,
    session,
    ipc,
    calls,
    windows,
    children,
    menus,
    handlers,
    async becomeReady() {
      isReady = true;
      becomeReady();
      await ready;
      // What was chained to it runs now.
      await new Promise<void>((resolve) => setImmediate(resolve));
    },
    isQuitting: () => quits > 0,
  };
}

export function createFakeContents(getURL: () => string): FakeContents & WebContents {
  const contents = Object.assign(new EventEmitter(), {
    crashes: 0,
    css: [] as string[],
    zooms: [] as number[],
    openHandler: null as FakeContents['openHandler'],
    getURL,
    isDestroyed: () => false,
    setWindowOpenHandler: (handler: FakeContents['openHandler']) => {
      contents.openHandler = handler;
    },
    forcefullyCrashRenderer() {
      contents.crashes += 1;
      contents.emit('render-process-gone', {}, { reason: 'killed', exitCode: 9 });
    },
    insertCSS: async (css: string) => void contents.css.push(css),
    setZoomFactor: (factor: number) => void contents.zooms.push(factor),
    setVisualZoomLevelLimits: async () => {},
  });
  return contents as unknown as FakeContents & WebContents;
}
