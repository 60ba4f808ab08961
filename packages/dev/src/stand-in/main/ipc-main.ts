/** `ipcMain`, and how messages of pages reach what listens on it. */
import { EventEmitter } from 'node:events';
import { strict } from './strict.ts';

type Handler = (event: object, ...args: unknown[]) => unknown;

export interface IpcMainStandIn {
  /** What the app gets. */
  readonly api: EventEmitter;
  receive(channel: string, event: object, args: readonly unknown[]): void;
  /** @throws what the handler throws; Error where there is none */
  invoke(channel: string, event: object, args: readonly unknown[]): Promise<unknown>;
}

function createIpcMain(): IpcMainStandIn {
  const handlers = new Map<string, Handler>();
  const emitter = new EventEmitter();
  emitter.setMaxListeners(0);
  const handle = (channel: string, handler: Handler): void => {
    if (handlers.has(channel)) throw new Error(`Attempted to register a second handler for '${channel}'`);
    if (typeof handler !== 'function')
      throw new TypeError('Expected handler to be a function, but found type undefined');
    handlers.set(channel, handler);
  };
  const api = Object.assign(emitter, {
    handle,
    handleOnce: (channel: string, handler: Handler) =>
      handle(channel, (...args) => {
        handlers.delete(channel);
        return handler(...args);
      }),
    removeHandler: (channel: string) => void handlers.delete(channel),
  });
  return {
    api: strict('ipcMain', api),
    receive: (channel, event, args) => void emitter.emit(channel, event, ...args),
    async invoke(channel, event, args) {
      const handler = handlers.get(channel);
      if (handler === undefined) throw new Error(`No handler registered for '${channel}'`);
      return handler(event, ...args);
    },
  };
}

export const ipcMain = createIpcMain();
