/** A hub on a new disk that learns of its predecessor late, more than once, or while its disk refuses (O3, N2, X2). */
import type { EventStore } from '@aufruf/engine/store/event-store';
import { createMemoryStore } from '@aufruf/engine/store/memory-store';
import { BLOCK_SIZE } from '@aufruf/shared/domain/ticket/lanes';
import { assert } from '@aufruf/shared/lib/assert';
import { HOUR_MS } from '@aufruf/shared/lib/time';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { HELLO_WAIT_MS } from './refill.ts';
import { bigLocation } from './test/big-location.ts';
import { command, draw, openCounter } from './test/commands.ts';
import { type FailingStore, withFailures } from './test/failing-store.ts';
import { createRawDevice } from './test/raw-device.ts';
import { stepsIn } from './test/steps.ts';
import { createWorld, type World, type WorldOptions } from './test/world.ts';

const DEVICES = ['kiosk-1', 'counter-1'] as const;
let world: World;
let hubStore: FailingStore;
const openStore: WorldOptions['openStore'] = (device, platform): EventStore => {
  const store = createMemoryStore({ device, platform });
  if (device !== 'hub') return store;
  hubStore = withFailures(store);
  return hubStore;
};
beforeEach(() => {
  world = createWorld({ openStore });
});
afterEach(() => world.close());

const { allOrdered: agreed, answerOf, granted } = stepsIn(() => world, DEVICES);
const digits = (number: string | null) => Number(number?.slice(1));
const drawn = async () => digits((await granted('kiosk-1', draw())).number);
const newHub = () => world.startHub({ mayHavePredecessor: true });
function loseDisk(): void {
  world.crashHub();
  world.replaceHubDisk();
}
/** A device without a past comes, and is heard. */
async function newcomer(): Promise<void> {
  world.device('counter-3');
  await agreed(['counter-3']);
  await granted('counter-3', openCounter('counter-3'));
}
const visitIds = () => [...world.hub().state().openVisits.values()].map(({ id }) => id);

