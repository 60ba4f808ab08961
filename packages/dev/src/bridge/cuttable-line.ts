/** A TCP line between a client and a server that a test can cut, or make silent without closing it. */
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

export interface CuttableLine {
  readonly port: number;
  /** Ends all connections; new ones are refused until `mend`. */
  cut(): void;
  /** Swallows everything in both directions, while all connections stay open, as a pulled plug does. */
  silence(): void;
  mend(): void;
  close(): Promise<void>;
}

export async function openCuttableLine(targetPort: number): Promise<CuttableLine> {
  let state: 'whole' | 'silent' | 'cut' = 'whole';
  const sockets = new Set<Socket>();
  const keep = (socket: Socket): Socket => {
    sockets.add(socket);
    // An end of the line is what these tests are about: no error of it is unexpected.
    return socket.on('error', () => {}).on('close', () => sockets.delete(socket));
  };
  const server = createServer((near) => {
    keep(near);
    if (state === 'cut') return void near.destroy();
    const far = keep(connect(targetPort, '127.0.0.1'));
    near.on('data', (data) => state === 'whole' && far.write(data)).on('close', () => far.destroy());
    far.on('data', (data) => state === 'whole' && near.write(data)).on('close', () => near.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const cut = (): void => {
    state = 'cut';
    for (const socket of sockets) socket.destroy();
  };
  return {
    port: (server.address() as AddressInfo).port,
    cut,
    silence() {
      state = 'silent';
    },
    mend() {
      state = 'whole';
    },
    close() {
      cut();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
