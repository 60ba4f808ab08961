/** A relay's machine becomes the hub (M5): its devices follow, and the old hub comes back as a device. */
import { createMemoryStore } from '@aufruf/engine/store/memory-store';
import { assert } from '@aufruf/shared/lib/assert';
import type { DeviceId } from '@aufruf/shared/lib/ids';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { UNREACHED_MS } from './hub.ts';
import { HubElsewhere } from './hub-place.ts';
import { HELLO_WAIT_MS } from './refill.ts';
import { callNext, command, draw } from './test/commands.ts';
import { withFailures } from './test/failing-store.ts';
import {
  DEVICES,
  numbers,
  openTakeoverOffice,
  RELAY,
  type TakeoverOffice,
  takeoverConfig,
} from './test/takeover-office.ts';
import { relayAddress, type World } from './test/world.ts';

let office: TakeoverOffice;
let world: World;
beforeEach(async () => {
  office = await openTakeoverOffice();
  world = office.world;
});
afterEach(() => world.close());

const drawAtSouth = () =>
  command('issueTicket', { kioskId: 'kiosk-2', serviceIds: ['extension'], language: 'de', partySize: 1 });
const cutHubOff = () => {
  world.cutOff('hub');
  for (const id of DEVICES) world.network.cut(id);
};
const healHub = () => {
  world.heal('hub');
  for (const id of DEVICES) world.network.heal(id);
};
/** The hub's machine breaks; the relay's machine is made the hub while its own app is switched off for a moment. */
async function takeOver() {
  world.crashHub();
  await office.inMode('RELAY', ...DEVICES);
  const island = await office.granted('kiosk-1', draw());
  world.crashDevice(RELAY);
  const successor = world.startSuccessor(RELAY);
  await office.agreed(successor.hub);
  return { ...successor, island };
}

