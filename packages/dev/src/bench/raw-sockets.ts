/**
 * What the bare library can do: an acknowledged message, and a broadcast. The yardstick the product is measured by, with
 * the settings and the size of message the product uses. Needed nowhere else.
 */
import { createServer } from 'node:http';
import { Server } from 'socket.io';
import { io } from 'socket.io-client';
import { nowMs } from './clock.ts';

/** About what a head with a call's two entries weighs, bytes. */
const PAYLOAD = { text: 'x'.repeat(1_500) };

export interface RawServer {
  readonly url: string;
  close(): Promise<void>;
}

/** On a free port of this machine alone. */
export async function startRawServer(): Promise<RawServer> {
  const http = createServer();
  const server = new Server(http, { transports: ['websocket'], serveClient: false, perMessageDeflate: false });
  server.on('connection', (socket) => {
    socket.on('ping', (_: unknown, answer: () => void) => answer());
    socket.on('tell-all', (round: number) => server.emit('told', round, PAYLOAD));
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const address = http.address();
  if (address === null || typeof address === 'string') throw new Error('the raw server has no port');
  return { url: `http://127.0.0.1:${address.port}`, close: () => server.close() };
}

export interface RawClients {
  /** One acknowledged message of the first client, ms. */
  ping(): Promise<number>;
  /** The first client wants all to be told; returns when it asked. */
  tellAll(round: number): number;
  /** When the last of these clients was told. */
  told(round: number): Promise<number>;
  close(): void;
}

export async function connectRawClients(url: string, count: number): Promise<RawClients> {
  const sockets = Array.from({ length: count }, () => io(url, { transports: ['websocket'], forceNew: true }));
  const rounds = new Map<number, { left: number; readonly told: PromiseWithResolvers<number> }>();
  const roundOf = (round: number) => {
    const known = rounds.get(round) ?? { left: count, told: Promise.withResolvers<number>() };
    rounds.set(round, known);
    return known;
  };
  for (const socket of sockets) {
    socket.on('told', (round: number) => {
      const known = roundOf(round);
      known.left -= 1;
      if (known.left === 0) known.told.resolve(nowMs());
    });
  }
  await Promise.all(sockets.map((socket) => new Promise<void>((resolve) => socket.once('connect', () => resolve()))));
  const [first] = sockets;
  if (first === undefined) throw new Error('no raw clients');
  return {
    ping() {
      const startedAt = nowMs();
      return new Promise((resolve) => first.emit('ping', PAYLOAD, () => resolve(nowMs() - startedAt)));
    },
    tellAll(round) {
      const startedAt = nowMs();
      first.emit('tell-all', round, PAYLOAD);
      return startedAt;
    },
    async told(round) {
      const at = await roundOf(round).told.promise;
      rounds.delete(round);
      return at;
    },
    close() {
      for (const socket of sockets) socket.close();
    },
  };
}
