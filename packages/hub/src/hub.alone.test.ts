/** Devices without a hub: deciding alone, and how everything comes together when the hub is back (M3, N1, N2, O8, D1). */

import { sha256 } from '@aufruf/engine/platform/sha256';
import { anewId, CLOCK_SLACK_MS, LONE_SPAN_MS } from '@aufruf/engine/sync/alone';
import type { Command } from '@aufruf/shared/domain/commands';
import { assertValidDay } from '@aufruf/shared/domain/day/test/assert-valid-day';
import { callBoard } from '@aufruf/shared/domain/views/call-board';
import { counterDesk } from '@aufruf/shared/domain/views/counter-desk';
import { at } from '@aufruf/shared/domain/views/test/fixtures';
import type { CounterId, DisplayId } from '@aufruf/shared/lib/ids';
import { addDays } from '@aufruf/shared/lib/local-time';
import { HOUR_MS, MINUTE_MS } from '@aufruf/shared/lib/time';
import { SILENCE_MS } from '@aufruf/shared/protocol/limits';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { callNext, command, draw, finish, markArrived, openCounter } from './test/commands.ts';
import { stepsIn } from './test/steps.ts';
import { createWorld, type World } from './test/world.ts';

const DEVICES = ['kiosk-1', 'kiosk-2', 'counter-1', 'counter-3', 'display-3'] as const;
const COUNTER = { 'counter-1': 'counter-1' as CounterId, 'counter-3': 'counter-3' as CounterId };
let world: World;
beforeEach(async () => {
  world = createWorld();
  await allOrdered();
});
afterEach(() => world.close());

const modeOf = (id: string) => world.device(id).syncStatus().mode;
const { allOrdered, run, granted, healed } = stepsIn(() => world, DEVICES);
async function loseHub(): Promise<void> {
  world.crashHub();
  await world.until(() => DEVICES.every((id) => modeOf(id) === 'ALONE'), 'alone');
}
async function hubBack(): Promise<void> {
  world.startHub();
  await healed();
}
const callSpecific = (counterId: string, visitId: string | null): Command =>
  command('callSpecific', { counterId, visitId: String(visitId) });
const desk = (id: keyof typeof COUNTER) => counterDesk(world.device(id).state(), COUNTER[id], world.device(id).now());

