/** A relay stands in for the silent hub (M2): what its island does, and what becomes of it when the hub is back. */

import { callBoard } from '@aufruf/shared/domain/views/call-board';
import { assert } from '@aufruf/shared/lib/assert';
import type { DeviceId, DisplayId } from '@aufruf/shared/lib/ids';
import { SECOND_MS } from '@aufruf/shared/lib/time';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { RELAY_WAIT_MS } from './relay.ts';
import { bigLocation } from './test/big-location.ts';
import { callNext, command, draw, finish, markArrived, openCounter } from './test/commands.ts';
import { stepsIn } from './test/steps.ts';
import { createWorld, relayAddress, type World } from './test/world.ts';

const DEVICES = ['kiosk-1', 'kiosk-2', 'counter-1', 'counter-3', 'display-3'] as const;
const RELAY = 'counter-3';
let world: World;
const start = async (relays: readonly string[] = [RELAY], seed = 1) => {
  world = createWorld({
    seed,
    config: {
      ...bigLocation(),
      sync: { relays: relays.map((id) => ({ device: id as DeviceId, address: relayAddress(id) })) },
    },
  });
  await allOrdered();
  for (const id of ['counter-1', 'counter-3']) await granted(id, openCounter(id));
  await allOrdered();
};
beforeEach(() => start());
afterEach(() => world.close());

const modeOf = (id: string) => world.device(id).syncStatus().mode;
const { allOrdered, run, granted, healed } = stepsIn(() => world, DEVICES);
const onRelay = (...ids: readonly string[]) =>
  world.until(() => ids.every((id) => modeOf(id) === 'RELAY'), 'everybody served by the relay');
async function hubBack(): Promise<void> {
  world.startHub();
  await healed();
}
const board = () =>
  callBoard(world.device('display-3').state(), 'display-3' as DisplayId, world.device('display-3').now());
const numbers = () => [...world.hub().state().openVisits.values()].map(({ number, state }) => [number?.text, state]);
const agree = (...ids: string[]) =>
  world.until(() => new Set(ids.map((id) => world.device(id).stateHash())).size === 1, 'one order on the island');

