import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Result, refuse } from '@aufruf/shared/lib/result';
import { DEFAULT_HUB_PORT } from '@aufruf/shared/protocol/stations';
import type { StartRefusal } from './start-refusal.ts';

export interface ListenOptions {
  /** Address to bind to: `127.0.0.1`, `0.0.0.0`, `::` or one of this machine's. */
  readonly host: string;
  /** Null: DEFAULT_HUB_PORT, or any free one if that is taken. A port that was asked for is never replaced; 0 is any. */
  readonly port: number | null;
}

/** Binds the server. Answers the port it got. */
export async function listen(server: Server, { host, port }: ListenOptions): Promise<Result<number, StartRefusal>> {
  const wanted = port ?? DEFAULT_HUB_PORT;
  const failure = await tryListen(server, host, wanted);
  if (failure === null) return { ok: true, value: (server.address() as AddressInfo).port };
  switch (failure.code) {
    case 'EADDRINUSE':
      if (port === null) return listen(server, { host, port: 0 });
      return refuse({
        type: 'portBusy',
        lines: [`Port ${wanted} is in use: choose another one with --port, or end the program that uses it.`],
      });
    case 'EACCES':
      return refuse({
        type: 'portNotAllowed',
        lines: [`Port ${wanted} may not be opened by this user: choose one above 1023 with --port.`],
      });
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
    case 'EINVAL':
      return refuse({
        type: 'addressUnknown',
        lines: [`This machine has no address ${host}: use 0.0.0.0 with --host to open all of them.`],
      });
    default:
      throw failure;
  }
}

/** Null when the server listens. */
function tryListen(server: Server, host: string, port: number): Promise<NodeJS.ErrnoException | null> {
  return new Promise((resolve) => {
    const settle = (error: NodeJS.ErrnoException | null): void => {
      server.off('error', settle).off('listening', listening);
      resolve(error);
    };
    const listening = (): void => settle(null);
    server.once('error', settle).once('listening', listening);
    server.listen({ host, port, exclusive: true });
  });
}

/** Only this machine reaches what listens there. An IPv6 address may stand in brackets, as in a URL. */
export const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '::1' || host === '[::1]' || host.startsWith('127.');

/** An address that stands for all of a machine's is reached at its own loopback. */
export function toUrlHost(host: string): string {
  if (host === '0.0.0.0') return '127.0.0.1';
  if (host === '::') return '[::1]';
  return host.includes(':') ? `[${host}]` : host;
}

/** Where a hub or relay listens that devices look for at `hostname` of an address: there alone, or at all of the machine's. */
export const bindHost = (hostname: string): string =>
  isLoopback(hostname) ? hostname.replace(/^\[(.*)\]$/, '$1') : '0.0.0.0';

/** Pages are answered at once, so whatever is still connected is idle or slow. */
export function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
