/** A relay over real sockets and real SQLite: the hub's process is killed, its devices go on, and it comes back. */
import { createServer } from 'node:http';
import { dayToJson } from '@aufruf/shared/domain/day/test/day-to-json';
import { assert } from '@aufruf/shared/lib/assert';
import type { DeviceId } from '@aufruf/shared/lib/ids';
import { SYNC_NAMESPACE } from '@aufruf/shared/protocol/messages';
import { io } from 'socket.io-client';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createMemoryAir } from './discovery/test/memory-discovery.ts';
import { bigLocation } from './test/big-location.ts';
import { callNext, draw, finish, markArrived, openCounter } from './test/commands.ts';
import { freePort } from './test/free-port.ts';
import { openSocketOffice, type SocketOffice } from './test/socket-office.ts';

/** Long, for a machine that is busy with other things. */
const WAIT = { timeout: 30_000, interval: 10 };
const IDS = ['kiosk-1', 'counter-1', 'counter-3', 'display-3'] as const;
const RELAY = 'counter-3';
let office: SocketOffice;
afterEach(() => office.close());

/** `relayName`: of the machine that is the relay. */
async function open(relayName = '127.0.0.1', air = createMemoryAir()): Promise<{ readonly relayPort: number }> {
  const [port, relayPort] = [await freePort(), await freePort()];
  const relays = [{ device: RELAY as DeviceId, address: `http://${relayName}:${relayPort}/` }];
  office = openSocketOffice({ ...bigLocation(), sync: { relays } }, port, air.discovery());
  await office.startHub();
  await modes('ORDERED', IDS);
  return { relayPort };
}
const engine = (id: string) => office.device(id).engine;
const modes = (mode: string, ids: readonly string[]) =>
  vi.waitFor(() => {
    for (const id of ids) expect(engine(id).syncStatus()).toMatchObject({ mode });
  }, WAIT);
async function granted(id: string, command: Parameters<ReturnType<typeof engine>['execute']>[0]) {
  const answer = await engine(id).execute(command);
  assert(answer.ok, `${command.name}: ${answer.ok ? '' : answer.refusal.type}`);
  return answer.value;
}
const visits = (id: string) =>
  [...engine(id).state().openVisits.values()].map(({ number, state }) => [number?.text, state]);

describe('a relay over sockets', { timeout: 120_000 }, () => {
  it('M2, X1: the hub is killed; kiosk and counter go on through the relay; it returns, and all is there once, in order', async () => {
    await open();
    await granted('counter-1', openCounter('counter-1'));
    const before = await granted('kiosk-1', draw());
    await office.killHub();
    await modes('RELAY', IDS);

    const drawn = [await granted('kiosk-1', draw()), await granted('kiosk-1', draw())];
    expect(await granted('counter-1', callNext('counter-1'))).toEqual(before);
    await granted('counter-1', markArrived('counter-1'));
    await granted('counter-1', finish('counter-1'));
    const called = await granted('counter-1', callNext('counter-1'));
    expect(called).toEqual(drawn[0]);
    // The display shows what the relay ordered.
    await vi.waitFor(() => expect(visits('display-3')).toContainEqual([called.number, 'called']), WAIT);

    await office.startHub();
    await modes('ORDERED', IDS);
    await vi.waitFor(() => {
      for (const id of IDS) {
        expect(engine(id).syncStatus().eventsWaiting).toBe(0);
        expect(engine(id).stateHash()).toBe(engine('display-3').stateHash());
        expect(engine(id).state().rejections).toEqual([]);
        expect(visits(id)).toEqual([
          [drawn[0]?.number, 'called'],
          [drawn[1]?.number, 'waiting'],
        ]);
      }
    }, WAIT);
    expect(dayToJson(engine('kiosk-1').state())).toBe(dayToJson(engine('counter-1').state()));
    expect(engine('kiosk-1').state().closedVisits.size).toBe(1);
  });

  it('M2: a relay whose port is taken serves nobody, not even itself, and says so', async () => {
    const { relayPort } = await open();
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(relayPort, '127.0.0.1', resolve));
    await office.killHub();
    await modes('ALONE', [RELAY, 'kiosk-1']);
    expect(await granted('kiosk-1', draw())).toMatchObject({ number: expect.any(String) });
    await new Promise((resolve) => other.close(resolve));
    await office.startHub();
    await modes('ORDERED', IDS);
  });

  it('M2, X8: a relay answers devices only: no pages, and no page of another origin may open a socket', async () => {
    const { relayPort } = await open();
    await office.killHub();
    await modes('RELAY', IDS);
    const page = await fetch(`http://127.0.0.1:${relayPort}/counter/`);
    expect(page.status).toBe(404);
    const knock = (origin: string) =>
      new Promise<string>((resolve) => {
        const url = `http://127.0.0.1:${relayPort}${SYNC_NAMESPACE}`;
        const socket = io(url, {
          transports: ['websocket'],
          forceNew: true,
          reconnection: false,
          extraHeaders: { origin },
        });
        const end = (how: string) => {
          socket.disconnect();
          resolve(how);
        };
        socket.on('connect', () => end('let in')).on('connect_error', () => end('refused'));
      });
    expect(await knock('http://elsewhere.example')).toBe('refused');
    expect(await knock(`http://127.0.0.1:${relayPort}`)).toBe('let in');
  });

  it('M2: makes itself known while it serves, at the port of its address, and says goodbye when the hub is back', async () => {
    const air = createMemoryAir();
    const { relayPort } = await open('relay.invalid', air);
    expect(air.heard()).toEqual([]);
    await office.killHub();
    await modes('RELAY', [RELAY]);
    const { id, name } = bigLocation();
    const relay = { role: 'relay', locationId: id, device: RELAY, name, port: relayPort };
    expect(air.heard()).toMatchObject([relay]);
    await office.startHub();
    await modes('ORDERED', IDS);
    expect(air.heard()).toEqual([]);
  });

  it('M2: one that only its own machine reaches is announced to nobody', async () => {
    const air = createMemoryAir();
    await open('127.0.0.1', air);
    await office.killHub();
    await modes('RELAY', IDS);
    expect(air.heard()).toEqual([]);
  });
});
