/**
 * The preload's world: what a sandboxed preload has in Electron, and nothing else. Anything of Node is missing, and says
 * so when it is used.
 *
 * Runs in pages, where it arrives as source text: nothing from outside may be used in it but its arguments.
 */
import type { CloneCodec } from './clone-codec.ts';
import type { WorldLine } from './world-line.ts';

/** A preload as Electron wraps it. */
type Preload = (...scope: readonly unknown[]) => void;
type Listener = ((event: object, ...args: unknown[]) => void) & { readonly of?: Listener };

/** Main -> page, by name. */
export interface PreloadReceiver {
  /** The answer to an `invoke`, or to a question of the page. */
  answer(id: number, ok: boolean, text: string): void;
  message(channel: string, texts: readonly string[]): void;
}

export interface PreloadWorldOptions {
  readonly codec: CloneCodec;
  readonly line: WorldLine;
  /** Name of the function on this world's global object that carries texts to main. */
  readonly binding: string;
  /** Name under which main finds this world's receiver. */
  readonly receiver: string;
  readonly process: Readonly<Record<string, unknown>>;
  /** Null where the window has none, or one that is no program. */
  readonly preload: Preload | null;
}

export function startPreloadWorld({ codec, line, binding, receiver, process, preload }: PreloadWorldOptions): void {
  const globals = globalThis as unknown as Record<string, unknown>;
  const send = globals[binding] as (text: string) => void;
  const post = (kind: string, details: object) => send(JSON.stringify({ kind, ...details }));
  const listeners = new Map<string, Listener[]>();
  const pending = new Map<
    number,
    { readonly resolve: (value: unknown) => void; readonly reject: (e: Error) => void }
  >();
  let lastId = 0;

  const askMain = (kind: string, details: object): Promise<unknown> => {
    lastId += 1;
    const id = lastId;
    return new Promise((resolve, reject) => {
      pending.set(id, { resolve, reject });
      post(kind, { id, ...details });
    });
  };

  const strict = <T extends object>(name: string, target: T): T =>
    new Proxy(target, {
      get(object, key) {
        if (typeof key === 'symbol' || key in object || key === 'then' || key === 'toJSON')
          return Reflect.get(object, key);
        throw new Error(`The stand-in has no ${name}.${key}`);
      },
    });
  const encodeAll = (args: readonly unknown[]): readonly string[] => args.map((arg) => codec.encode(arg));

  const addListener = (channel: string, listener: Listener) => {
    if (typeof listener !== 'function') throw new TypeError('The "listener" argument must be of type function.');
    listeners.set(channel, [...(listeners.get(channel) ?? []), listener]);
    return ipcRenderer;
  };
  const removeListener = (channel: string, listener: Listener) => {
    const kept = (listeners.get(channel) ?? []).filter((held) => held !== listener && held.of !== listener);
    listeners.set(channel, kept);
    return ipcRenderer;
  };
  const ipcRenderer: object = strict('ipcRenderer', {
    send: (channel: string, ...args: unknown[]) => post('send', { channel, args: encodeAll(args) }),
    invoke: async (channel: string, ...args: unknown[]) => askMain('invoke', { channel, args: encodeAll(args) }),
    on: addListener,
    addListener,
    off: removeListener,
    removeListener,
    once(channel: string, listener: Listener) {
      const once: Listener = Object.assign(
        (event: object, ...args: unknown[]) => {
          removeListener(channel, once);
          listener(event, ...args);
        },
        { of: listener },
      );
      return addListener(channel, once);
    },
    removeAllListeners(channel?: string) {
      if (channel === undefined) listeners.clear();
      else listeners.delete(channel);
      return ipcRenderer;
    },
    listenerCount: (channel: string) => listeners.get(channel)?.length ?? 0,
  });

  const receive: PreloadReceiver = {
    answer(id, ok, text) {
      const call = pending.get(id);
      pending.delete(id);
      if (ok) call?.resolve(codec.decode(text));
      else call?.reject(new Error(text));
    },
    message(channel, texts) {
      const event = strict('IpcRendererEvent', { sender: ipcRenderer, ports: [] });
      const args = texts.map((text) => codec.decode(text));
      for (const listener of listeners.get(channel) ?? []) listener(event, ...args);
    },
  };
  Object.defineProperty(globals, receiver, { value: receive });

  line.handlers.mayPage = ((permission: unknown, details: unknown) =>
    line.toOther(
      askMain('may', { permission: line.fromOther(permission), details: line.fromOther(details) }),
    )) as never;
  line.handlers.opens = ((wish: unknown) => post('opens', line.fromOther(wish) as object)) as never;
  line.handlers.input = ((input: unknown) => post('input', { input: line.fromOther(input) })) as never;

  /** In Electron an ipcRenderer that crosses arrives as an empty object: nobody can have meant that. */
  const refuseRaw = (value: unknown): void => {
    if (value === ipcRenderer || value === contextBridge || value === electron)
      throw new Error(
        'ipcRenderer and other modules of Electron cannot cross the contextBridge: expose functions instead.',
      );
    if (typeof value === 'object' && value !== null) for (const part of Object.values(value)) refuseRaw(part);
  };
  const contextBridge = strict('contextBridge', {
    exposeInMainWorld(key: string, api: unknown) {
      refuseRaw(api);
      const passed = line.toOther(api);
      if (line.ask('isTaken', key))
        throw new Error('Cannot bind an API on top of an existing property on the window object');
      line.ask('expose', key, passed);
    },
  });
  const webFrame = strict('webFrame', {});
  const electron: object = strict("require('electron')", { contextBridge, ipcRenderer, webFrame });

  const require = (name: string) => {
    if (name === 'electron' || name === 'electron/renderer') return electron;
    throw new Error(`module not found: ${name} (a sandboxed preload can require nothing but electron)`);
  };
  const lacking = (name: string, own: object) =>
    new Proxy(own, {
      get(object, key) {
        if (typeof key === 'symbol' || Object.hasOwn(object, key)) return Reflect.get(object, key);
        throw new Error(`A sandboxed preload has no ${name}.${key}, or the stand-in lacks it.`);
      },
    });

  post('hello', { url: location.href });
  if (preload === null) return;
  const module = { exports: {} };
  try {
    preload(require, module, module.exports, lacking('process', { ...process }));
  } catch (error) {
    const { message, stack } = error instanceof Error ? error : new Error(String(error));
    post('preloadError', { message, stack });
  }
}