describe('devices alone', () => {
  it('M1, M3, M4: the hub dies, kiosks draw, a counter calls; it comes back and everything is there once, in order', async () => {
    await granted('counter-1', openCounter('counter-1'));
    const before = await granted('kiosk-1', draw());
    await allOrdered();
    await loseHub();
    const alone = [];
    for (const id of ['kiosk-1', 'kiosk-1', 'kiosk-2']) {
      const serviceId = id === 'kiosk-2' ? 'extension' : 'id-card';
      const sent = command('issueTicket', { kioskId: id, serviceIds: [serviceId], language: 'de', partySize: 1 });
      alone.push(await granted(id, sent));
    }
    // Each from its own lane, leaving the first block free: these disks are new today (N2).
    expect(alone.map(({ number }) => number)).toEqual(['A7081', 'A7082', 'B7101']);
    expect(await granted('counter-1', callNext('counter-1'))).toEqual(before);
    expect(await granted('counter-1', markArrived('counter-1'))).toEqual(before);
    expect(world.device('counter-1').syncStatus()).toMatchObject({ mode: 'ALONE', eventsWaiting: 2 });

    await hubBack();
    const { openVisits, rejections } = world.hub().state();
    expect(rejections).toEqual([]);
    expect([...openVisits.values()].map(({ number, state }) => [number?.text, state])).toEqual([
      ['A0001', 'serving'],
      ['A7081', 'waiting'],
      ['A7082', 'waiting'],
      ['B7101', 'waiting'],
    ]);
    // And on it goes with the hub: its own numbers, strictly rising.
    expect(await granted('kiosk-1', draw())).toMatchObject({ number: 'A0002' });
  });

  it('M3: a claim under way when the hub falls silent is decided here under a second name; its first finds the answer', async () => {
    world.crashHub();
    const sent = draw();
    const answer = await run('kiosk-1', sent);
    expect(answer).toMatchObject({ ok: true, value: { number: 'A7081', visitId: anewId(sent.commandId, sha256) } });
    expect(await run('kiosk-1', sent)).toEqual(answer);
    await hubBack();
    expect(await run('kiosk-1', sent)).toEqual(answer);
    expect(world.hub().state().commands.get(sent.commandId)).toEqual({ status: 'withdrawn' });
    expect(world.hub().state().openVisits.size).toBe(1);
  });

  it('M3: what was decided alone is on the disk: a device that restarts without a hub goes on from there (J4, N2)', async () => {
    await loseHub();
    const sent = draw();
    const first = await granted('kiosk-1', sent);
    world.crashDevice('kiosk-1');
    await world.until(() => modeOf('kiosk-1') === 'ALONE', 'alone again');
    expect(await granted('kiosk-1', sent)).toEqual(first);
    expect(await granted('kiosk-1', draw())).toMatchObject({ number: 'A7082' });
    await hubBack();
  });

  it('N2: an incarnation whose block is full takes the next untouched one', async () => {
    await loseHub();
    const numbers = [];
    for (let i = 0; i < 21; i += 1) numbers.push((await granted('kiosk-1', draw())).number);
    expect([numbers[0], numbers[19], numbers[20]]).toEqual(['A7081', 'A7100', 'A7121']);
    await hubBack();
    expect(
      world
        .hub()
        .state()
        .series.get('a' as never)?.issued,
    ).toBe(21);
  });

  it('N1, N2: a counter alone gives numbers to visitors without a ticket from the end of the overflow', async () => {
    await granted('counter-1', openCounter('counter-1'));
    await loseHub();
    const visitor = { serviceIds: ['id-card'], language: 'de' as const, partySize: 1 };
    const walkDirect = command('walkDirect', { counterId: 'counter-1', ...visitor });
    expect(await granted('counter-1', walkDirect)).toMatchObject({ number: 'A9121' });
    await hubBack();
  });

  it('O2: no device publishes a configuration by itself', async () => {
    await loseHub();
    const config = { ...world.device('counter-1').state().info.config, version: 9 };
    expect(await run('counter-1', command('publishConfiguration', { config } as never))).toMatchObject({
      ok: false,
      refusal: { type: 'unreachable' },
    });
  });

  it('M3: a refusal leaves nothing behind: the same command may succeed later', async () => {
    await granted('counter-1', openCounter('counter-1'));
    await loseHub();
    const sent = callNext('counter-1');
    expect(await run('counter-1', sent)).toMatchObject({ ok: false, refusal: { type: 'nobodyWaiting' } });
    expect(world.device('counter-1').syncStatus().eventsWaiting).toBe(0);
    await hubBack();
    const drawn = await granted('kiosk-1', draw());
    expect(await granted('counter-1', sent)).toEqual(drawn);
  });

  it('M3: a one-way cut counts as silence in both directions', async () => {
    for (const to of ['hub', 'device'] as const) {
      world.network.setFaults((message) => (message.to === to && message.link === 'kiosk-1' ? 'drop' : 'deliver'));
      expect(await run('kiosk-1', draw()), `nothing reaches the ${to}`).toMatchObject({ ok: true });
      world.network.setFaults(null);
      await allOrdered();
    }
    expect([...world.hub().state().openVisits.values()].map(({ number }) => number?.text)).toEqual(['A7081', 'A7082']);
  });
});