describe('a relay’s machine takes over', () => {
  it('M5: its devices follow to the new address, with all that happened; a higher version names it, under a higher epoch', async () => {
    const before = await office.granted('kiosk-1', draw());
    await office.agreed(world.hub());
    const { hub, island } = await takeOver();
    office.expectSame(hub);
    expect(numbers(hub)).toEqual([
      [before.number, 'waiting'],
      [island.number, 'waiting'],
    ]);
    expect(hub.state().info.config).toMatchObject({
      version: 2,
      sync: { hub: relayAddress(RELAY), hubDevice: RELAY, relays: [{ device: 'kiosk-2' }] },
    });
    expect(hub.stats().epoch).toBeGreaterThan(1_000);
    const next = await office.granted('kiosk-1', draw());
    expect(numbers(hub)).toContainEqual([next.number, 'waiting']);
    expect(await office.granted('counter-1', callNext('counter-1'))).toEqual(before);
  });

  it('M5: the relay itself goes on while its machine takes over: it stands aside, and follows like any other', async () => {
    world.crashHub();
    await office.inMode('RELAY', ...DEVICES);
    const relay = world.device(RELAY);
    expect(relay.servedBy()).toBe(RELAY);
    relay.standAside(true);
    // Until the hub is there, the next relay serves: it makes room as soon as it hears of it.
    const others = DEVICES.filter((id) => id !== RELAY);
    await world.until(() => others.every((id) => world.device(id).servedBy() === 'kiosk-2'), 'the next relay');
    const island = await office.granted('kiosk-1', draw());
    const { hub } = world.startSuccessor(RELAY);
    await office.agreed(hub);
    office.expectSame(hub);
    expect(numbers(hub)).toEqual([[island.number, 'waiting']]);
    expect(relay.servedBy()).toBeNull();
  });

  it('M5, S3: a place that a full disk could not publish is published when there is room again', async () => {
    world.crashHub();
    await office.inMode('RELAY', ...DEVICES);
    world.crashDevice(RELAY);
    const store = withFailures(createMemoryStore({ device: 'hub' as DeviceId, platform: world.hubPlatform() }));
    const { hub } = world.startSuccessor(RELAY, store);
    // What the devices have is here before the wait for them is over: nobody brings anything new later.
    const others = DEVICES.filter((id) => id !== RELAY);
    await world.until(() => hub.stats().devices.length === others.length, 'devices');
    await world.settle();
    expect(hub.state().info.config).toMatchObject({ version: 1 });
    store.failNext(Number.POSITIVE_INFINITY);
    world.advance(HELLO_WAIT_MS);
    await world.settle();
    expect(hub.stats().failedCommits).toBeGreaterThan(0);
    store.failNext(0);
    await world.until(() => hub.state().info.config?.version === 2, 'the place published');
    await office.agreed(hub);
    expect(hub.state().info.config).toMatchObject({ version: 2, sync: { hubDevice: RELAY } });
  });

  it('M5: a relay that no longer stands aside serves again', async () => {
    world.device(RELAY).standAside(true);
    world.crashHub();
    await world.until(() => world.device('kiosk-1').servedBy() === 'kiosk-2', 'the next relay');
    world.device(RELAY).standAside(false);
    world.crashDevice('kiosk-2');
    await world.until(() => world.device('kiosk-1').servedBy() === RELAY, 'the first one');
  });

  it('M5: the old hub returns, finds its successor, orders nothing, and hands on what only it had', async () => {
    // Drawn in a browser just before the crash, unheard by any device.
    for (const id of DEVICES) world.cutOff(id);
    const unheard = await office.answerOf(world.hub().execute(draw()));
    assert(unheard.ok, 'a number');
    world.crashHub();
    for (const id of DEVICES) world.heal(id);
    world.startHub();
    world.crashHub();
    const { hub } = await takeOver();
    expect(numbers(hub).map(([text]) => text)).not.toContain(unheard.value.number);

    const old = world.startHub();
    // Asked for a number before it knows: it has not decided anything yet.
    const late = office.answerOf(old.execute(draw()));
    await world.until(() => old.movedTo() !== null, 'the old hub learns');
    expect(await late).toMatchObject({ ok: false, refusal: { type: 'unreachable' } });
    expect(old.stats().isOrdering).toBe(false);
    expect(old.movedTo()).toBe(relayAddress(RELAY));
    await world.until(() => numbers(hub).some(([text]) => text === unheard.value.number), 'its journal handed on');
    await office.agreed(hub);
    office.expectSame(hub);
  });

  it('M5, X2: no number is given twice, though the old hub gave some that nobody had heard of', async () => {
    for (const id of DEVICES) world.cutOff(id);
    const unheard = await office.answerOf(world.hub().execute(draw()));
    assert(unheard.ok, 'a number');
    world.crashHub();
    for (const id of DEVICES) world.heal(id);
    await office.inMode('RELAY', 'kiosk-1', RELAY);
    const { hub } = await takeOver();
    const given = await office.granted('kiosk-1', draw());
    expect(given.number).not.toBe(unheard.value.number);
    world.startHub();
    await world.until(() => numbers(hub).some(([text]) => text === unheard.value.number), 'its journal handed on');
    await office.agreed(hub);
    expect(hub.state().rejections).toEqual([]);
    expect(numbers(hub).map(([text]) => text)).toContain(given.number);
  });

  it('M5: the old hub stays a device over restarts, though it never hears the new one again', async () => {
    const { crash } = await takeOver();
    const old = world.startHub();
    await world.until(() => old.movedTo() !== null);
    await world.settle();
    crash();
    world.crashHub();
    const again = world.startHub();
    expect(again.stats().isOrdering).toBe(false);
    expect(again.movedTo()).toBe(relayAddress(RELAY));
    expect(await again.execute(draw())).toMatchObject({ ok: false });
  });

  it('M5: a device that was off meanwhile finds the new hub at the relay’s address, and remembers it', async () => {
    world.crashDevice('counter-1');
    world.crashHub();
    const away = DEVICES.filter((id) => id !== 'counter-1');
    await office.inMode('RELAY', ...away);
    world.crashDevice(RELAY);
    const { hub } = world.startSuccessor(RELAY);
    await office.agreed(hub, away);
    await office.agreed(hub);
    // Nobody but the new hub is there to be asked.
    world.crashDevice('counter-1');
    await office.agreed(hub);
    office.expectSame(hub);
  });

  it('M5: the relay’s own app, started again, follows the hub on its own machine instead of standing in for it', async () => {
    const { hub } = await takeOver();
    expect(office.modeOf(RELAY)).toBe('ORDERED');
    expect(hub.stats().devices.map(({ device }) => device)).toContain(RELAY);
  });

  it('M5, O3: the old hub was only cut off and went on with its devices: both islands come together at the new hub', async () => {
    const cut = ['kiosk-2', 'counter-3'] as const;
    for (const id of cut) world.network.cut(id);
    await office.inMode('RELAY', ...cut);
    const there = await office.granted('kiosk-2', drawAtSouth());
    const here = await office.granted('kiosk-1', draw());
    world.crashDevice(RELAY);
    const { hub } = world.startSuccessor(RELAY);
    await world.until(() => world.hub().movedTo() !== null, 'the old hub learns');
    await office.agreed(hub);
    office.expectSame(hub);
    expect(numbers(hub)).toEqual(
      [
        [here.number, 'waiting'],
        [there.number, 'waiting'],
      ].toSorted(),
    );
  });

  it('M5: a hub at the address of a relay that serves nobody is found by the island of the one that serves', async () => {
    world.crashHub();
    await office.inMode('RELAY', ...DEVICES);
    const island = await office.granted('kiosk-1', draw());
    world.crashDevice('kiosk-2');
    const { hub } = world.startSuccessor('kiosk-2');
    await office.agreed(hub);
    expect(numbers(hub)).toEqual([[island.number, 'waiting']]);
  });

  it('M5, O3: a hub that was cut off and is told of its successor orders no more, over restarts, though nobody finds that one', async () => {
    cutHubOff();
    await office.inMode('RELAY', ...DEVICES);
    world.crashDevice(RELAY);
    const { hub, crash } = world.startSuccessor(RELAY);
    await office.agreed(hub);
    crash();
    healHub();
    await world.until(() => !world.hub().stats().isOrdering, 'the old hub is told');
    expect(world.hub().movedTo()).toBeNull();
    world.crashHub();
    const again = world.startHub();
    expect(again.stats().isOrdering).toBe(false);
    await world.settle();
    expect(await again.execute(draw())).toMatchObject({ ok: false });
    // Its place is taken back by the command alone.
    world.crashHub();
    const back = world.startHub({
      mayHavePredecessor: true,
      takeOver: { device: 'hub' as DeviceId, address: 'http://hub:4700' },
    });
    await world.until(() => back.stats().isOrdering && back.state().info.config?.version === 3, 'it is the hub again');
  });

  it('M5: a hub that no device has reached for long asks its relays before it greets one', async () => {
    cutHubOff();
    await office.inMode('RELAY', ...DEVICES);
    world.crashDevice(RELAY);
    world.crashDevice('kiosk-1');
    const { hub } = world.startSuccessor(RELAY);
    await office.agreed(hub, [RELAY, 'kiosk-2', 'counter-1', 'display-3']);
    const since = world.hubPlatform().now();
    await world.until(() => world.hubPlatform().now() - since > UNREACHED_MS, 'a long time');
    // It has never heard of the other hub, and would have gone on with the old one.
    healHub();
    let hasGreeted = false;
    await world.until(() => {
      hasGreeted ||= world.hub().stats().devices.length > 0;
      return world.hub().movedTo() !== null && office.modeOf('kiosk-1') === 'ORDERED';
    }, 'the old hub learns');
    expect(hasGreeted).toBe(false);
    await office.agreed(hub);
  });

  it('M5, J6: the old hub hands on its journal to the end, though it has pulled what its successor wrote', async () => {
    const { hub, platform } = await takeOver();
    const old = world.startHub();
    await world.until(() => old.movedTo() !== null, 'the old hub learns');
    for (let drawn = 0; drawn < 3; drawn += 1) {
      await office.granted('kiosk-1', draw());
      await office.agreed(hub);
    }
    await world.until(() => hub.stats().devices.some(({ device }) => device === 'hub'), 'it follows');
    await world.settle();
    expect(platform.logged.filter(({ fields }) => fields.error === 'forgedAuthor')).toEqual([]);
  });

  it('M5: the same command again, after a crash half-way, goes on; once done it changes nothing', async () => {
    const { hub, store, crash } = await takeOver();
    const { version } = hub.state().info.config ?? {};
    crash();
    const again = world.startSuccessor(RELAY, store);
    await office.agreed(again.hub);
    expect(again.hub.state().info.config?.version).toBe(version);
    await office.granted('kiosk-1', draw());
    await office.agreed(again.hub);
    office.expectSame(again.hub);
  });

  it('M5: a new disk under another name than the configuration’s hub does not order', async () => {
    await takeOver();
    world.crashHub();
    world.replaceHubDisk();
    const moved = {
      ...takeoverConfig(),
      version: 2,
      sync: { hub: relayAddress(RELAY), hubDevice: RELAY as DeviceId, relays: [] },
    };
    expect(() => world.startHub({ config: moved })).toThrow(HubElsewhere);
  });
});
