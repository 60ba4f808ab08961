/**
 * The bridge of web mode: a screen in a browser, its host behind socket.io. The socket only carries (rule P2): its
 * buffering and retries are off; what was asked for and not answered is kept here and asked for again.
 *
 * A link that is silent for MAX_SILENCE_MS is taken for dead and opened anew, so that a screen knows within three
 * seconds that it is cut off (M4), whatever the network says.
 */
import {
  BRIDGE_VERSION,
  type Bridge,
  type BridgeRefusal,
  CALL_RETRY_MS,
  type CallName,
  type CallResult,
} from '@aufruf/shared/bridge/bridge';
import type { TopicName, TopicParams } from '@aufruf/shared/bridge/topic-table';
import {
  BRIDGE_NAMESPACES,
  type BridgeClientToHost,
  type BridgeHostToClient,
  MAX_SILENCE_MS,
  type WelcomeMessage,
} from '@aufruf/shared/bridge/wire';
import { RECONNECT_MAX_MS, RECONNECT_MIN_MS } from '@aufruf/shared/protocol/limits';
import { io, type ManagerOptions, type Socket, type SocketOptions } from 'socket.io-client';
import { browserPlatform } from '../platform/browser-platform.ts';
import type { RendererPlatform } from '../platform/renderer-platform.ts';
import { createLink } from './link.ts';
import { createPendingCalls } from './pending-calls.ts';

export interface SocketBridgeOptions {
  /** Which app this is; the host derives the role from it. */
  readonly role: keyof typeof BRIDGE_NAMESPACES;
  /** Kiosk, display or counter id to be bound to; absent = the first of the location (a clerk: none). */
  readonly station?: string | undefined;
  /** Origin of the host, `http://…`; absent = where the page came from. */
  readonly url?: string;
  readonly platform?: RendererPlatform;
  /** Opens the socket; another one only in tests. */
  readonly connect?: (url: string, options: Partial<ManagerOptions & SocketOptions>) => Socket;
  /**
   * The host refused the connection: `wrongVersion` (a page older or newer than the host: reload it) or `unknownName`
   * (no such station). The bridge goes on trying.
   */
  readonly onRefused?: (refusal: BridgeRefusal) => void;
  /** After each connect. */
  readonly onWelcome?: (welcome: WelcomeMessage) => void;
}

export interface SocketBridge extends Bridge {
  /** Ends the connection; open calls are answered `unreachable`. */
  close(): void;
}

interface Subscription {
  readonly topic: TopicName;
  readonly params: TopicParams<TopicName>;
  readonly onValue: (value: never) => void;
  /** Cancels a repetition that is due. */
  cancelRetry: () => void;
}

/** How often the silence is looked at, ms. */
const SILENCE_CHECK_MS = 250;

export function openSocketBridge(options: SocketBridgeOptions): SocketBridge {
  const { role, station, url = '', platform = browserPlatform, connect = io, onRefused, onWelcome } = options;
  let isNewPage = true;
  const socket: Socket<BridgeHostToClient, BridgeClientToHost> = connect(`${url}${BRIDGE_NAMESPACES[role]}`, {
    transports: ['websocket'],
    auth: (give) => give({ bridgeVersion: BRIDGE_VERSION, isNewPage, ...(station !== undefined && { station }) }),
    forceNew: true,
    reconnectionDelay: RECONNECT_MIN_MS,
    reconnectionDelayMax: RECONNECT_MAX_MS,
    randomizationFactor: 0.5,
    timeout: MAX_SILENCE_MS,
  });
  const link = createLink(platform);
  const subscriptions = new Map<number, Subscription>();
  let lastSubscription = 0;
  let closed = false;

  /** The host takes messages from its welcome on. */
  const isUp = (): boolean => socket.connected && link.get().state === 'up';

  // ── commands ──
  const calls = createPendingCalls(platform, (message, onAnswer) => {
    if (isUp()) socket.emit('bridge:call', message, onAnswer);
  });

  // ── subscriptions ──
  function sendSubscription(subscription: number, kept: Subscription): void {
    kept.cancelRetry();
    if (!isUp()) return;
    const { topic, params } = kept;
    kept.cancelRetry = platform.schedule(CALL_RETRY_MS, () => sendSubscription(subscription, kept));
    socket.emit('bridge:subscribe', { subscription, topic, params }, (answer) => {
      const result = answer as { readonly refusal?: BridgeRefusal } | null;
      // Too many at the moment: the repetition that is due asks again. Any other answer is final; the host logs refusals.
      if (result?.refusal?.type !== 'tooMany') kept.cancelRetry();
    });
  }

  socket.on('bridge:value', ({ subscription, value }) => subscriptions.get(subscription)?.onValue(value as never));

  // ── connection ──
  let cancelReconnect = (): void => {};
  /** Where socket.io gives up by itself: after a refusal, and when either side ended the connection on purpose. */
  function reconnectByHand(delayMs: number): void {
    cancelReconnect();
    if (closed || socket.active) return;
    cancelReconnect = platform.schedule(delayMs, () => socket.connect());
  }
  const jitteredMs = (): number => RECONNECT_MIN_MS + platform.random() * (RECONNECT_MAX_MS - RECONNECT_MIN_MS);

  socket.on('bridge:welcome', (message) => {
    isNewPage = false;
    onWelcome?.(message);
    link.set('up');
    for (const [subscription, kept] of subscriptions) sendSubscription(subscription, kept);
    calls.resendAll();
  });
  socket.on('bridge:refused', (refusal) => {
    link.set('down');
    onRefused?.(refusal);
    // What was refused will hardly be granted a moment later: not before the longest pause.
    socket.disconnect();
    reconnectByHand(RECONNECT_MAX_MS);
  });
  socket.on('disconnect', () => {
    link.set('down');
    reconnectByHand(jitteredMs());
  });
  socket.on('connect_error', () => {
    link.set('down');
    reconnectByHand(jitteredMs());
  });

  // ── silence ──
  let lastHeardMs = platform.monoMs();
  const heard = (): void => {
    lastHeardMs = platform.monoMs();
  };
  socket.io.on('open', () => {
    heard();
    socket.io.engine.on('packet', heard);
  });
  let cancelSilenceCheck = (): void => {};
  function watchSilence(): void {
    cancelSilenceCheck = platform.schedule(SILENCE_CHECK_MS, () => {
      // Closing the engine looks to socket.io like a cut line: it reconnects.
      if (socket.connected && platform.monoMs() - lastHeardMs > MAX_SILENCE_MS) socket.io.engine.close();
      watchSilence();
    });
  }
  watchSilence();

  return {
    call<N extends CallName>(name: N, input: Parameters<Bridge['call']>[1], commandId: Parameters<Bridge['call']>[2]) {
      return calls.start({ name, input, commandId }) as Promise<CallResult<N>>;
    },
    subscribe(topic, params, onValue) {
      lastSubscription += 1;
      const subscription = lastSubscription;
      const kept: Subscription = { topic, params, onValue: onValue as (value: never) => void, cancelRetry: () => {} };
      subscriptions.set(subscription, kept);
      sendSubscription(subscription, kept);
      return () => {
        kept.cancelRetry();
        subscriptions.delete(subscription);
        if (isUp()) socket.emit('bridge:unsubscribe', { subscription });
      };
    },
    link: { get: link.get, subscribe: link.subscribe },
    close() {
      closed = true;
      cancelSilenceCheck();
      cancelReconnect();
      for (const kept of subscriptions.values()) kept.cancelRetry();
      socket.disconnect();
      calls.close();
    },
  };
}
