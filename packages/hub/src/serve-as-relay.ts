/**
 * A relay over real sockets (rule M2): what an app's main hands to its engine. Listens at the port that the configuration
 * names for this device, on the hub's protocol with the hub's limits; it answers devices only and serves no pages. Makes
 * itself known while it serves, and says goodbye when it steps down.
 */
import { createServer, type Server } from 'node:http';
import { hostname } from 'node:os';
import type { OpenRelayService, RelayServiceOptions } from '@aufruf/engine/sync/relay-service';
import { createSocketServer, type SocketServer, serveSync } from '@aufruf/engine/transport/socket-io-server';
import type { HubConnection } from '@aufruf/engine/transport/transport';
import { assert } from '@aufruf/shared/lib/assert';
import { SECOND_MS } from '@aufruf/shared/lib/time';
import type { Discovery } from '@aufruf/shared/protocol/discovery';
import { portOf } from '@aufruf/shared/takeover/hub-place';
import { announcedAddresses } from './discovery/announce-hub.ts';
import { createRequestGuard } from './http-guard.ts';
import { MAX_HEADER_BYTES, REQUEST_TIMEOUT_MS } from './http-server.ts';
import { bindHost, isLoopback } from './listen.ts';
import { createRelay } from './relay.ts';

/** Most connections at once: a location's devices, and room for some that come back before their old one is gone. */
const MAX_CONNECTIONS = 400;

/** Begins to serve. A port that cannot be had ends it again, by `onUnreachable`. */
export const serveAsRelay =
  (discovery: Pick<Discovery, 'announce'>): OpenRelayService =>
  (options) =>
    createRelay(options, (onConnection) => {
      const address = addressOf(options);
      const stopListening = listenAt(address, onConnection, options);
      const sayGoodbye = announceRelay(address, options, discovery);
      return () => {
        sayGoodbye();
        stopListening();
      };
    });

/** At all addresses of this machine, since it listens at all of them: the one in the configuration may be an old one. */
function announceRelay(
  address: string,
  { config, store }: RelayServiceOptions,
  discovery: Pick<Discovery, 'announce'>,
) {
  const addresses = isLoopback(new URL(address).hostname) ? null : announcedAddresses(undefined);
  if (addresses === null) return () => {};
  const { id: locationId, name } = config;
  const { device, incarnation } = store;
  return discovery.announce(
    { role: 'relay', locationId, device, incarnation, name, port: portOf({ address }) },
    addresses,
  );
}

function addressOf({ config, store }: RelayServiceOptions): string {
  const relay = config.sync?.relays.find(({ device }) => device === store.device);
  assert(relay, 'whoever serves as a relay is configured as one');
  return relay.address;
}

/** Returns how to stop. */
function listenAt(
  address: string,
  onConnection: (connection: HubConnection) => void,
  { platform: { log }, onUnreachable }: RelayServiceOptions,
): () => void {
  const { hostname: name } = new URL(address);
  const port = portOf({ address });
  const guard = createRequestGuard(() => [hostname(), `${hostname()}.local`, name]);
  const server: Server = createServer(
    {
      maxHeaderSize: MAX_HEADER_BYTES,
      headersTimeout: REQUEST_TIMEOUT_MS,
      requestTimeout: REQUEST_TIMEOUT_MS,
      connectionsCheckingInterval: SECOND_MS,
      insecureHTTPParser: false,
    },
    (_request, response) => {
      response.writeHead(404, { 'content-type': 'text/plain; charset=utf-8', connection: 'close' });
      response.end('A relay speaks to devices only. Pages come from the hub.\n');
    },
  );
  server.maxConnections = MAX_CONNECTIONS;
  const sockets: SocketServer = createSocketServer(server, { allowRequest: guard.isUpgradeAllowed, log });
  serveSync(sockets, onConnection);
  let isStopped = false;
  server.on('error', (error) => {
    if (isStopped) return;
    log.error('this relay cannot listen: the port of its address is not to be had', { port, error });
    onUnreachable();
  });
  server.listen({ port, host: bindHost(name) });
  return () => {
    isStopped = true;
    sockets.close();
    server.close();
    server.closeAllConnections();
  };
}