describe('an island with a relay', () => {
  it('M2: the hub dies; kiosks draw, the counter calls, the display shows; the hub is back: everything once, in order', async () => {
    world.crashHub();
    await onRelay(...DEVICES);
    const drawn: (string | null)[] = [];
    for (let i = 0; i < 3; i += 1) drawn.push((await granted('kiosk-1', draw())).number);
    // The relay gives them, from its own lane (N1); its disk is new today, so one block stays free (N2).
    expect(new Set(drawn.map((text) => Number(text?.slice(1)) - Number(drawn[0]?.slice(1))))).toEqual(
      new Set([0, 1, 2]),
    );
    expect(await granted('counter-1', callNext('counter-1'))).toMatchObject({ number: drawn[0] });
    expect(await granted('counter-3', callNext('counter-3'))).toMatchObject({ number: drawn[1] });
    await granted('counter-1', markArrived('counter-1'));
    await agree(...DEVICES);
    expect(board()?.calls.map(({ number }) => number)).toEqual([drawn[1]]);

    await hubBack();
    expect(world.hub().state().rejections).toEqual([]);
    expect(numbers()).toEqual([
      [drawn[0], 'serving'],
      [drawn[1], 'called'],
      [drawn[2], 'waiting'],
    ]);
    expect(await granted('kiosk-1', draw())).toMatchObject({ number: 'A0001' });
  });

  it('M2: a retry of what the relay decided is answered by the hub, not repeated (O6)', async () => {
    world.crashHub();
    await onRelay(...DEVICES);
    const sent = draw();
    const answer = await run('kiosk-1', sent);
    expect(answer).toMatchObject({ ok: true });
    await hubBack();
    expect(await run('kiosk-1', sent)).toEqual(answer);
    expect(numbers()).toHaveLength(1);
  });

  it('X1, O6: what a relay granted unheard and its author has taken back is not answered any more; the hub’s ticket is', async () => {
    world.crashHub();
    await onRelay(...DEVICES);
    await granted('kiosk-1', draw());
    // The relay hears the kiosk and is not heard by it.
    world.network.setFaults(({ link, to }) => (link.startsWith('kiosk-1>') && to === 'device' ? 'drop' : 'deliver'));
    const answer = run('kiosk-1', draw());
    await world.settle();
    world.startHub();
    await world.until(() => modeOf('kiosk-1') !== 'RELAY');
    const given = await answer;
    await healed();
    assert(given.ok && given.value.visitId !== null, 'the hub grants it');
    const state = world.hub().state();
    expect(state.openVisits.get(given.value.visitId)).toMatchObject({
      state: 'waiting',
      number: { text: given.value.number },
    });
    expect([...state.openVisits.values()].filter((visit) => visit.state === 'waiting')).toHaveLength(2);
  });

  it('M2: a relay waits RELAY_WAIT_MS for hellos before it decides its first claim', async () => {
    world.crashHub();
    await world.until(() => modeOf(RELAY) === 'RELAY');
    const since = world.devicePlatform(RELAY).monoMs();
    expect(await run(RELAY, callNext(RELAY))).toMatchObject({ ok: false, refusal: { type: 'nobodyWaiting' } });
    expect(world.devicePlatform(RELAY).monoMs() - since).toBeGreaterThanOrEqual(RELAY_WAIT_MS - SECOND_MS / 2);
  });

  it('M2: what was decided alone before reaches the relay, and through it everybody', async () => {
    world.network.cut(`kiosk-2>${relayAddress(RELAY)}`);
    world.crashHub();
    await world.until(() => modeOf('kiosk-2') === 'ALONE');
    const alone = await granted(
      'kiosk-2',
      command('issueTicket', { kioskId: 'kiosk-2', serviceIds: ['extension'], language: 'de', partySize: 1 }),
    );
    world.network.heal(`kiosk-2>${relayAddress(RELAY)}`);
    await onRelay(...DEVICES);
    expect(await granted('counter-3', callNext('counter-3'))).toEqual(alone);
    await hubBack();
    expect(numbers()).toEqual([[alone.number, 'called']]);
  });

  it('J6: what the relay’s island holds reaches the hub through whoever comes back, decisions before claims', async () => {
    world.crashHub();
    await onRelay(...DEVICES);
    const drawn = await granted('kiosk-1', draw());
    await agree(...DEVICES);
    // The relay’s disk is lost to the network; the kiosk brings what it decided.
    world.cutOff(RELAY);
    world.startHub();
    await world.until(
      () => modeOf('kiosk-1') === 'ORDERED' && world.device('kiosk-1').syncStatus().eventsWaiting === 0,
    );
    await world.settle();
    expect(numbers()).toEqual([[drawn.number, 'waiting']]);
    world.heal(RELAY);
    await healed();
    expect(numbers()).toEqual([[drawn.number, 'waiting']]);
    expect(world.hub().state().rejections).toEqual([]);
  });

  it('M2, O4: the hub was only out of reach: its island and the relay’s come together', async () => {
    const island = ['kiosk-2', 'counter-3'] as const;
    for (const id of island) world.network.cut(id);
    await onRelay(...island);
    const there = await granted(
      'kiosk-2',
      command('issueTicket', { kioskId: 'kiosk-2', serviceIds: ['extension'], language: 'de', partySize: 1 }),
    );
    const here = await granted('kiosk-1', draw());
    expect(here).toMatchObject({ number: 'A0001' });
    expect(await granted('counter-3', callNext('counter-3'))).toEqual(there);
    for (const id of island) world.network.heal(id);
    await healed();
    expect(numbers().toSorted()).toEqual([
      ['A0001', 'waiting'],
      [there.number, 'called'],
    ]);
    expect(world.hub().state().rejections).toEqual([]);
  });

  it('M2, M3: the relay dies too: alone again, and everything is there once in the end', async () => {
    world.crashHub();
    await onRelay(...DEVICES);
    const first = await granted('kiosk-1', draw());
    await agree(...DEVICES);
    world.crashDevice(RELAY);
    await world.until(() => modeOf('kiosk-1') === 'ALONE' && modeOf('counter-1') === 'ALONE');
    const second = await granted('kiosk-1', draw());
    expect(second.number).not.toBe(first.number);
    await hubBack();
    expect(
      numbers()
        .map(([text]) => text)
        .toSorted(),
    ).toEqual([first.number, second.number].toSorted());
  });

  it('M2: the first reachable relay in the order of the configuration serves', async () => {
    world.close();
    await start(['kiosk-2', RELAY]);
    world.crashDevice('kiosk-2');
    world.crashHub();
    await world.until(() => modeOf('counter-1') === 'RELAY' && modeOf('kiosk-1') === 'RELAY');
    expect(await granted('kiosk-1', draw())).toMatchObject({ visitId: expect.any(String) });
    await hubBack();
    expect(numbers()).toHaveLength(1);
  });

  it('X8: a display hands on nothing and stands in for nobody, but shows what the relay ordered', async () => {
    world.crashHub();
    await onRelay(...DEVICES);
    await granted('kiosk-1', draw());
    await granted('counter-1', callNext('counter-1'));
    await agree(...DEVICES);
    expect(board()?.calls).toHaveLength(1);
    await hubBack();
    expect(world.devicePlatform('display-3').logged.filter(({ fields }) => fields.alarm === 'notAllowed')).toEqual([]);
    expect(board()?.calls).toHaveLength(1);
  });

  it('M2: two counters served by a relay press "next" at once and get two tickets (X3)', async () => {
    world.crashHub();
    await onRelay(...DEVICES);
    for (let i = 0; i < 2; i += 1) await granted('kiosk-1', draw());
    const answers = await Promise.all([
      run('counter-1', callNext('counter-1')),
      run('counter-3', callNext('counter-3')),
    ]);
    expect(new Set(answers.map((answer) => answer.ok && answer.value.number)).size).toBe(2);
    for (const id of ['counter-1', 'counter-3']) {
      await granted(id, markArrived(id));
      await granted(id, finish(id));
    }
    await hubBack();
    expect(world.hub().state().closedVisits.size).toBe(2);
  });
});
