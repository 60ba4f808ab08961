/**
 * The bridge on a socket server (web mode): one namespace per app, so that the role comes from where a browser
 * connected and never from what it says (rule 1).
 */
import type { CommandHost } from '@aufruf/shared/bridge/host';
import { BRIDGE_NAMESPACES, type BridgeClientToHost, type BridgeHostToClient } from '@aufruf/shared/bridge/wire';
import type { Platform } from '../platform/platform.ts';
import type { ServerSocket, SocketServer } from '../transport/socket-io-server.ts';
import { bindCaller, type MountedRole, stationOf } from './bind-caller.ts';
import { createBridgeSession } from './bridge-session.ts';
import type { TopicPublisher } from './topic-publisher.ts';

export interface SocketMountOptions {
  readonly server: SocketServer;
  readonly host: CommandHost;
  readonly publisher: TopicPublisher;
  readonly platform: Platform;
}

/** Serves all bridge namespaces. Call once; they end with the server. */
export function mountBridgeOnSockets(options: SocketMountOptions): void {
  for (const role of Object.keys(BRIDGE_NAMESPACES) as MountedRole[]) {
    options.server.namespace(BRIDGE_NAMESPACES[role], (socket) => welcome(socket, role, options));
  }
}

function welcome(socket: ServerSocket, role: MountedRole, { host, publisher, platform }: SocketMountOptions): void {
  const bound = bindCaller(role, socket.auth, host.state().info.config);
  if (!bound.ok) {
    platform.log.warn('a screen was refused', { role, address: socket.address, ...bound.refusal });
    send(socket, 'bridge:refused', bound.refusal);
    socket.close();
    return;
  }
  const session = createBridgeSession({
    host,
    publisher,
    platform,
    caller: bound.value,
    send: (subscription, value) => send(socket, 'bridge:value', { subscription, value }),
  });
  socket.onMessage((name, body, answer) => {
    switch (name as keyof BridgeClientToHost) {
      case 'bridge:call':
        // Without an answer wanted nobody would learn of a refusal: such a message is not carried out.
        if (answer !== null) void session.call(body).then((result) => socket.isConnected() && answer(result));
        return;
      case 'bridge:subscribe':
        if (answer !== null) answer(session.subscribe(body));
        return;
      case 'bridge:unsubscribe':
        session.unsubscribe(body);
        return;
      default:
        answer?.({ ok: false, refusal: { type: 'unknownName', detail: `no message "${name.slice(0, 64)}"` } });
    }
  });
  socket.onClose(() => session.close());
  send(socket, 'bridge:welcome', { station: stationOf(bound.value), hostAt: host.now() });
}

function send<N extends keyof BridgeHostToClient>(
  socket: ServerSocket,
  name: N,
  body: Parameters<BridgeHostToClient[N]>[0],
): void {
  socket.send(name, body);
}
