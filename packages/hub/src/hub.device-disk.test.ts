import { sha256 } from '@aufruf/engine/platform/sha256';
import { createMemoryStore } from '@aufruf/engine/store/memory-store';
import { anewId } from '@aufruf/engine/sync/alone';
import type { CommandAnswer } from '@aufruf/engine/sync/command-answer';
import { CLAIM_PATIENCE_MS } from '@aufruf/engine/sync/device-claims';
import type { LocationConfig } from '@aufruf/shared/domain/location-config/schema';
import { assert } from '@aufruf/shared/lib/assert';
import type { DeviceId, KioskId } from '@aufruf/shared/lib/ids';
import { journalKey } from '@aufruf/shared/sync/event';
import { describe, expect, it } from 'vitest';
import { bigLocation } from './test/big-location.ts';
import { command, draw, openCounter } from './test/commands.ts';
import { type FailingStore, withFailures } from './test/failing-store.ts';
import { stepsIn } from './test/steps.ts';
import { createWorld, relayAddress } from './test/world.ts';

/** Each device's disk refuses commits when it is told to. */
function worldOfFailingDisks(config: LocationConfig = bigLocation()) {
  const stores = new Map<string, FailingStore>();
  const world = createWorld({
    config,
    openStore(device, platform) {
      const store = withFailures(createMemoryStore({ device, platform }));
      stores.set(device, store);
      return store;
    },
  });
  return { world, stores };
}

describe('a device whose disk is full', () => {
  it('O6, N3: withdraws what it has given up as soon as the disk takes it, so that no number waits that nobody got', async () => {
    const { world, stores } = worldOfFailingDisks();
    await world.until(() => world.device('kiosk-1').syncStatus().mode === 'ORDERED');
    world.crashHub();
    const sent = draw();
    const answers: CommandAnswer[] = [];
    void world
      .device('kiosk-1')
      .execute(sent)
      .then((answer) => answers.push(answer));
    await world.settle();
    stores.get('kiosk-1')?.failNext(Number.POSITIVE_INFINITY);
    world.advance(CLAIM_PATIENCE_MS);
    await world.settle();
    expect(answers).toMatchObject([{ ok: false, refusal: { type: 'unreachable' } }]);
    // Pressed again, it cannot be made anew either; the first one is to be withdrawn all the same.
    expect(await world.device('kiosk-1').execute(sent)).toMatchObject({
      ok: false,
      refusal: { type: 'storageFailed' },
    });

    stores.get('kiosk-1')?.failNext(0);
    world.startHub();
    await world.until(() => world.hub().state().commands.get(sent.commandId)?.status === 'withdrawn');
    expect(world.hub().state().openVisits.size).toBe(0);
    world.close();
  });
});

describe('a device alone whose disk was full', () => {
  it('O6, N3: what is pressed again before it could be withdrawn is made anew, and stays', async () => {
    const { world, stores } = worldOfFailingDisks();
    const kiosk = world.device('kiosk-1');
    await world.until(() => kiosk.syncStatus().mode === 'ORDERED');
    world.crashHub();
    const sent = draw();
    const answers: CommandAnswer[] = [];
    void kiosk.execute(sent).then((answer) => answers.push(answer));
    await world.settle();
    stores.get('kiosk-1')?.failNext(Number.POSITIVE_INFINITY);
    world.advance(CLAIM_PATIENCE_MS);
    await world.settle();
    expect(answers).toMatchObject([{ ok: false, refusal: { type: 'unreachable' } }]);

    stores.get('kiosk-1')?.failNext(0);
    const pressedAgain = await kiosk.execute(sent);
    expect(pressedAgain).toMatchObject({ ok: true, value: { visitId: anewId(sent.commandId, sha256) } });
    world.startHub();
    await world.until(() => kiosk.syncStatus().mode === 'ORDERED' && kiosk.syncStatus().eventsWaiting === 0, 'told');
    const { commands, openVisits } = world.hub().state();
    expect(commands.get(sent.commandId)?.status).toBe('withdrawn');
    expect([...openVisits.values()].map(({ id }) => id)).toEqual([anewId(sent.commandId, sha256)]);
    expect(await kiosk.execute(sent)).toEqual(pressedAgain);
    world.close();
  });
});

