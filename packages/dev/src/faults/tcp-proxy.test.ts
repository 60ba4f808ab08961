import { connect, createServer, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { startTcpProxy, type TcpProxy } from './tcp-proxy.ts';

const ends: (() => void)[] = [];
let proxy: TcpProxy;
/** What the other side of the proxy was sent; it answers each piece with itself in capitals. */
let received: string;

beforeEach(async () => {
  received = '';
  const server = createServer((socket) => {
    socket.on('error', () => {});
    socket.on('data', (chunk) => {
      received += chunk.toString();
      socket.write(chunk.toString().toUpperCase());
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  proxy = await startTcpProxy();
  proxy.pointAt((server.address() as { port: number }).port);
  ends.push(() => server.close());
});
afterEach(async () => {
  await proxy.close();
  for (const end of ends.splice(0)) end();
});

function dial(): { readonly socket: Socket; answered(): string; isClosed(): boolean } {
  const socket = connect(proxy.port, '127.0.0.1');
  let text = '';
  socket
    .on('error', () => {})
    .on('data', (chunk) => {
      text += chunk.toString();
    });
  ends.push(() => socket.destroy());
  return { socket, answered: () => text, isClosed: () => socket.destroyed };
}

describe('startTcpProxy', () => {
  it('passes bytes on, both ways', async () => {
    const { socket, answered } = dial();
    socket.write('hello');
    await vi.waitFor(() => expect([received, answered()]).toEqual(['hello', 'HELLO']));
    expect(proxy.connections()).toBe(1);
  });

  it('holds back what goes in a silent direction, and delivers it in order when healed', async () => {
    const { socket, answered } = dial();
    socket.write('a');
    await vi.waitFor(() => expect(answered()).toBe('A'));
    proxy.silence('toDevices');
    socket.write('b');
    await vi.waitFor(() => expect(received).toBe('ab'));
    proxy.silence('toHub');
    socket.write('c');
    proxy.heal();
    await vi.waitFor(() => expect([received, answered()]).toEqual(['abc', 'ABC']));
  });

  it('cuts what there is, refuses what comes, and lets in again when healed', async () => {
    const first = dial();
    first.socket.write('a');
    await vi.waitFor(() => expect(first.answered()).toBe('A'));
    proxy.cut();
    await vi.waitFor(() => expect(first.isClosed()).toBe(true));
    const refused = dial();
    await vi.waitFor(() => expect(refused.isClosed()).toBe(true));
    proxy.heal();
    const again = dial();
    again.socket.write('b');
    await vi.waitFor(() => expect(again.answered()).toBe('B'));
  });

  it('slows down, and keeps the order', async () => {
    proxy.delay(20);
    const { socket, answered } = dial();
    const startedMs = performance.now();
    for (const letter of 'abcdef') socket.write(letter);
    await vi.waitFor(() => expect(answered()).toBe('ABCDEF'));
    expect(performance.now() - startedMs).toBeGreaterThanOrEqual(40 - 2);
  });
});