describe('a predecessor that is heard of late', () => {
  it('O3, X4: a new hub that is started again before any device was heard waits once more, and is refilled', async () => {
    await agreed();
    const last = await drawn();
    const before = visitIds();
    loseDisk();
    for (const id of DEVICES) world.cutOff(id);
    newHub();
    world.advance(HELLO_WAIT_MS - 1);
    world.crashHub();
    newHub();
    const since = world.hubPlatform().monoMs();
    for (const id of DEVICES) world.heal(id);
    const first = await answerOf(() => world.hub().execute(draw()));
    expect(world.hubPlatform().monoMs() - since).toBeGreaterThanOrEqual(HELLO_WAIT_MS);
    assert(first.ok, 'a number');
    expect(digits(first.value.number)).toBe(last + BLOCK_SIZE + 1);
    expect(visitIds()).toEqual([...before, first.value.visitId]);
    // Who has waited once does not wait again.
    await agreed();
    world.crashHub();
    newHub();
    expect(await answerOf(() => world.hub().execute(draw()))).toMatchObject({ ok: true });
    expect(world.hubPlatform().monoMs()).toBeLessThan(HELLO_WAIT_MS);
  });

  it('N3, O3: what a browser takes back of the lost hub’s tickets waits until they are known', async () => {
    await agreed();
    const sent = draw();
    const drawnInBrowser = await answerOf(() => world.hub().execute(sent));
    assert(drawnInBrowser.ok && drawnInBrowser.value.visitId !== null, 'a ticket');
    await agreed();
    loseDisk();
    for (const id of DEVICES) world.cutOff(id);
    newHub();
    const { visitId } = drawnInBrowser.value;
    const takenBack = answerOf(() => world.hub().execute(command('voidTicket', { kioskId: 'kiosk-1', visitId })));
    for (const id of DEVICES) world.heal(id);
    expect(await takenBack).toMatchObject({ ok: true });
    await agreed();
    expect(visitIds()).toEqual([]);
    // Whom nobody knows then is refused.
    const unknown = command('voidTicket', { kioskId: 'kiosk-1', visitId: 'a-visit-of-nobody' });
    expect(await answerOf(() => world.hub().execute(unknown))).toMatchObject({ refusal: { type: 'unknownVisit' } });
  });

  it('O3, X4: a device as new as the hub that is heard first hides nothing of what the others know', async () => {
    await agreed();
    const last = await drawn();
    const before = visitIds();
    await agreed();
    loseDisk();
    for (const id of DEVICES) world.cutOff(id);
    newHub();
    await newcomer();
    for (const id of DEVICES) world.heal(id);
    await agreed();
    expect(visitIds()).toEqual(before);
    expect(await drawn()).toBe(last + BLOCK_SIZE + 1);
  });

  it('N2: what it gave before it heard of a predecessor does not count: a block stays free behind the last one known', async () => {
    await agreed();
    let last = 0;
    for (let i = 0; i < 5; i += 1) last = await drawn();
    await agreed();
    loseDisk();
    for (const id of DEVICES) world.cutOff(id);
    newHub();
    expect(await answerOf(() => world.hub().execute(draw()))).toMatchObject({ ok: true });
    for (const id of DEVICES) world.heal(id);
    await agreed();
    expect(await drawn()).toBe(last + BLOCK_SIZE + 1);
  });

  it('O3: only in its first two days, and only from who has never followed it: of others, it is a hub that came after', async () => {
    const told = { versionVector: { [`hub/${'e'.repeat(32)}`]: 3 }, epoch: 9 };
    const following = () => ({ ...told.versionVector, [`hub/${world.hubStore.incarnation}`]: 1 });
    const start = async (days: number) => {
      world.close();
      world = createWorld({ openStore });
      loseDisk();
      newHub();
      // Somebody has been heard.
      await newcomer();
      for (let day = 0; day < days; day += 1) {
        world.crashHub();
        for (const id of [...DEVICES, 'counter-3']) world.crashDevice(id);
        world.advance(24 * HOUR_MS);
        newHub();
      }
    };
    await start(1);
    expect(await createRawDevice(world, 'kiosk-1').hello(told)).toMatchObject({
      ok: true,
      epoch: world.hubPlatform().now(),
    });
    await start(1);
    const follower = createRawDevice(world, 'kiosk-1');
    expect(await follower.hello({ ...told, versionVector: following() })).toMatchObject({
      error: { type: 'epochTooLow' },
    });
    expect(world.hub().stats().isOrdering).toBe(false);
    await start(2);
    await createRawDevice(world, 'kiosk-1').hello(told);
    expect(world.hub().stats().isOrdering).toBe(false);
  });

  it('O3: a hub that was said to be the first asks nobody, and believes nobody, after its next start either', async () => {
    await newcomer();
    world.crashHub();
    newHub();
    await createRawDevice(world, 'kiosk-1').hello({ versionVector: { [`hub/${'e'.repeat(32)}`]: 3 }, epoch: 9 });
    expect(world.hub().stats().isOrdering).toBe(false);
  });
});

describe('numbers left free', () => {
  it('S3, N2, X2: a number that could not be stored was not given: the block stays free', async () => {
    await agreed();
    const last = await drawn();
    await agreed();
    loseDisk();
    newHub();
    await agreed();
    world.advance(HELLO_WAIT_MS);
    await agreed();
    hubStore.failNext(1);
    expect(await answerOf(() => world.hub().execute(draw()))).toMatchObject({ refusal: { type: 'storageFailed' } });
    expect(await drawn()).toBe(last + BLOCK_SIZE + 1);
  });

  it('N2, X2: where a block is more than is left of the main span, the hub never comes back to it', async () => {
    world.close();
    const config = bigLocation();
    const series = config.series.map((one) => ({ ...one, main: { first: 1, last: BLOCK_SIZE } }));
    world = createWorld({ openStore, config: { ...config, series } });
    await agreed();
    expect(await drawn()).toBe(1);
    await agreed();
    loseDisk();
    newHub();
    await agreed();
    const first = config.series[0]?.overflow.first ?? 0;
    expect(await drawn()).toBe(first + BLOCK_SIZE);
    expect(await drawn()).toBe(first + BLOCK_SIZE + 1);
  });

  it('N2, X2: a block for each hub that was there that day: the second one lost gave its numbers behind the first one\u2019s', async () => {
    await agreed();
    const last = await drawn();
    await agreed();
    for (const lost of [1, 2, 3]) {
      loseDisk();
      newHub();
      await agreed();
      for (const id of DEVICES) world.cutOff(id);
      // Given to a browser, and heard by nobody.
      const unheard = await answerOf(() => world.hub().execute(draw()));
      assert(unheard.ok, 'a number');
      expect(digits(unheard.value.number)).toBe(last + lost * BLOCK_SIZE + 1);
      for (const id of DEVICES) world.heal(id);
      world.crashHub();
    }
  });
});
