/** The browser's bridge against a real socket.io server, over a real line that can be cut. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mountBridgeOnSockets } from '@aufruf/engine/bridge/socket-mount';
import { createTopicPublisher } from '@aufruf/engine/bridge/topic-publisher';
import { createNodePlatform } from '@aufruf/engine/platform/node-platform';
import { createSocketServer } from '@aufruf/engine/transport/socket-io-server';
import { BRIDGE_VERSION, type BridgeRefusal, CALL_RETRY_MS } from '@aufruf/shared/bridge/bridge';
import { bridgeContract } from '@aufruf/shared/bridge/bridge.contract';
import type { Caller } from '@aufruf/shared/bridge/roles';
import { createTestHost, type TestHost } from '@aufruf/shared/bridge/test/test-host';
import { BRIDGE_NAMESPACES, MAX_SILENCE_MS } from '@aufruf/shared/bridge/wire';
import type { CommandId, CounterId } from '@aufruf/shared/lib/ids';
import { openSocketBridge, type SocketBridge, type SocketBridgeOptions } from '@aufruf/ui/bridge/socket-bridge';
import { io, type Socket } from 'socket.io-client';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type CuttableLine, openCuttableLine } from './cuttable-line.ts';

const quiet = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
async function startServer(host: TestHost, monoMs?: () => number) {
  const node = createNodePlatform({ log: quiet });
  const platform = monoMs === undefined ? node : { ...node, monoMs };
  const httpServer = createServer();
  await new Promise<void>((resolve) => httpServer.listen(0, '127.0.0.1', resolve));
  const server = createSocketServer(httpServer, { allowRequest: () => true, log: quiet });
  const publisher = createTopicPublisher({ host, platform });
  mountBridgeOnSockets({ server, host, publisher, platform });
  return {
    port: (httpServer.address() as AddressInfo).port,
    async close() {
      publisher.close();
      server.close();
      httpServer.closeAllConnections();
      await new Promise<void>((resolve) => httpServer.close(() => resolve()));
    },
  };
}

const roleOf = (caller: Caller) => caller.role as keyof typeof BRIDGE_NAMESPACES;
const stationOf = (caller: Caller) => {
  if (caller.role === 'kiosk') return caller.kioskId;
  if (caller.role === 'display') return caller.displayId;
  return caller.role === 'clerk' ? (caller.counterId ?? undefined) : undefined;
};
const untilUp = (bridge: SocketBridge) =>
  vi.waitFor(() => expect(bridge.link.get().state).toBe('up'), { timeout: 5_000 });

bridgeContract('socket.io', async (host) => {
  let monoMs = 0;
  const server = await startServer(host, () => monoMs);
  const url = `http://127.0.0.1:${server.port}`;
  const open: { close(): void }[] = [];
  return {
    async open(caller) {
      // The raw messages go through the bridge's own socket, so that both count against the same limits.
      let raw: Socket | null = null;
      const bridge = openSocketBridge({
        role: roleOf(caller),
        station: stationOf(caller),
        url,
        connect: (to, options) => {
          raw = io(to, options);
          return raw;
        },
      });
      open.push(bridge);
      await untilUp(bridge);
      return { bridge, sendRaw: (kind, message) => (raw as unknown as Socket).emitWithAck(`bridge:${kind}`, message) };
    },
    passTime(ms) {
      monoMs += ms;
    },
    async close() {
      for (const bridge of open) bridge.close();
      await server.close();
    },
  };
});

describe('openSocketBridge', () => {
  const counterId = 'counter-1' as CounterId;
  const commandId = 'command-000000000001' as CommandId;
  let host: TestHost;
  let server: Awaited<ReturnType<typeof startServer>>;
  let line: CuttableLine;
  let bridges: SocketBridge[];

  beforeEach(async () => {
    host = createTestHost();
    server = await startServer(host);
    line = await openCuttableLine(server.port);
    bridges = [];
  });
  afterEach(async () => {
    for (const bridge of bridges) bridge.close();
    await line.close();
    await server.close();
  });
  const open = (options: Partial<SocketBridgeOptions> = {}) => {
    const bridge = openSocketBridge({ role: 'clerk', url: `http://127.0.0.1:${line.port}`, ...options });
    bridges.push(bridge);
    return bridge;
  };
  const untilDown = (bridge: SocketBridge, timeout: number) =>
    vi.waitFor(() => expect(bridge.link.get().state).toBe('down'), { timeout, interval: 20 });

  it('subscriptions survive a cut line and get the value of now, not those missed', async () => {
    const bridge = open();
    const seen: number[] = [];
    bridge.subscribe('syncStatus', {}, (status) => seen.push(status.eventsWaiting));
    await vi.waitFor(() => expect(seen).toEqual([0]));
    line.cut();
    await untilDown(bridge, 2_000);
    for (let count = 1; count <= 5; count += 1) host.setEventsWaiting(count);
    line.mend();
    await untilUp(bridge);
    await vi.waitFor(() => expect(seen).toEqual([0, 5]));
    host.setEventsWaiting(6);
    await vi.waitFor(() => expect(seen).toEqual([0, 5, 6]));
  });

  it('a subscription stopped while the line is cut stays stopped', async () => {
    const bridge = open();
    const stopped: number[] = [];
    const kept: number[] = [];
    const stop = bridge.subscribe('syncStatus', {}, (status) => stopped.push(status.eventsWaiting));
    bridge.subscribe('syncStatus', {}, (status) => kept.push(status.eventsWaiting));
    await vi.waitFor(() => expect([stopped, kept]).toEqual([[0], [0]]));
    line.cut();
    await untilDown(bridge, 2_000);
    stop();
    line.mend();
    await vi.waitFor(() => expect(kept).toEqual([0, 0]), { timeout: 5_000 });
    expect(stopped).toEqual([0]);
  });

  it('O6: a lost answer is asked for again with the same command id and settles once', async () => {
    const bridge = open();
    await untilUp(bridge);
    let answerLate = (): void => {};
    const held = new Promise<void>((resolve) => {
      answerLate = resolve;
    });
    host.answerWith(async () => {
      if (host.executed.length === 1) await held;
      return { ok: true, value: { visitId: null, number: 'B207' } };
    });
    const answer = bridge.call('callNext', { counterId }, commandId);
    await vi.waitFor(() => expect(host.executed).toHaveLength(1));
    line.cut();
    answerLate();
    await untilDown(bridge, 2_000);
    line.mend();
    expect(await answer).toEqual({ ok: true, value: { visitId: null, number: 'B207' } });
    expect(host.executed.map((command) => command.commandId)).toEqual([commandId, commandId]);
  });

  it('an answer that stays out is asked for again on the same line, and the second answer is ignored', async () => {
    const bridge = open();
    await untilUp(bridge);
    host.answerWith(async () => {
      if (host.executed.length === 1) await new Promise<void>((resolve) => setTimeout(resolve, CALL_RETRY_MS * 1.3));
      return { ok: true, value: { visitId: null, number: `B${host.executed.length}` } };
    });
    const answer = await bridge.call('callNext', { counterId }, commandId);
    expect(answer).toEqual({ ok: true, value: { visitId: null, number: 'B2' } });
    expect(host.executed).toHaveLength(2);
  });

  it('a command given while the line is cut is sent once the line is back, and not before', async () => {
    const bridge = open();
    await untilUp(bridge);
    line.cut();
    await untilDown(bridge, 2_000);
    const answer = bridge.call('callNext', { counterId }, commandId);
    expect(host.executed).toEqual([]);
    line.mend();
    expect((await answer).ok).toBe(true);
    expect(host.executed).toHaveLength(1);
  });

  it('M4: a silent line is noticed within three seconds of its last word, and found again', {
    timeout: 15_000,
  }, async () => {
    const bridge = open();
    const seen: number[] = [];
    bridge.subscribe('syncStatus', {}, (status) => seen.push(status.eventsWaiting));
    await vi.waitFor(() => expect(seen).toEqual([0]));
    line.silence();
    const silentSince = performance.now();
    await untilDown(bridge, MAX_SILENCE_MS + 2_000);
    // The check itself is due every quarter of a second; a busy machine gets another half.
    expect(performance.now() - silentSince).toBeLessThan(MAX_SILENCE_MS + 750);
    line.mend();
    await vi.waitFor(() => expect(seen).toEqual([0, 0]), { timeout: 8_000 });
  });

  it('Bad input: a station the location lacks is refused by name, and the link never comes up', async () => {
    const refused: BridgeRefusal[] = [];
    const bridge = open({ role: 'kiosk', station: 'kiosk-9', onRefused: (refusal) => refused.push(refusal) });
    await vi.waitFor(() =>
      expect(refused[0]).toMatchObject({ type: 'unknownName', detail: expect.stringContaining('kiosk-1, kiosk-2') }),
    );
    expect(bridge.link.get().state).toBe('down');
  });

  it('tells a screen which station it is bound to', async () => {
    const stations: (string | null)[] = [];
    const onWelcome = ({ station }: { readonly station: string | null }) => stations.push(station);
    await untilUp(open({ role: 'kiosk', onWelcome }));
    await untilUp(open({ role: 'kiosk', station: 'kiosk-2', onWelcome }));
    await untilUp(open({ role: 'visitor', onWelcome }));
    expect(stations).toEqual(['kiosk-1', 'kiosk-2', null]);
  });

  it('Bad input: another bridge version is refused as wrongVersion and can command nothing', async () => {
    const old = io(`http://127.0.0.1:${line.port}${BRIDGE_NAMESPACES.clerk}`, {
      transports: ['websocket'],
      auth: { bridgeVersion: BRIDGE_VERSION + 1 },
      reconnection: false,
    });
    const refused = new Promise((resolve) => old.on('bridge:refused', resolve));
    const gone = new Promise((resolve) => old.on('disconnect', resolve));
    // Sent with the connection, before the refusal can have arrived.
    old.on('connect', () => old.emit('bridge:call', { name: 'callNext', input: { counterId }, commandId }, () => {}));
    expect(await refused).toMatchObject({ type: 'wrongVersion' });
    await gone;
    expect(host.executed).toEqual([]);
  });

  it('Bad input: unknown message names, binary and missing answers change nothing, and the server stands', async () => {
    const raw = io(`http://127.0.0.1:${line.port}${BRIDGE_NAMESPACES.clerk}`, {
      transports: ['websocket'],
      auth: { bridgeVersion: BRIDGE_VERSION },
    });
    await new Promise((resolve) => raw.on('bridge:welcome', resolve));
    expect(await raw.emitWithAck('bridge:everything', {})).toMatchObject({ refusal: { type: 'unknownName' } });
    expect(await raw.emitWithAck('bridge:call', Buffer.from('callNext'))).toMatchObject({
      refusal: { type: 'malformed' },
    });
    raw.emit('bridge:call', { name: 'callNext', input: { counterId }, commandId });
    raw.emit('bridge:unsubscribe', 'all');
    expect(
      await raw.emitWithAck('bridge:subscribe', { subscription: 1, topic: 'syncStatus', params: {} }),
    ).toMatchObject({ ok: true });
    expect(host.executed).toEqual([]);
    raw.close();
  });

  it('Bad input: a message beyond the pipe ends that connection only', async () => {
    const other = open();
    await untilUp(other);
    const raw = io(`http://127.0.0.1:${line.port}${BRIDGE_NAMESPACES.clerk}`, {
      transports: ['websocket'],
      auth: { bridgeVersion: BRIDGE_VERSION },
      reconnection: false,
      forceNew: true,
    });
    await new Promise((resolve) => raw.on('bridge:welcome', resolve));
    const gone = new Promise((resolve) => raw.on('disconnect', resolve));
    raw.emit('bridge:call', { name: 'callNext', input: 'x'.repeat(200_000), commandId }, () => {});
    await gone;
    expect(host.executed).toEqual([]);
    expect((await other.call('callNext', { counterId }, commandId)).ok).toBe(true);
  });

  it('closing answers open commands as unreachable', async () => {
    line.cut();
    const bridge = open();
    const answer = bridge.call('callNext', { counterId }, commandId);
    bridge.close();
    expect(await answer).toMatchObject({ ok: false, refusal: { type: 'unreachable' } });
  });
});