describe('counters cut off from each other', () => {
  beforeEach(async () => {
    for (const id of ['counter-1', 'counter-3']) await granted(id, openCounter(id));
  });

  it('M3: by "next" they never call the same visitor, and together they call everybody', async () => {
    const waiting = [];
    for (let i = 0; i < 12; i += 1) waiting.push((await granted('kiosk-1', draw())).number);
    await allOrdered();
    await loseHub();
    const called: (string | null)[] = [];
    for (const id of ['counter-1', 'counter-3']) {
      for (;;) {
        const answer = await run(id, callNext(id));
        if (!answer.ok) break;
        called.push(answer.value.number);
        await granted(id, markArrived(id));
        await granted(id, finish(id));
      }
    }
    expect(called.toSorted()).toEqual(waiting);
    await hubBack();
    expect(world.hub().state().rejections).toEqual([]);
    expect(world.hub().state().closedVisits.size).toBe(12);
  });

  it('O8: both call one number by typing it: one has it, the other is told, and the board shows one call', async () => {
    const { visitId, number } = await granted('kiosk-1', draw());
    await allOrdered();
    await loseHub();
    const [first, second] = [callSpecific('counter-1', visitId), callSpecific('counter-3', visitId)];
    await granted('counter-1', first);
    await granted('counter-3', second);
    expect([desk('counter-1')?.visit?.number, desk('counter-3')?.visit?.number]).toEqual([number, number]);
    await hubBack();
    const holder = [...world.hub().state().openVisits.values()][0]?.counterId;
    const [winner, loser] =
      holder === 'counter-1' ? (['counter-1', 'counter-3'] as const) : (['counter-3', 'counter-1'] as const);
    const lost = loser === 'counter-1' ? first : second;
    expect(desk(winner)).toMatchObject({ visit: { number }, superseded: null });
    expect(desk(loser)).toMatchObject({ visit: null, superseded: { callId: lost.commandId, number } });
    expect(await run(loser, lost)).toMatchObject({ ok: false, refusal: { type: 'takenByOther' } });
    const board = callBoard(world.device('display-3').state(), 'display-3' as DisplayId, world.hub().now());
    expect(board?.calls).toHaveLength(1);
    // The next clerk at this counter is told nothing.
    await granted(loser, command('closeCounter', { counterId: loser }));
    await granted(loser, openCounter(loser));
    expect(desk(loser)?.superseded).toBeNull();
  });

  it('O8: who has the visitor in service keeps it, though the other’s call came first in order', async () => {
    const { visitId, number } = await granted('kiosk-1', draw());
    await allOrdered();
    await loseHub();
    const lost = callSpecific('counter-1', visitId);
    await granted('counter-1', lost);
    await granted('counter-3', callSpecific('counter-3', visitId));
    await granted('counter-3', markArrived('counter-3'));
    // Counter 1's call is ordered first; counter 3 comes back later, with the visitor in service.
    world.network.cut('counter-3');
    world.startHub();
    await world.until(() => modeOf('counter-1') === 'ORDERED');
    world.network.heal('counter-3');
    await allOrdered();
    expect(desk('counter-3')).toMatchObject({ visit: { number, state: 'serving' }, superseded: null });
    expect(desk('counter-1')).toMatchObject({ visit: null, superseded: { callId: lost.commandId, number } });
    assertValidDay(world.hub().state());
  });
});

