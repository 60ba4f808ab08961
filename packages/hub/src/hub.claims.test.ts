/** Claims without an answer, restarts between question and answer, and what a device says of its connection. */

import { CLAIM_PATIENCE_MS } from '@aufruf/engine/sync/device-claims';
import { CALL_TIMEOUT_MS } from '@aufruf/shared/bridge/bridge';
import { at } from '@aufruf/shared/domain/views/test/fixtures';
import type { KioskId } from '@aufruf/shared/lib/ids';
import { HOUR_MS, MINUTE_MS } from '@aufruf/shared/lib/time';
import { SILENCE_MS, STATE_HASH_ROWS } from '@aufruf/shared/protocol/limits';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { callNext, command, draw, markArrived, openCounter } from './test/commands.ts';
import { createForger, createRawDevice } from './test/raw-device.ts';
import { stepsIn } from './test/steps.ts';
import { createWorld, type World } from './test/world.ts';

let world: World;
const KIOSK = 'kiosk-1' as KioskId;
beforeEach(async () => {
  world = createWorld();
  await ready('kiosk-1');
});
afterEach(() => world.close());

const ready = (id: string) => world.until(() => world.device(id).syncStatus().mode === 'ORDERED', `${id} ready`);
const { press: send } = stepsIn(() => world, []);
const caughtUp = (id: string) =>
  world.until(
    () => world.device(id).rows() === world.hub().stats().head.n && world.device(id).syncStatus().eventsWaiting === 0,
  );

