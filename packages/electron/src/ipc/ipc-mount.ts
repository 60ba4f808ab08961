/**
 * The bridge on Electron's IPC: carries messages between a page and the sessions behind it, and adds nothing. What a
 * session is, the composition root says: the engine's bridge session for the day, the shell's own for the window.
 *
 * Invariants: whoever is no trusted page is refused and changes nothing; a new page in a window starts with new
 * sessions; nothing is sent to a page that is gone; no message, however broken, makes it throw.
 */
import { IPC_CHANNELS, IPC_TARGETS, type IpcTarget } from '@aufruf/shared/bridge/ipc';
import { refuse } from '@aufruf/shared/lib/result';
import type { IpcMain, WebContents } from 'electron';
import type { ShellLog } from '../shell-platform.ts';
import type { IpcSender } from './trusted-sender.ts';

/** One page's conversation with what stands behind a target. Never throws and never rejects. */
export interface HostSession {
  call(message: unknown): Promise<unknown>;
  /** `message`: `{ subscription, topic, params }`. Answers a Result; values go to the session's `send`. */
  subscribe(message: unknown): unknown;
  unsubscribe(message: unknown): void;
  close(): void;
}

/** Null while there is nothing behind the target; the page asks again. */
export type OpenSession = (send: (subscription: number, value: unknown) => void) => HostSession | null;

export interface IpcMountOptions {
  readonly ipcMain: Pick<IpcMain, 'handle' | 'removeHandler' | 'on' | 'removeListener'>;
  readonly isTrusted: (sender: IpcSender) => boolean;
  readonly open: Readonly<Record<IpcTarget, OpenSession>>;
  readonly log: ShellLog;
}

export interface IpcMount {
  /** Ends all sessions of a target, whose place another one takes: pages are to be opened anew. */
  reset(target: IpcTarget): void;
  close(): void;
}

const NOT_TRUSTED = refuse({ type: 'notAllowed', detail: 'the sender is no page of this app' } as const);
const NO_TARGET = refuse({ type: 'malformed', detail: 'no such target' } as const);
const NOT_THERE = refuse({ type: 'unreachable', detail: 'this device is starting' } as const);

export function mountBridgeOnIpc({ ipcMain, isTrusted, open, log }: IpcMountOptions): IpcMount {
  const pages = new Map<WebContents, Map<IpcTarget, HostSession>>();

  function closePage(page: WebContents): void {
    for (const session of pages.get(page)?.values() ?? []) session.close();
    pages.delete(page);
  }

  /** The page's sessions; kept until it is gone. */
  function sessionsOf(page: WebContents): Map<IpcTarget, HostSession> {
    let sessions = pages.get(page);
    if (sessions === undefined) {
      sessions = new Map();
      pages.set(page, sessions);
      // Of every page in this window, so that one listener is enough.
      page.once('destroyed', () => closePage(page));
    }
    return sessions;
  }

  function sessionOf(page: WebContents, target: IpcTarget): HostSession | null {
    const sessions = sessionsOf(page);
    const held = sessions.get(target);
    if (held !== undefined) return held;
    const session = open[target]((subscription, value) => {
      if (!page.isDestroyed()) page.send(IPC_CHANNELS.value, target, subscription, value);
    });
    if (session !== null) sessions.set(target, session);
    return session;
  }

  /** The session that a message is for, or the refusal it gets. */
  function route(
    event: IpcSender,
    target: unknown,
  ): HostSession | typeof NOT_TRUSTED | typeof NO_TARGET | typeof NOT_THERE {
    if (!isTrusted(event)) {
      log.warn('a message was denied', { url: event.senderFrame?.url ?? null });
      return NOT_TRUSTED;
    }
    const known = IPC_TARGETS.find((name) => name === target);
    return known === undefined ? NO_TARGET : (sessionOf(event.sender, known) ?? NOT_THERE);
  }

  const onOpen = (event: IpcSender): void => {
    if (!isTrusted(event)) return void log.warn('a page was denied', { url: event.senderFrame?.url ?? null });
    // The window stays, its pages change: only the sessions end.
    for (const session of pages.get(event.sender)?.values() ?? []) session.close();
    pages.get(event.sender)?.clear();
  };
  const onUnsubscribe = (event: IpcSender, target: unknown, message: unknown): void => {
    const session = route(event, target);
    if ('unsubscribe' in session) session.unsubscribe(message);
  };
  ipcMain.on(IPC_CHANNELS.open, onOpen);
  ipcMain.on(IPC_CHANNELS.unsubscribe, onUnsubscribe);
  ipcMain.handle(IPC_CHANNELS.call, async (event, target: unknown, message: unknown) => {
    const session = route(event, target);
    return 'call' in session ? session.call(message) : session;
  });
  ipcMain.handle(IPC_CHANNELS.subscribe, (event, target: unknown, message: unknown) => {
    const session = route(event, target);
    return 'subscribe' in session ? session.subscribe(message) : session;
  });

  return {
    reset(target) {
      for (const sessions of pages.values()) {
        sessions.get(target)?.close();
        sessions.delete(target);
      }
    },
    close() {
      ipcMain.removeListener(IPC_CHANNELS.open, onOpen);
      ipcMain.removeListener(IPC_CHANNELS.unsubscribe, onUnsubscribe);
      ipcMain.removeHandler(IPC_CHANNELS.call);
      ipcMain.removeHandler(IPC_CHANNELS.subscribe);
      for (const page of [...pages.keys()]) closePage(page);
    },
  };
}
