/** A device's link to its hub over socket.io (rule P2): reconnects by itself, buffers and repeats nothing. */
import { RECONNECT_MAX_MS, RECONNECT_MIN_MS } from '@aufruf/shared/protocol/limits';
import { SYNC_NAMESPACE } from '@aufruf/shared/protocol/messages';
import { io } from 'socket.io-client';
import type { Platform } from '../platform/platform.ts';
import type { HubLink } from './transport.ts';

/** A connection attempt takes at most so long. */
const CONNECT_TIMEOUT_MS = 3_000;

export interface SocketLinkOptions {
  /** Address of the hub, `http://host:port`. */
  readonly url: string;
  readonly platform: Platform;
}

export function createSocketLink({ url, platform }: SocketLinkOptions): HubLink {
  // As people write it, perhaps with a slash at the end.
  const socket = io(new URL(url).origin + SYNC_NAMESPACE, {
    autoConnect: false,
    forceNew: true,
    transports: ['websocket'],
    reconnection: true,
    reconnectionDelay: RECONNECT_MIN_MS,
    reconnectionDelayMax: RECONNECT_MAX_MS,
    randomizationFactor: 0.5,
    timeout: CONNECT_TIMEOUT_MS,
  });
  let isClosed = false;
  let cancelReconnect = (): void => {};
  /** Tells answers of this connection from those of an earlier one. */
  let connection = 0;

  const connectLater = (): void => {
    cancelReconnect();
    const delayMs = RECONNECT_MIN_MS + platform.random() * (RECONNECT_MAX_MS - RECONNECT_MIN_MS);
    cancelReconnect = platform.schedule(Math.round(delayMs), () => socket.connect());
  };

  return {
    start({ onUp, onDown, onHint }) {
      socket.on('connect', () => {
        connection += 1;
        onUp();
      });
      socket.on('disconnect', (reason) => {
        connection += 1;
        onDown();
        // socket.io comes back by itself after a loss, but not when either side ended the connection on purpose.
        const onPurpose = reason === 'io server disconnect' || reason === 'io client disconnect';
        if (onPurpose && !isClosed) connectLater();
      });
      socket.on('connect_error', (error) => {
        platform.log.debug('the hub does not answer', { url, reason: error.message });
        // A refused namespace is not tried again by socket.io; a failed transport is.
        if (!socket.active && !isClosed) connectLater();
      });
      socket.onAny((name: string, body: unknown) => onHint(name, body));
      socket.connect();
    },
    isUp: () => socket.connected,
    request(name, body, onAnswer) {
      if (!socket.connected) return;
      const asked = connection;
      socket.emit(name, body, (answer: unknown) => {
        if (asked === connection) onAnswer(answer);
      });
    },
    reset() {
      if (isClosed) return;
      if (socket.connected) socket.disconnect();
      else if (!socket.active) connectLater();
    },
    close() {
      isClosed = true;
      cancelReconnect();
      socket.disconnect();
      socket.off();
      socket.offAny();
    },
  };
}
