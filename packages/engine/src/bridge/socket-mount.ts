/**
 * The bridge on a socket server (web mode): one namespace per app, so that the role comes from where a browser
 * connected and never from what it says (rule 1).
 */
import type { CommandHost } from '@aufruf/shared/bridge/host';
import type { Caller } from '@aufruf/shared/bridge/roles';
import { BRIDGE_NAMESPACES, type BridgeClientToHost, type BridgeHostToClient } from '@aufruf/shared/bridge/wire';
import type { Platform } from '../platform/platform.ts';
import type { ServerSocket, SocketServer } from '../transport/socket-io-server.ts';
import { bindCaller, bindToStation, isNewPage, type MountedRole, stationOf } from './bind-caller.ts';
import { createBridgeSession } from './bridge-session.ts';
import type { TopicPublisher } from './topic-publisher.ts';

export interface SocketMountOptions {
  readonly server: SocketServer;
  readonly host: CommandHost;
  readonly publisher: TopicPublisher;
  readonly platform: Platform;
  /** The one station that the host is; absent: the host is the hub, and serves screens of all stations. */
  readonly station?: MountedStation;
}

export interface MountedStation {
  readonly caller: Caller & { readonly role: MountedRole };
  /** Origin of the hub's pages, for phones. */
  readonly hubUrl: string;
  /** Called before a page that has just been opened is welcome. @throws nothing */
  readonly onNewPage: () => void;
}

/** Serves all bridge namespaces, or that of the station. Call once; they end with the server. */
export function mountBridgeOnSockets(options: SocketMountOptions): void {
  const { station } = options;
  const roles = station === undefined ? (Object.keys(BRIDGE_NAMESPACES) as MountedRole[]) : [station.caller.role];
  for (const role of roles) {
    options.server.namespace(BRIDGE_NAMESPACES[role], (socket) => welcome(socket, role, options));
  }
}

function welcome(socket: ServerSocket, role: MountedRole, options: SocketMountOptions): void {
  const { host, publisher, platform, station } = options;
  const bound =
    station === undefined
      ? bindCaller(role, socket.auth, host.state().info.config)
      : bindToStation(station.caller, socket.auth);
  if (!bound.ok) {
    platform.log.warn('a screen was refused', { role, address: socket.address, ...bound.refusal });
    send(socket, 'bridge:refused', bound.refusal);
    socket.close();
    return;
  }
  if (isNewPage(socket.auth)) station?.onNewPage();
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
  send(socket, 'bridge:welcome', {
    station: stationOf(bound.value),
    hubUrl: station?.hubUrl ?? null,
    hostAt: host.now(),
  });
}

function send<N extends keyof BridgeHostToClient>(
  socket: ServerSocket,
  name: N,
  body: Parameters<BridgeHostToClient[N]>[0],
): void {
  socket.send(name, body);
}
