/** What only a real socket can be sent: bytes that are no message at all. The hub hangs up on whoever sends them, and on nobody else. */
import { createRandom } from '@aufruf/engine/platform/seeded-random';
import { MAX_MESSAGE_BYTES } from '@aufruf/shared/protocol/limits';
import { describe, expect, vi } from 'vitest';
import { type FaultOffice, faultTest, WAIT } from './office.ts';
import { type RawConnection, rawConnection, rawWebsocket, textFrame } from './raw-websocket.ts';
import { SEED } from './seed.ts';

/** More than the hub takes at once. */
const MANY = 2_300;
/** As `http-server.ts` has it. */
const MAX_CONNECTIONS = 2_000;

function garbage(bytes: number): Buffer {
  const random = createRandom(SEED);
  return Buffer.from(Uint8Array.from({ length: bytes }, () => random.uint32() & 0xff));
}

/** A hub and a kiosk, which must notice nothing of it. */
async function expectUnharmed(office: FaultOffice, attack: (port: number) => Promise<void>): Promise<void> {
  const hub = await office.startHub();
  const kiosk = await office.startDevices('kiosk-1');
  await office.untilAgreed(hub, [kiosk]);
  const from = office.seen.length;
  const draw = () => kiosk.ask('draw', null);
  const during = attack(hub.port);
  expect([await draw(), await draw(), await draw()]).toEqual(['A0001', 'A0002', 'A0003']);
  await during;
  expect(await draw()).toBe('A0004');
  expect(office.seen.slice(from).filter(({ kind }) => kind === 'mode')).toEqual([]);
  await office.expectAllIsWell(hub, [kiosk]);
}

const ATTACKS: readonly (readonly [string, (port: number) => Promise<RawConnection>])[] = [
  [
    'garbage on the port',
    async (port) => {
      const connection = await rawConnection(port);
      connection.send(garbage(10_000));
      return connection;
    },
  ],
  [
    'garbage in a websocket',
    async (port) => {
      const connection = await rawWebsocket(port);
      connection.send(garbage(10_000));
      return connection;
    },
  ],
  [
    'a frame that is no message',
    async (port) => {
      const connection = await rawWebsocket(port);
      connection.send(textFrame(garbage(1_000)));
      return connection;
    },
  ],
  [
    'a frame larger than any message',
    async (port) => {
      const connection = await rawWebsocket(port);
      connection.send(textFrame(Buffer.alloc(MAX_MESSAGE_BYTES + 1, 'x')));
      return connection;
    },
  ],
  [
    'a frame that says it is enormous',
    async (port) => {
      const connection = await rawWebsocket(port);
      connection.send(textFrame(Buffer.alloc(100, 'x'), 2 ** 40));
      return connection;
    },
  ],
  [
    'a frame that is cut off',
    async (port) => {
      const connection = await rawWebsocket(port);
      connection.send(textFrame(Buffer.alloc(10, 'x'), 1_000));
      connection.close();
      return connection;
    },
  ],
];

describe('bytes that are no message', () => {
  faultTest('P2, X8: the hub hangs up on each kind, and a device beside them notices nothing', async ({ office }) => {
    await expectUnharmed(office, async (port) => {
      const attackers = await Promise.all(ATTACKS.map(([, attack]) => attack(port)));
      for (const [index, { ended }] of attackers.entries())
        await expect(
          ended.then(() => true),
          ATTACKS[index]?.[0],
        ).resolves.toBe(true);
    });
  });

  faultTest('P2: thousands of connections are bounded, and those that are at work stay', async ({ office }) => {
    await expectUnharmed(office, async (port) => {
      const crowd: RawConnection[] = [];
      for (let from = 0; from < MANY; from += 100)
        crowd.push(...(await Promise.all(Array.from({ length: 100 }, () => rawConnection(port)))));
      const open = () => crowd.filter(({ isOpen }) => isOpen()).length;
      await vi.waitFor(() => expect(open()).toBeLessThan(MAX_CONNECTIONS), WAIT);
      for (const { close } of crowd) close();
    });
  });
});