describe('a relay whose disk is full', () => {
  it('N2, S3: leaves out no number: what it could not journal it has not given', async () => {
    const relays = [{ device: 'counter-3' as DeviceId, address: relayAddress('counter-3') }];
    const { world, stores } = worldOfFailingDisks({ ...bigLocation(), sync: { relays } });
    const { allOrdered, run, granted } = stepsIn(() => world, ['kiosk-1', 'counter-3']);
    await allOrdered();
    await granted('counter-3', openCounter('counter-3'));
    await allOrdered();
    world.crashHub();
    await world.until(() => world.device('kiosk-1').syncStatus().mode === 'RELAY');
    const first = (await granted('kiosk-1', draw())).number;
    stores.get('counter-3')?.failNext(Number.POSITIVE_INFINITY);
    const visitor = { counterId: 'counter-3', serviceIds: ['id-card'], language: 'de' as const, partySize: 1 };
    expect(await run('counter-3', command('walkDirect', visitor))).toMatchObject({
      refusal: { type: 'storageFailed' },
    });
    stores.get('counter-3')?.failNext(0);
    const second = (await granted('kiosk-1', draw())).number;
    expect(Number(second?.slice(1))).toBe(Number(first?.slice(1)) + 1);
    world.close();
  });
});

describe('a kiosk that starts on a full disk', () => {
  it('N3: voids what nobody got as soon as the disk takes it', async () => {
    const { world, stores } = worldOfFailingDisks();
    const kiosk = world.device('kiosk-1');
    await world.until(() => kiosk.syncStatus().mode === 'ORDERED');
    void kiosk.execute(draw());
    await world.until(() => kiosk.state().openVisits.size === 1, 'drawn');
    stores.get('kiosk-1')?.failNext(Number.POSITIVE_INFINITY);
    expect(kiosk.voidUnhandedTickets('kiosk-1' as KioskId)).toBe(0);
    world.advance(2_000);
    await world.settle();
    expect(world.hub().state().openVisits.size).toBe(1);
    stores.get('kiosk-1')?.failNext(0);
    await world.until(() => world.hub().state().openVisits.size === 0, 'voided');
    world.close();
  });
});

describe('a device whose disk was set back', () => {
  /** A kiosk that has just started on an older copy of its disk. */
  async function setBackKiosk() {
    const world = createWorld();
    const isReady = () => world.device('kiosk-1').syncStatus().mode === 'ORDERED';
    await world.until(isReady);
    const store = world.deviceStore('kiosk-1');
    const journal = journalKey(store);
    await world.until(() => world.device('kiosk-1').syncStatus().eventsWaiting === 0);
    const last = store.journalAfter(journal, 0, 99).at(-1);
    assert(last, 'a new disk has said that it is there');
    // What it wrote later, and has forgotten.
    const { seq } = last.event;
    world.hubStore.transact(() => world.hubStore.importEvent({ ...last.event, seq: seq + 1, prevHash: last.hash }));
    world.crashDevice('kiosk-1');
    const kiosk = world.device('kiosk-1');
    const isTold = (alarm: string) =>
      world.devicePlatform('kiosk-1').logged.some(({ fields }) => fields.alarm === alarm);
    return { world, kiosk, isTold };
  }
  const refused = { ok: false, refusal: { type: 'storageFailed' } };

  it('J3, X2: acknowledges nothing and gives no number once the hub has said so, alone or not', async () => {
    const { world, kiosk, isTold } = await setBackKiosk();
    while (!isTold('conflictingEvent')) expect(world.network.deliverNext()).toBe(true);
    expect(await kiosk.execute(draw())).toMatchObject(refused);
    world.crashHub();
    await world.until(() => kiosk.syncStatus().mode === 'ALONE');
    expect(await kiosk.execute(draw())).toMatchObject(refused);
    world.close();
  });

  it('J3, X2: what was asked before the hub has said so gets no number either, once the hub falls silent', async () => {
    const { world, kiosk, isTold } = await setBackKiosk();
    const answers: CommandAnswer[] = [];
    // The second one does not fit behind what the hub holds in the place of the first.
    for (const sent of [draw(), draw()]) void kiosk.execute(sent).then((answer) => answers.push(answer));
    await world.until(() => isTold('wrongHash'), 'told');
    world.crashHub();
    await world.until(() => kiosk.syncStatus().mode === 'ALONE');
    await world.settle();
    expect(answers).toMatchObject([refused, refused]);
    world.close();
  });
});
