import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { MAX_MESSAGE_BYTES } from '@aufruf/shared/protocol/limits';
import { SYNC_NAMESPACE } from '@aufruf/shared/protocol/messages';
import { io } from 'socket.io-client';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createNodePlatform } from '../platform/node-platform.ts';
import { createTestPlatform } from '../platform/test-platform.ts';
import { createSocketLink } from './socket-io-client.ts';
import { createSocketServer, type SocketServer, serveSync } from './socket-io-server.ts';
import { transportContract } from './transport.contract.ts';
import type { HubConnection } from './transport.ts';

const { log } = createTestPlatform({ now: 0, seed: 1 });
// Reconnects at the shortest delay.
const platform = { ...createNodePlatform({ log }), random: () => 0 };

interface RunningServer {
  readonly http: Server;
  readonly sockets: SocketServer;
  readonly port: number;
  stop(): Promise<void>;
}

async function startServer(
  onConnection: (connection: HubConnection) => void,
  port = 0,
  isAllowed = true,
): Promise<RunningServer> {
  const http = createServer();
  const sockets = createSocketServer(http, { allowRequest: () => isAllowed, log });
  serveSync(sockets, onConnection);
  await new Promise<void>((resolve) => http.listen(port, '127.0.0.1', resolve));
  return {
    http,
    sockets,
    port: (http.address() as AddressInfo).port,
    stop: async () => {
      sockets.close();
      await new Promise((resolve) => http.close(resolve));
    },
  };
}

transportContract('socket.io', async () => {
  const accepted: HubConnection[] = [];
  const accept = (connection: HubConnection) => void accepted.push(connection);
  let server: RunningServer | null = await startServer(accept);
  const { port } = server;
  const url = `http://127.0.0.1:${port}`;
  const stop = async () => {
    await server?.stop();
    server = null;
  };
  const until = (condition: () => boolean) =>
    vi.waitFor(() => expect(condition()).toBe(true), { timeout: 8_000, interval: 2 });
  return {
    accepted,
    newLink: () => createSocketLink({ url, platform }),
    stopHub: stop,
    startHub: async () => {
      server = await startServer(accept, port);
    },
    until,
    // What was sent before a round trip has arrived after it: an own connection asks for one.
    settle: async () => {
      if (server === null) return;
      const probe = io(url, { transports: ['websocket'], forceNew: true, reconnection: false });
      await new Promise((resolve) => probe.once('connect', () => resolve(null)).once('connect_error', resolve));
      probe.disconnect();
    },
    close: stop,
  };
});

describe('socket.io server', () => {
  const ends: (() => unknown)[] = [];
  afterEach(async () => {
    for (const end of ends.splice(0)) await end();
  });
  async function start(isAllowed = true) {
    const accepted: HubConnection[] = [];
    const server = await startServer((connection) => accepted.push(connection), 0, isAllowed);
    ends.push(server.stop);
    return { accepted, server, url: `http://127.0.0.1:${server.port}` };
  }
  function raw(url: string, transports: string[] = ['websocket']) {
    const socket = io(url + SYNC_NAMESPACE, { transports, forceNew: true, reconnection: false });
    ends.unshift(() => socket.disconnect());
    return socket;
  }
  const connected = (socket: ReturnType<typeof raw>) =>
    new Promise<boolean>((resolve) =>
      socket.once('connect', () => resolve(true)).once('connect_error', () => resolve(false)),
    );

  it('P2: takes websockets only', async () => {
    const { url } = await start();
    expect(await connected(raw(url, ['polling']))).toBe(false);
    expect(await connected(raw(url))).toBe(true);
  });

  it('P2: a handshake that is not allowed gets no connection', async () => {
    const { url, accepted } = await start(false);
    expect(await connected(raw(url))).toBe(false);
    expect(accepted).toEqual([]);
  });

  it('P2: a message larger than MAX_MESSAGE_BYTES ends its connection; the server and others go on', async () => {
    const { url, accepted } = await start();
    const [good, bad] = [raw(url), raw(url)];
    await Promise.all([connected(good), connected(bad)]);
    const requests: string[] = [];
    for (const connection of accepted) {
      connection.onRequest((name, _, answer) => {
        requests.push(name);
        answer('fine');
      });
    }
    const closed = new Promise((resolve) => bad.once('disconnect', resolve));
    bad.emit('big', 'x'.repeat(MAX_MESSAGE_BYTES + 1), () => {});
    await closed;
    expect(await good.emitWithAck('small', 'x'.repeat(MAX_MESSAGE_BYTES - 1_000))).toBe('fine');
    expect(requests).toEqual(['small']);
  });

  it('P1: a hint to several goes to them and to nobody else, to none at all if none are named', async () => {
    const { url, accepted } = await start();
    const sockets = [raw(url), raw(url), raw(url)];
    const heard: unknown[] = [];
    for (const socket of sockets) {
      await connected(socket);
      socket.on('sync:head', (body) => heard.push([sockets.indexOf(socket), body]));
    }
    const { sender } = accepted[0] ?? {};
    const idOf = (index: number) => sockets[index]?.id ?? '';
    sender?.send([], 'sync:head', 'nobody');
    sender?.send([idOf(2), idOf(0), 'gone'], 'sync:head', { n: 1 });
    // What was sent before has arrived when this has.
    for (const connection of accepted) connection.sendHint('sync:head', 'last');
    await vi.waitFor(() => expect(heard.filter((one) => (one as unknown[])[1] === 'last')).toHaveLength(3));
    expect(heard.filter((one) => (one as unknown[])[1] !== 'last')).toHaveLength(2);
    expect(heard).toEqual(
      expect.arrayContaining([
        [0, { n: 1 }],
        [2, { n: 1 }],
      ]),
    );
  });

  it('P1: a request that wants no answer is not handed on; one without a body is', async () => {
    const { url, accepted } = await start();
    const socket = raw(url);
    await connected(socket);
    const requests: unknown[] = [];
    accepted[0]?.onRequest((name, body, answer) => {
      requests.push([name, body]);
      answer(null);
    });
    socket.emit('shout', { into: 'the void' });
    await socket.emitWithAck('bare');
    expect(requests).toEqual([['bare', undefined]]);
  });
});
