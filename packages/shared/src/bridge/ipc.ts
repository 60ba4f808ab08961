/**
 * The bridge on Electron's IPC: channel names, and what the preload gives to the page. One function pair and nothing
 * else of Electron reaches a page.
 */

/** Channels of the IPC; only the mount in main and the preload know them. */
export const IPC_CHANNELS = {
  /** Page -> main: a new page is there; whatever the page before it watched is over. */
  open: 'aufruf:open',
  /** Page -> main, answered: `(target, message)`. */
  call: 'aufruf:call',
  /** Page -> main, answered: `(target, { subscription, topic, params })`. */
  subscribe: 'aufruf:subscribe',
  /** Page -> main: `(target, { subscription })`. */
  unsubscribe: 'aufruf:unsubscribe',
  /** Main -> page: `(target, subscription, value)`. */
  value: 'aufruf:value',
} as const;

/** `host`: the day's commands and topics, as in web mode. `shell`: the window and the device's set-up (shell-table.ts). */
export const IPC_TARGETS = ['host', 'shell'] as const;
export type IpcTarget = (typeof IPC_TARGETS)[number];

/** `window.aufruf` in a desktop window; absent in a browser. */
export interface PreloadApi {
  /** Hands one message over; resolves with what main answers. Rejects only if main is gone or broken. */
  call(target: IpcTarget, message: unknown): Promise<unknown>;
  /**
   * Watches a topic. `onAnswer` gets main's answer to the subscription itself, a Result, once. Returns the way to stop.
   */
  subscribe(
    target: IpcTarget,
    request: { readonly topic: string; readonly params: unknown },
    onValue: (value: unknown) => void,
    onAnswer: (answer: unknown) => void,
  ): () => void;
}

/** The name of the PreloadApi on `window`. */
export const PRELOAD_KEY = 'aufruf';
