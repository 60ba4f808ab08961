import type { EventStore } from '@aufruf/engine/store/event-store';
import { createMemoryStore } from '@aufruf/engine/store/memory-store';
import { dayToJson } from '@aufruf/shared/domain/day/test/day-to-json';
import { MAX_EVENT_BYTES } from '@aufruf/shared/sync/event';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MAX_CLAIM_BYTES } from './decisions.ts';
import { bigLocation } from './test/big-location.ts';
import { command, draw } from './test/commands.ts';
import { type FailingStore, withFailures } from './test/failing-store.ts';
import { createForger, createRawDevice } from './test/raw-device.ts';
import { createWorld, type World } from './test/world.ts';

let world: World;
let hubStore: FailingStore;
beforeEach(() => {
  world = createWorld({
    openStore: (device, platform): EventStore => {
      const store = createMemoryStore({ device, platform });
      if (device !== 'hub') return store;
      hubStore = withFailures(store);
      return hubStore;
    },
  });
});
afterEach(() => world.close());

const execute = async (sent: ReturnType<typeof draw>) =>
  (await Promise.all([world.hub().execute(sent), world.settle()]))[0];

describe('a hub whose disk refuses', () => {
  it('S3, J4: a failed commit is answered storageFailed, has happened nowhere, and the same command works later', async () => {
    await execute(draw());
    const before = {
      state: dayToJson(world.hub().state()),
      hash: world.hub().stateHash(),
      head: world.hub().stats().head,
    };
    let changes = 0;
    world.hub().onChange(() => {
      changes += 1;
    });
    hubStore.failNext(1);
    const once = draw('id-card', 'tried-on-a-full-disk');
    expect(await execute(once)).toMatchObject({ ok: false, refusal: { type: 'storageFailed' } });
    expect({
      state: dayToJson(world.hub().state()),
      hash: world.hub().stateHash(),
      head: world.hub().stats().head,
    }).toEqual(before);
    expect(changes).toBe(0);
    expect(await execute(once)).toMatchObject({ ok: true, value: { number: 'A0002' } });
  });

  it('S3: a push on a full disk is refused by name, and taken when there is room', async () => {
    const kiosk = createRawDevice(world, 'kiosk-1');
    await kiosk.hello();
    const events = [createForger('kiosk-1')('v1.ClaimMade', { command: draw() })];
    hubStore.failNext(1);
    expect(await kiosk.push(events)).toMatchObject({ ok: false, error: { type: 'storageFailed' } });
    expect(world.hub().state().openVisits.size).toBe(0);
    expect(await kiosk.push(events)).toMatchObject({ ok: true });
    expect(world.hub().state().openVisits.size).toBe(1);
  });

  it('S3, M4: a device comes through a full disk of its hub without a hand', async () => {
    const kiosk = world.device('kiosk-1');
    await world.until(() => kiosk.syncStatus().mode === 'ORDERED');
    hubStore.failNext(2);
    const answer = kiosk.execute(draw());
    await world.until(() => kiosk.syncStatus().eventsWaiting === 0 && world.hub().state().openVisits.size === 1);
    expect(await answer).toMatchObject({ ok: true });
  });

  it('S3: a midnight that cannot be committed is tried again', async () => {
    world.advance(15 * 3_600_000 - 1_000);
    await world.settle();
    const { day } = world.hub().state().info;
    hubStore.failNext(1);
    world.advance(2_000);
    await world.settle();
    expect(world.hub().state().info).toMatchObject({ day, status: 'open' });
    world.advance(2_000);
    await world.settle();
    expect(world.hub().state().info.day > day).toBe(true);
  });
});

describe('a hub that starts', () => {
  it('O3: takes a new epoch each time, committed before anything is ordered in it', async () => {
    expect(world.hub().stats().epoch).toBe(1);
    for (const epoch of [2, 3]) {
      world.crashHub();
      expect(world.startHub().stats().epoch).toBe(epoch);
      await execute(draw());
      expect(hubStore.head(world.hub().state().info.day).epoch).toBe(epoch);
    }
    world.crashHub();
    hubStore.failNext(1);
    expect(() => world.startHub()).toThrow('storage fault');
    expect(hubStore.readSetting('epoch')).toBe('3');
    world.startHub();
  });

  it('rule 3: rebuilds its state from the log alone', async () => {
    for (let i = 0; i < 120; i += 1) await execute(draw());
    const before = { state: dayToJson(world.hub().state()), hash: world.hub().stateHash() };
    world.crashHub();
    world.startHub();
    expect({ state: dayToJson(world.hub().state()), hash: world.hub().stateHash() }).toEqual(before);
  });

  it('stops: what was begun is committed, what comes later is refused, repetition does nothing', async () => {
    const answer = world.hub().execute(draw());
    world.hub().close();
    world.hub().close();
    expect(await answer).toMatchObject({ ok: true });
    expect(await world.hub().execute(draw())).toMatchObject({ ok: false, refusal: { type: 'unreachable' } });
  });
});

describe('large commands', () => {
  it('J1: a configuration that would not fit into an event is refused; one that just fits is published', async () => {
    const bring = (count: number) =>
      Array.from({ length: count }, () => ({ de: 'x'.repeat(400), en: 'x'.repeat(400) }));
    const config = bigLocation(2);
    const grow = (services: number) => {
      const ids = Array.from({ length: services }, (_, i) => `big-${i}`);
      return {
        ...config,
        services: [...config.services, ...ids.map((id) => ({ ...config.services[0]!, id, bring: bring(12) }))],
        // A service that no counter serves is refused.
        counters: config.counters.map((counter) => ({
          ...counter,
          primaryServiceIds: [...counter.primaryServiceIds, ...ids],
        })),
      };
    };
    const size = (services: number) =>
      JSON.stringify(command('publishConfiguration', { config: grow(services) as never })).length;
    let fits = 0;
    while (size(fits + 1) <= MAX_CLAIM_BYTES) fits += 1;
    expect(await execute(command('publishConfiguration', { config: grow(fits + 1) as never }))).toMatchObject({
      ok: false,
      refusal: { type: 'tooLarge' },
    });
    expect(await execute(command('publishConfiguration', { config: grow(fits) as never }))).toMatchObject({ ok: true });
    expect(MAX_CLAIM_BYTES).toBeLessThan(MAX_EVENT_BYTES);
  });
});
