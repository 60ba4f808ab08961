/** Real datagrams to the real multicast group, on the loopback interface alone and a port of the test's own. */
import { createSocket, type Socket } from 'node:dgram';
import type { AddressInfo } from 'node:net';
import { createNodePlatform } from '@aufruf/engine/platform/node-platform';
import { createTestPlatform } from '@aufruf/engine/platform/test-platform';
import type { Heard } from '@aufruf/shared/protocol/discovery';
import { mitte } from '@aufruf/shared/protocol/test/announcement';
import packet from 'dns-packet';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { describeDiscovery, heardAt, onLoopback } from './discovery.contract.ts';
import { ANSWER_PAUSE_MS, createMdnsDiscovery } from './mdns-discovery.ts';
import { SERVICE_TYPE, toRecords } from './service-records.ts';

const GROUP = '224.0.0.251';
const LOOPBACK = '127.0.0.1';
const WAIT = { timeout: 20_000, interval: 10 };
const quiet = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

const bind = (socket: Socket, port = 0, address = '0.0.0.0') =>
  new Promise<number>((resolve) => socket.bind(port, address, () => resolve((socket.address() as AddressInfo).port)));
const close = (socket: Socket) => new Promise<void>((resolve) => socket.close(() => resolve()));
async function freeUdpPort(): Promise<number> {
  const socket = createSocket('udp4');
  const port = await bind(socket);
  await close(socket);
  return port;
}
const on = (
  port: number,
  platform: Parameters<typeof createMdnsDiscovery>[0]['platform'] = createNodePlatform({ log: quiet }),
) => createMdnsDiscovery({ platform, only: { port, address: LOOPBACK } });

/** Why this machine cannot send to a group over its loopback interface; null where it can. */
async function whyNoMulticast(): Promise<string | null> {
  const socket = createSocket({ type: 'udp4', reuseAddr: true });
  try {
    const port = await bind(socket);
    socket.addMembership(GROUP, LOOPBACK);
    socket.setMulticastInterface(LOOPBACK);
    const heard = new Promise<null>((resolve) => socket.on('message', () => resolve(null)));
    const sent = new Promise<string | null>((resolve) =>
      socket.send('?', port, GROUP, (error) => error && resolve(error.message)),
    );
    const late = new Promise<string>((resolve) => setTimeout(() => resolve('nothing arrives'), 2_000));
    return await Promise.race([heard, sent, late]);
  } catch (error) {
    return (error as Error).message;
  } finally {
    socket.close();
  }
}
const why = await whyNoMulticast();

describe.skipIf(why !== null)(`mDNS on the loopback interface${why === null ? '' : ` (skipped: ${why})`}`, () => {
  describeDiscovery('mDNS', async () => {
    const port = await freeUdpPort();
    return [on(port), on(port)];
  });

  describe('mDNS', { timeout: 60_000 }, () => {
    let port: number;
    let stops: (() => void)[];
    let stranger: Socket;
    beforeEach(async () => {
      port = await freeUdpPort();
      stops = [];
      stranger = createSocket({ type: 'udp4', reuseAddr: true });
      await bind(stranger, port);
      stranger.addMembership(GROUP, LOOPBACK);
      stranger.setMulticastInterface(LOOPBACK);
    });
    afterEach(async () => {
      for (const stop of stops) stop();
      await close(stranger);
    });
    const say = (message: Uint8Array) => stranger.send(message, port, GROUP);
    const response = (answers: object[]) => packet.encode({ type: 'response', answers: answers as never });
    function browse(): () => readonly Heard[] {
      let heard: readonly Heard[] = [];
      stops.push(
        on(port).browse((all) => {
          heard = all;
        }),
      );
      return () => heard;
    }

    it('Bad input: garbage, lies and pieces are passed over, and a true announcement behind them is heard', async () => {
      const heard = browse();
      const good = response(toRecords(mitte, [LOOPBACK]));
      const oversized = { name: `x.${SERVICE_TYPE}`, type: 'TXT', ttl: 1, data: Array(200).fill('x'.repeat(255)) };
      for (const bad of [
        Buffer.alloc(0),
        Buffer.from('hello'),
        Buffer.alloc(9_000, 0xff),
        good.subarray(0, 40),
        // Counts of records that are not there.
        Buffer.from([0, 0, 0x84, 0, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]),
        // A name that points at itself.
        Buffer.from([0, 0, 0x84, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0xc0, 12, 0, 12, 0, 1, 0, 0, 0, 1, 0, 0]),
        response([oversized]),
        response(toRecords({ ...mitte, port: 0 }, [LOOPBACK])),
        response(toRecords(mitte, ['8.8.8.8'])),
      ])
        say(bad);
      say(good);
      await vi.waitFor(() => expect(heard()).toEqual([heardAt(mitte)]), WAIT);
    });

    it('Bad input: however often it is asked, a hub answers once in ANSWER_PAUSE_MS', async () => {
      const platform = createTestPlatform({ now: 0, seed: 1 });
      let answers = 0;
      let questions = 0;
      stranger.on('message', (message) => {
        const { type } = packet.decode(message);
        if (type === 'response') answers += 1;
        else questions += 1;
      });
      stops.push(on(port, platform).announce(mitte, onLoopback));
      await vi.waitFor(() => expect(answers).toBe(1), WAIT);
      const ask = () => say(packet.encode({ type: 'query', questions: [{ type: 'PTR', name: SERVICE_TYPE }] }));
      for (let turn = 0; turn < 20; turn += 1) ask();
      await vi.waitFor(() => expect(questions).toBe(20), WAIT);
      platform.advance(ANSWER_PAUSE_MS - 1);
      expect(answers).toBe(1);
      platform.advance(1);
      await vi.waitFor(() => expect(answers).toBe(2), WAIT);
    });

    it('a port that is not to be had is said once, in words, and stops nothing', async () => {
      const other = createSocket('udp4');
      const taken = await bind(other);
      const warnings: string[] = [];
      const log = { ...quiet, warn: (message: string) => void warnings.push(message) };
      const discovery = on(taken, createNodePlatform({ log }));
      const goodbye = discovery.announce(mitte, onLoopback);
      const stop = discovery.browse(() => {});
      const said = 'mDNS is not to be had: hubs are found by their addresses alone';
      await vi.waitFor(() => expect(warnings).toEqual([said]), WAIT);
      goodbye();
      stop();
      await close(other);
      expect(warnings).toEqual([said]);
    });

    it('leaves no socket and no timer behind', async () => {
      const inUse = () => process.getActiveResourcesInfo().filter((kind) => /udp/i.test(kind)).length;
      // Sockets of tests before this one are still closing.
      const before = 1;
      await vi.waitFor(() => expect(inUse()).toBe(before), WAIT);
      const discovery = on(port);
      const ends = [discovery.announce(mitte, onLoopback), discovery.browse(() => {})];
      await vi.waitFor(() => expect(inUse()).toBeGreaterThan(before), WAIT);
      for (const end of ends) end();
      await vi.waitFor(() => expect(inUse()).toBe(before), WAIT);
      // Ended before it began.
      discovery.announce(mitte, onLoopback)();
      discovery.browse(() => {})();
      await vi.waitFor(() => expect(inUse()).toBe(before), WAIT);
    });
  });
});
