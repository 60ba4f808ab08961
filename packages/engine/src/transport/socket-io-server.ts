/**
 * The socket server of a hub, with the pipe's settings (rule P2): websocket only, no connection state recovery, quick
 * pings, small messages. The only file of the project that imports `socket.io`; the sync protocol and the bridges of web
 * mode are namespaces of one server. It outlives no request: what is not delivered is lost, and the protocols above know.
 */
import type { Server as HttpServer, IncomingMessage } from 'node:http';
import { MAX_MESSAGE_BYTES, PING_INTERVAL_MS, PING_TIMEOUT_MS } from '@aufruf/shared/protocol/limits';
import { SYNC_NAMESPACE } from '@aufruf/shared/protocol/messages';
import { Server, type Socket } from 'socket.io';
import type { Log } from '../platform/platform.ts';
import type { HintSender, HubConnection } from './transport.ts';

/** One client's connection to one namespace. */
export interface ServerSocket {
  readonly id: string;
  /** What the client sent with its handshake; unchecked. */
  readonly auth: unknown;
  /** The client's network address, for the log. */
  readonly address: string;
  isConnected(): boolean;
  /** Each message of the client, unchecked; `answer` is null when the client wants none. Called synchronously. */
  onMessage(handler: (name: string, body: unknown, answer: ((body: unknown) => void) | null) => void): void;
  /** Told once. */
  onClose(handler: () => void): void;
  /** Dropped unless connected (P1). */
  send(name: string, body: unknown): void;
  /** Ends the connection; repetition does nothing. */
  close(): void;
}

export interface SocketServer {
  /** Serves a namespace. Call once for each name, before or after the http server listens. */
  namespace(name: string, onConnection: (socket: ServerSocket) => void): void;
  /** Says the same to many sockets of a namespace. */
  sender(namespace: string): HintSender;
  /** Disconnects everybody. The http server is its owner's to close. */
  close(): void;
}

export interface SocketServerOptions {
  /** Whether a handshake may go on: the place to check Origin and Host. */
  readonly allowRequest: (request: IncomingMessage) => boolean;
  readonly log: Log;
}

export function createSocketServer(httpServer: HttpServer, { allowRequest, log }: SocketServerOptions): SocketServer {
  const io = new Server(httpServer, {
    transports: ['websocket'],
    allowUpgrades: false,
    serveClient: false,
    pingInterval: PING_INTERVAL_MS,
    pingTimeout: PING_TIMEOUT_MS,
    maxHttpBufferSize: MAX_MESSAGE_BYTES,
    perMessageDeflate: false,
    allowRequest: (request, decide) => decide(null, allowRequest(request)),
  });
  io.engine.on('connection_error', (error: { code: number; message: string }) => {
    log.warn('a socket handshake was refused', { code: error.code, reason: error.message });
  });

  return {
    namespace(name, onConnection) {
      io.of(name).on('connection', (socket) => {
        // Without a listener an `error` event would end the process.
        socket.on('error', (error) => log.warn('socket error', { namespace: name, socket: socket.id, error }));
        onConnection(toServerSocket(socket));
      });
    },
    sender: (namespace) => ({
      send(ids, name, body) {
        // To no room at all would be to everybody. A socket has a room of its own name.
        if (ids.length > 0)
          io.of(namespace)
            .to([...ids])
            .emit(name, body);
      },
    }),
    close() {
      io.disconnectSockets(true);
      io.engine.close();
    },
  };
}

function toServerSocket(socket: Socket): ServerSocket {
  return {
    id: socket.id,
    auth: socket.handshake.auth,
    address: socket.handshake.address,
    isConnected: () => socket.connected,
    onMessage(handler) {
      socket.onAny((name: string, ...args: unknown[]) => {
        const last = args.at(-1);
        const answer = typeof last === 'function' ? (last as (body: unknown) => void) : null;
        handler(name, answer !== null && args.length === 1 ? undefined : args[0], answer);
      });
    },
    onClose(handler) {
      socket.on('disconnect', () => handler());
    },
    send(name, body) {
      if (socket.connected) socket.emit(name, body);
    },
    close() {
      socket.disconnect(true);
    },
  };
}

/** Serves the sync protocol: each device's connection is handed to `onConnection`. */
export function serveSync(server: SocketServer, onConnection: (connection: HubConnection) => void): void {
  const sender = server.sender(SYNC_NAMESPACE);
  server.namespace(SYNC_NAMESPACE, (socket) => {
    onConnection({
      id: socket.id,
      sender,
      onRequest(handler) {
        socket.onMessage((name, body, answer) => {
          // Nobody can be told what is wrong with a request that wants no answer.
          if (answer === null) return;
          handler(name, body, (value) => {
            if (socket.isConnected()) answer(value);
          });
        });
      },
      onClose: socket.onClose,
      sendHint: socket.send,
      close: socket.close,
    });
  });
}
