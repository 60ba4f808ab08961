/** A line to Chromium over the DevTools protocol: the browser itself, and one session for each page. */
import type { CDPSession } from 'playwright-core';

export interface CdpSession {
  /** Rejects with Chromium's own words, and when the line is lost. */
  readonly send: CDPSession['send'];
  on<P>(event: string, listener: (params: P) => void): void;
  /** The session of an attached target. */
  child(sessionId: string): CdpSession;
}

export interface CdpLine extends CdpSession {
  close(): void;
}

interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly params?: unknown;
  readonly result?: unknown;
  readonly error?: { readonly message: string };
  readonly sessionId?: string;
}

interface Pending {
  readonly resolve: (value: never) => void;
  readonly reject: (error: Error) => void;
  readonly method: string;
  readonly sessionId: string;
}

/** `onLost`: the browser is gone, or the line was closed. */
export async function openCdp(endpoint: string, onLost: () => void): Promise<CdpLine> {
  const socket = new WebSocket(endpoint);
  await new Promise<void>((resolve, reject) => {
    socket.onopen = () => resolve();
    socket.onerror = () => reject(new Error(`No Chromium answers at ${endpoint}.`));
  });
  const pending = new Map<number, Pending>();
  const listeners = new Map<string, ((params: never) => void)[]>();
  let lastId = 0;

  const rejectAll = (sessionId: string | null, words: string): void => {
    for (const [id, call] of pending) {
      if (sessionId !== null && call.sessionId !== sessionId) continue;
      pending.delete(id);
      call.reject(new Error(`${call.method}: ${words}`));
    }
  };
  socket.onclose = () => {
    rejectAll(null, 'the browser is gone');
    onLost();
  };
  socket.onmessage = ({ data }) => {
    const message: Message = JSON.parse(data as string);
    if (message.id !== undefined) {
      const call = pending.get(message.id);
      pending.delete(message.id);
      if (message.error) call?.reject(new Error(`${call.method}: ${message.error.message}`));
      else call?.resolve(message.result as never);
      return;
    }
    if (message.method === 'Target.detachedFromTarget')
      rejectAll((message.params as { sessionId: string }).sessionId, 'the page is gone');
    for (const listener of listeners.get(`${message.sessionId ?? ''} ${message.method}`) ?? [])
      listener(message.params as never);
  };

  function session(sessionId: string): CdpSession {
    return {
      send: ((method: string, params: object = {}) =>
        new Promise((resolve, reject) => {
          if (socket.readyState !== WebSocket.OPEN) return reject(new Error(`${method}: the browser is gone`));
          lastId += 1;
          pending.set(lastId, { resolve, reject, method, sessionId });
          socket.send(JSON.stringify({ id: lastId, method, params, ...(sessionId !== '' && { sessionId }) }));
        })) as CDPSession['send'],
      on(event, listener) {
        const key = `${sessionId} ${event}`;
        listeners.set(key, [...(listeners.get(key) ?? []), listener]);
      },
      child: session,
    };
  }

  return { ...session(''), close: () => socket.close() };
}