describe('days without a hub', () => {
  const start = async (now: number) => {
    world.close();
    world = createWorld({ now });
    await allOrdered();
  };
  const dayOf = (id: string) => world.device(id).state().info;

  it('D1: kiosks and counters open the next day by themselves; the hub, back later, orders what happened on it', async () => {
    await start(at('22:00'));
    const { day } = world.hub().stats();
    await granted('kiosk-1', draw());
    await loseHub();
    world.advance(2 * HOUR_MS);
    await world.settle();
    const next = addDays(day, 1);
    expect(dayOf('kiosk-1')).toMatchObject({ day: next, status: 'open', config: { version: 1 } });
    // A display writes nothing (X8).
    expect(dayOf('display-3').day).toBe(day);
    // Yesterday's numbers do not matter; a young disk leaves a block free (N2).
    expect(await granted('kiosk-1', draw())).toMatchObject({ number: 'A7041' });
    world.crashDevice('kiosk-1');
    await world.until(() => modeOf('kiosk-1') === 'ALONE');
    expect(await granted('kiosk-1', draw())).toMatchObject({ number: 'A7042' });
    await hubBack();
    expect(world.hub().stats().day).toBe(next);
    expect([...world.hub().state().openVisits.values()].map(({ number }) => number?.text)).toEqual(['A7041', 'A7042']);
    expect(world.hub().state().rejections).toEqual([]);
  });

  it('D1: a device that was off over night opens the day alone; one that was off for longer asks for its clock', async () => {
    const { day } = world.hub().stats();
    await loseHub();
    for (const [id, offMs] of [
      ['kiosk-1', LONE_SPAN_MS - MINUTE_MS],
      ['kiosk-2', LONE_SPAN_MS + MINUTE_MS],
    ] as const) {
      world.crashDevice(id);
      world.device(id);
      world.devicePlatform(id).setWallClock(world.devicePlatform(id).now() + offMs);
    }
    await world.until(() => modeOf('kiosk-1') === 'ALONE' && modeOf('kiosk-2') === 'ALONE');
    expect(await run('kiosk-1', draw())).toMatchObject({ ok: true, value: { number: 'A7041' } });
    expect(dayOf('kiosk-1').day).toBe(addDays(day, 1));
    expect(await run('kiosk-2', draw())).toEqual({ ok: false, refusal: { type: 'clockUnsure' } });
    expect(dayOf('kiosk-2').day).toBe(day);
  });

  it('O6, D1: what was answered on a day that a wrong clock has opened stays answered when the hub is back on its own', async () => {
    const { day } = world.hub().stats();
    await loseHub();
    world.crashDevice('kiosk-1');
    world.device('kiosk-1');
    world.devicePlatform('kiosk-1').setWallClock(world.devicePlatform('kiosk-1').now() + LONE_SPAN_MS - MINUTE_MS);
    await world.until(() => modeOf('kiosk-1') === 'ALONE');
    const sent = draw();
    const answer = await granted('kiosk-1', sent);
    expect(dayOf('kiosk-1').day).toBe(addDays(day, 1));
    await hubBack();
    expect(dayOf('kiosk-1').day).toBe(day);
    expect(await granted('kiosk-1', sent)).toEqual(answer);
    await loseHub();
    expect(await granted('kiosk-1', sent)).toEqual(answer);
  });

  it.each([
    ['a clock of 1970', -at('09:00'), false],
    ['a clock a year behind', -365 * 24 * HOUR_MS, false],
    ['a clock a little behind', -CLOCK_SLACK_MS / 2, true],
    ['a clock a year ahead', 365 * 24 * HOUR_MS, false],
  ])('D1: a device that restarts alone with %s', async (_name, byMs, isSound) => {
    await granted('kiosk-1', draw());
    await loseHub();
    world.crashDevice('kiosk-1');
    world.device('kiosk-1');
    world.devicePlatform('kiosk-1').setWallClock(world.devicePlatform('kiosk-1').now() + byMs);
    await world.until(() => modeOf('kiosk-1') === 'ALONE');
    const answer = await run('kiosk-1', draw());
    expect(answer).toMatchObject(isSound ? { ok: true } : { ok: false, refusal: { type: 'clockUnsure' } });
    await hubBack();
  });

  it('M4: silence is noticed within SILENCE_MS and one tick, whether or not the connection breaks', async () => {
    const lostAt = world.devicePlatform('display-3').monoMs();
    world.network.cut('display-3');
    await world.until(() => modeOf('display-3') === 'ALONE');
    expect(world.devicePlatform('display-3').monoMs() - lostAt).toBeLessThanOrEqual(SILENCE_MS + 600);
  });
});
