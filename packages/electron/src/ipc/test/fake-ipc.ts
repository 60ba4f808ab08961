/**
 * Electron's IPC without Electron: one main, any number of windows. What crosses is cloned as Electron clones it,
 * messages of one page keep their order, and nothing arrives within the call that sent it.
 */
import { EventEmitter } from 'node:events';
import type { IpcMain, IpcRenderer, WebContents, WebFrameMain } from 'electron';

type Handler = (event: unknown, ...args: unknown[]) => unknown;

export interface FakeWindow {
  readonly ipcRenderer: IpcRenderer;
  readonly webContents: WebContents;
  /** Closes it: its web contents are destroyed. */
  close(): void;
}

export interface FakeIpc {
  readonly ipcMain: IpcMain;
  /** A window that shows `url`. `frame`: what the sender is said to be, where it is not the main frame of the page. */
  openWindow(url: string, frame?: Partial<WebFrameMain> | null): FakeWindow;
}

export function createFakeIpc(): FakeIpc {
  const handlers = new Map<string, Handler>();
  const listeners = new EventEmitter();
  const ipcMain = {
    handle(channel: string, handler: Handler) {
      if (handlers.has(channel)) throw new Error(`Attempted to register a second handler for '${channel}'`);
      handlers.set(channel, handler);
    },
    removeHandler: (channel: string) => void handlers.delete(channel),
    on: (channel: string, listener: Handler) => listeners.on(channel, listener),
    removeListener: (channel: string, listener: Handler) => listeners.removeListener(channel, listener),
  } as unknown as IpcMain;

  function openWindow(url: string, frame?: Partial<WebFrameMain> | null): FakeWindow {
    const inPage = new EventEmitter();
    const contents = new EventEmitter();
    let isDestroyed = false;
    const webContents = Object.assign(contents, {
      isDestroyed: () => isDestroyed,
      send(channel: string, ...args: unknown[]) {
        if (isDestroyed) throw new TypeError('Object has been destroyed');
        const copies = structuredClone(args);
        queueMicrotask(() => inPage.emit(channel, {}, ...copies));
      },
    }) as unknown as WebContents;
    const senderFrame = frame === null ? null : { url, parent: null, ...frame };
    const event = { sender: webContents, senderFrame };
    const ipcRenderer = {
      send(channel: string, ...args: unknown[]) {
        const copies = structuredClone(args);
        queueMicrotask(() => listeners.emit(channel, event, ...copies));
      },
      async invoke(channel: string, ...args: unknown[]) {
        const copies = structuredClone(args);
        // As far into the future as `send` is, so that the order holds between the two.
        await Promise.resolve();
        const handler = handlers.get(channel);
        if (handler === undefined) throw new Error(`No handler registered for '${channel}'`);
        return structuredClone(await handler(event, ...copies));
      },
      on: (channel: string, listener: Handler) => inPage.on(channel, listener),
    } as unknown as IpcRenderer;
    return {
      ipcRenderer,
      webContents,
      close() {
        isDestroyed = true;
        contents.emit('destroyed');
      },
    };
  }
  return { ipcMain, openWindow };
}