describe('claims without an answer', () => {
  it('O6: a claim that its author cannot decide alone is withdrawn after CLAIM_PATIENCE_MS; the hub never grants it', async () => {
    world.crashHub();
    // Started again with the clock of a dead battery, and no hub to tell the day (D1).
    world.crashDevice('kiosk-1');
    world.device('kiosk-1');
    world.devicePlatform('kiosk-1').setWallClock(0);
    const sent = draw();
    const answers = send('kiosk-1', sent);
    await world.settle();
    world.advance(CLAIM_PATIENCE_MS - 1);
    await world.settle();
    expect(answers).toEqual([]);
    world.advance(1);
    await world.settle();
    expect(answers).toMatchObject([{ ok: false, refusal: { type: 'unreachable' } }]);
    world.startHub();
    await caughtUp('kiosk-1');
    expect(world.hub().state().commands.get(sent.commandId)).toEqual({ status: 'withdrawn' });
    expect(world.hub().state().openVisits.size).toBe(0);
    // Nothing has happened, so whoever presses again asks anew; and however often, there is one ticket.
    const pressed = [send('kiosk-1', sent), send('kiosk-1', sent)];
    await world.settle();
    pressed.push(send('kiosk-1', sent));
    await world.settle();
    expect(new Set(pressed.flat().map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(pressed.flat()).toHaveLength(3);
    expect(pressed[0]).toMatchObject([{ ok: true }]);
    expect(world.hub().state().openVisits.size).toBe(1);
  });

  it('M3, O6: a claim granted unheard is given back, decided anew by its silenced author, and there once', async () => {
    // The hub hears the kiosk; the kiosk does not hear the hub.
    world.network.setFaults(({ to, link }) => (to === 'device' && link === 'kiosk-1' ? 'drop' : 'deliver'));
    const answers = send('kiosk-1', draw());
    await world.settle();
    expect(world.hub().state().openVisits.size).toBe(1);
    await world.until(() => answers.length === 1);
    // A new incarnation leaves the first block of its lane free.
    expect(answers).toMatchObject([{ ok: true, value: { number: 'A7081' } }]);
    world.network.setFaults(null);
    await caughtUp('kiosk-1');
    expect([...world.hub().state().openVisits.values()].map(({ number }) => number?.text)).toEqual(['A7081']);
    const next = send('kiosk-1', draw());
    await world.settle();
    // The number is void, never given again that day (N2).
    expect(next).toMatchObject([{ ok: true, value: { number: 'A0002' } }]);
  });

  it('M3, O6: repeated, a claim is answered as it was decided anew, even if the first grant can no longer be given back', async () => {
    await ready('counter-1');
    world.network.setFaults(({ to, link }) => (to === 'device' && link === 'kiosk-1' ? 'drop' : 'deliver'));
    const sent = draw();
    const answers = send('kiosk-1', sent);
    await world.settle();
    // Somebody else stands up when the number that nobody got is called.
    for (const one of [openCounter('counter-1'), callNext('counter-1'), markArrived('counter-1')]) {
      send('counter-1', one);
      await world.settle();
    }
    await world.until(() => answers.length === 1);
    expect(answers).toMatchObject([{ ok: true, value: { number: 'A7081' } }]);
    world.network.setFaults(null);
    await caughtUp('kiosk-1');
    expect(world.hub().state().commands.get(sent.commandId)).toMatchObject({ status: 'granted' });
    const again = send('kiosk-1', sent);
    await world.settle();
    expect(again).toEqual(answers);
  });

  it('O6: an answer that was on its way is not overtaken: the patience is shorter than a screen’s', () => {
    expect(CLAIM_PATIENCE_MS).toBeLessThan(CALL_TIMEOUT_MS);
  });

  it('O6: a claim left behind unsent by a stopped device is withdrawn at its next start', async () => {
    world.crashHub();
    const sent = draw();
    send('kiosk-1', sent);
    await world.settle();
    world.crashDevice('kiosk-1');
    world.startHub();
    await ready('kiosk-1');
    await caughtUp('kiosk-1');
    expect(world.hub().state().commands.get(sent.commandId)).toEqual({ status: 'withdrawn' });
    expect(world.hub().state().openVisits.size).toBe(0);
  });

  it('O6, S2: so is one that was saved from an earlier file of the device', async () => {
    world.crashHub();
    const sent = draw();
    const saved = createForger('kiosk-1')('v1.ClaimMade', { command: sent });
    const store = world.deviceStore('kiosk-1');
    store.transact(() => store.importEvent(saved));
    world.crashDevice('kiosk-1');
    world.device('kiosk-1');
    await world.settle();
    expect(world.device('kiosk-1').state().commands.get(sent.commandId)).toEqual({ status: 'withdrawn' });
  });

  it('O6, N3: an answer the device had not heard when it stopped is given back; one it had heard is told again from the log', async () => {
    const sent = draw();
    send('kiosk-1', sent);
    world.network.flush();
    world.hubPlatform().advance(0);
    expect(world.hub().state().commands.get(sent.commandId)).toMatchObject({ status: 'granted' });
    world.crashDevice('kiosk-1');
    // Restarted before it had heard: to its own knowledge the claim is open, so it takes it back.
    await ready('kiosk-1');
    await caughtUp('kiosk-1');
    expect(world.hub().state().openVisits.size).toBe(0);
    const again = draw();
    const answers = send('kiosk-1', again);
    await world.settle();
    world.crashDevice('kiosk-1');
    await ready('kiosk-1');
    expect(await world.device('kiosk-1').execute(again)).toEqual(answers[0]);
  });

  it('O6: a command waits for the hub once, however many callers repeat it', async () => {
    world.crashHub();
    const sent = draw();
    const answers = [send('kiosk-1', sent), send('kiosk-1', sent), send('kiosk-1', sent)];
    await world.settle();
    expect(world.device('kiosk-1').syncStatus().eventsWaiting).toBe(1);
    world.startHub();
    await world.until(() => answers.every((list) => list.length === 1));
    expect(new Set(answers.flat().map((answer) => JSON.stringify(answer))).size).toBe(1);
  });

  it('a device that has never met its hub refuses everything as unreachable', async () => {
    world.network.cut('counter-1');
    expect(await world.device('counter-1').execute(markArrived('counter-1'))).toMatchObject({
      ok: false,
      refusal: { type: 'unreachable' },
    });
    expect(world.device('counter-1').state().info).toMatchObject({ status: 'notOpened', config: null });
  });

  it('D1: a claim nobody decided on its day is refused as dayClosed when the device learns of the next', async () => {
    world.close();
    world = createWorld({ now: at('23:00') });
    await ready('kiosk-1');
    world.advance(HOUR_MS - 500);
    await world.settle();
    // The kiosk's own messages are lost; it hears the hub.
    world.network.setFaults(({ to }) => (to === 'hub' ? 'drop' : 'deliver'));
    const answers = send('kiosk-1', draw());
    world.advance(2_000);
    await world.settle();
    world.network.setFaults(null);
    await world.until(() => answers.length === 1);
    expect(answers).toMatchObject([{ ok: false, refusal: { type: 'dayClosed' } }]);
  });
});

describe('tickets in nobody’s hand', () => {
  it('N3: a ticket drawn and never shown is voided after the kiosk’s restart; one that was shown stays', async () => {
    const shown = draw();
    for (const sent of [shown, draw()]) {
      send('kiosk-1', sent);
      await world.settle();
    }
    const handOver = command('confirmHandOver', { kioskId: KIOSK, visitId: shown.commandId, means: 'screen' });
    expect(await world.device('kiosk-1').execute(handOver)).toMatchObject({ ok: true });
    world.crashDevice('kiosk-1');
    expect(world.device('kiosk-1').voidUnhandedTickets(KIOSK)).toBe(1);
    expect(world.device('kiosk-1').voidUnhandedTickets(KIOSK)).toBe(0);
    await caughtUp('kiosk-1');
    expect([...world.hub().state().openVisits.values()].map(({ number }) => number?.text)).toEqual(['A0001']);
  });

  it('N3: a draw that is under way when a new page opens is voided once it is granted', async () => {
    const [answered] = [send('kiosk-1', draw())];
    expect(world.device('kiosk-1').voidUnhandedTickets(KIOSK)).toBe(0);
    await world.until(() => answered.length === 1);
    expect(answered).toMatchObject([{ ok: true }]);
    await world.until(() => world.hub().state().openVisits.size === 0, 'voided');
    // What the new page draws is its own.
    send('kiosk-1', draw());
    await world.until(() => world.hub().state().openVisits.size === 1, 'drawn');
    world.advance(5_000);
    await world.settle();
    expect([...world.hub().state().openVisits.values()].map(({ number }) => number?.text)).toEqual(['A0002']);
  });
});

describe('what a device says of its connection', () => {
  it('M1, M4: silence shows within SILENCE_MS and the tick after; the way back needs no hand', async () => {
    const { since } = world.device('kiosk-1').syncStatus();
    expect(since).toBeLessThanOrEqual(world.hub().now());
    // The hub is there and says nothing any more: no connection breaks.
    world.network.setFaults(() => 'drop');
    const modes = new Set<string>();
    world.device('kiosk-1').onChange(() => modes.add(world.device('kiosk-1').syncStatus().mode));
    world.advance(SILENCE_MS);
    expect(world.device('kiosk-1').syncStatus().mode).toBe('ORDERED');
    world.advance(501);
    expect(world.device('kiosk-1').syncStatus().mode).toBe('ALONE');
    world.network.setFaults(null);
    await ready('kiosk-1');
    expect([...modes]).toEqual(['ALONE', 'ORDERED']);
  });

  it('M1: says how many events wait, and since when', async () => {
    await ready('counter-1');
    for (const [id, sent] of [
      ['counter-1', openCounter('counter-1')],
      ['kiosk-1', draw()],
      ['counter-1', callNext('counter-1')],
    ] as const) {
      send(id, sent);
      await world.settle();
    }
    world.network.cut('counter-1');
    expect(await world.device('counter-1').execute(markArrived('counter-1'))).toMatchObject({ ok: true });
    world.advance(MINUTE_MS);
    expect(world.device('counter-1').syncStatus()).toMatchObject({ mode: 'ALONE', eventsWaiting: 1 });
    expect(world.device('counter-1').now() - world.device('counter-1').syncStatus().since).toBeGreaterThan(50_000);
  });

  it('O7: a device whose state differs from the hub’s says so', async () => {
    const raw = createRawDevice(world, 'kiosk-2');
    await raw.hello();
    const forge = createForger('kiosk-2');
    const kiosk = world.device('kiosk-1');
    await raw.push(Array.from({ length: STATE_HASH_ROWS - kiosk.rows() }, () => forge('v9.Unknown', {})));
    await caughtUp('kiosk-1');
    const alarms = () =>
      world.devicePlatform('kiosk-1').logged.filter(({ message }) => message.startsWith('the state differs'));
    world.advance(2_000);
    await world.settle();
    expect(alarms()).toEqual([]);
    // The next hash to compare comes from a hub whose software counts otherwise.
    sendHead({ n: STATE_HASH_ROWS, stateHash: 'f'.repeat(64) });
    await world.settle();
    expect(alarms()).toHaveLength(1);
  });
});

/** A head as the hub sends it, with another check. */
function sendHead(check: { readonly n: number; readonly stateHash: string }): void {
  const { epoch, head } = world.hub().stats();
  world.network.say('kiosk-1', 'sync:head', { epoch, position: head, hubAt: world.hub().now(), tail: [], check });
}
