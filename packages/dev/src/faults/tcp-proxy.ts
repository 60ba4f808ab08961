/**
 * A bad network between devices and hub: passes bytes on, and on demand cuts the line, lets it go silent in one direction
 * or both, or slows it down. What a silent line holds back is delivered, in order, once it speaks again, as TCP does after
 * a cable was pulled for a while; what a cut line held is lost.
 */
import { connect, createServer, type Socket } from 'node:net';

export type Direction = 'toHub' | 'toDevices';

export interface TcpProxy {
  readonly port: number;
  readonly url: string;
  /** Where the hub listens now; null: nobody answers. */
  pointAt(port: number | null): void;
  /** Breaks all connections, and refuses new ones until `heal`. */
  cut(): void;
  /** Breaks all connections; new ones pass. */
  breakOnce(): void;
  /** Nothing passes in this direction any more, and nobody is told. */
  silence(direction: Direction): void;
  /** Everything takes so long, each way. */
  delay(ms: number): void;
  heal(): void;
  /** Connections that pass now. */
  connections(): number;
  close(): Promise<void>;
}

interface Line {
  readonly ends: readonly Socket[];
  /** Sends what has been held back. */
  release(): void;
}

export async function startTcpProxy(): Promise<TcpProxy> {
  const lines = new Set<Line>();
  const silent = new Set<Direction>();
  let target: number | null = null;
  let isCut = false;
  let delayMs = 0;

  /** Passes on what comes from one end to the other. */
  function pass(from: Socket, to: Socket, direction: Direction): () => void {
    let held: Buffer[] = [];
    const send = (chunk: Buffer): void => {
      if (silent.has(direction)) held.push(chunk);
      else to.write(chunk);
    };
    from.on('data', (chunk: Buffer) => {
      // Timers of equal length fire in order, so that bytes do not overtake each other.
      if (delayMs > 0) setTimeout(send, delayMs, chunk);
      else send(chunk);
    });
    return () => {
      const waiting = held;
      held = [];
      for (const chunk of waiting) send(chunk);
    };
  }

  const server = createServer((device) => {
    device.on('error', () => {});
    if (isCut || target === null) {
      device.resetAndDestroy();
      return;
    }
    const hub = connect(target, '127.0.0.1');
    const releases = [pass(device, hub, 'toHub'), pass(hub, device, 'toDevices')];
    const line: Line = {
      ends: [device, hub],
      release: () => {
        for (const release of releases) release();
      },
    };
    lines.add(line);
    const end = (): void => {
      lines.delete(line);
      for (const socket of line.ends) socket.destroy();
    };
    for (const socket of line.ends)
      socket
        .setNoDelay(true)
        .on('error', () => {})
        .on('close', end);
  });
  const breakAll = (): void => {
    for (const { ends } of lines) for (const socket of ends) socket.resetAndDestroy();
  };

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the proxy has no port');
  const { port } = address;
  return {
    port,
    url: `http://127.0.0.1:${port}`,
    pointAt: (to) => {
      target = to;
    },
    cut() {
      isCut = true;
      breakAll();
    },
    breakOnce: breakAll,
    silence: (direction) => void silent.add(direction),
    delay: (ms) => {
      delayMs = ms;
    },
    heal() {
      isCut = false;
      delayMs = 0;
      silent.clear();
      for (const { release } of lines) release();
    },
    connections: () => lines.size,
    close() {
      breakAll();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
