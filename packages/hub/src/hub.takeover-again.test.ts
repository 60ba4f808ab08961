/** A hub that moves more than once (M5): back to the repaired machine, or on to a third. Whoever was moved follows the latest. */
import { HUB_ADDRESS } from '@aufruf/engine/transport/in-process';
import { assert } from '@aufruf/shared/lib/assert';
import type { DeviceId } from '@aufruf/shared/lib/ids';
import type { LocalDate } from '@aufruf/shared/lib/time';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Hub, UNREACHED_MS } from './hub.ts';
import { command, draw } from './test/commands.ts';
import {
  DEVICES,
  numbers,
  openTakeoverOffice,
  RELAY,
  type TakeoverOffice,
  takeoverConfig,
} from './test/takeover-office.ts';
import { relayAddress, type Successor, type World } from './test/world.ts';

const OTHER_RELAY = 'kiosk-2';
const THERE = relayAddress(RELAY);
const ON = relayAddress(OTHER_RELAY);
const config = () => ({ ...takeoverConfig(), sync: { ...takeoverConfig().sync, hub: HUB_ADDRESS, relays: relays() } });
const relays = () => takeoverConfig().sync?.relays ?? [];

let office: TakeoverOffice;
let world: World;
beforeEach(async () => {
  office = await openTakeoverOffice(config());
  world = office.world;
});
afterEach(() => world.close());

const others = (...away: readonly string[]) => DEVICES.filter((id) => !away.includes(id));
const placeOf = (hub: Hub) => hub.state().info.config?.sync;

/** The hub breaks, and the first relay's machine takes its place. */
async function moveAway(): Promise<Successor> {
  world.crashHub();
  await office.inMode('RELAY', ...DEVICES);
  world.crashDevice(RELAY);
  const successor = world.startSuccessor(RELAY);
  await office.agreed(successor.hub);
  return successor;
}
/** That one breaks in its turn, and the hub is on its own machine again, with what was on its disk. */
async function moveBack(left: Successor): Promise<Hub> {
  left.crash();
  const hub = takeBack();
  await office.agreed(hub);
  return hub;
}
/** On its own machine, by the command. */
function takeBack(): Hub {
  return world.startHub({ mayHavePredecessor: true, takeOver: { device: 'hub' as DeviceId, address: HUB_ADDRESS } });
}

describe('a hub that moves more than once', () => {
  it('M5: moves on to a third machine: the first one, which follows the second, finds it there', async () => {
    const second = await moveAway();
    const first = world.startHub();
    await world.until(() => first.movedTo() === THERE, 'the first one follows the second');
    await office.granted('kiosk-1', draw());
    await office.agreed(second.hub);
    second.crash();
    await office.inMode('RELAY', ...DEVICES);
    world.crashDevice(OTHER_RELAY);
    const third = world.startSuccessor(OTHER_RELAY);
    await office.agreed(third.hub);
    expect(placeOf(third.hub)).toMatchObject({ hub: ON, relays: [{ device: RELAY, address: THERE }] });
    await world.until(() => first.movedTo() === ON, 'the first one follows the third');
    expect(first.stats().isOrdering).toBe(false);
    // Over a restart too.
    world.crashHub();
    expect(world.startHub().movedTo()).toBe(ON);
    const again = world.startSuccessor(RELAY, second.store, 'again');
    await world.until(() => again.hub.movedTo() === ON, 'so does the second');
    await office.agreed(third.hub);
    office.expectSame(third.hub);
  });

  it('M5: moves back to its own machine, with its old disk: devices follow, the machine it leaves is a relay again', async () => {
    const second = await moveAway();
    const there = await office.granted('kiosk-1', draw());
    await office.agreed(second.hub);
    const hub = await moveBack(second);
    office.expectSame(hub);
    expect(hub.state().info.config?.version).toBe(3);
    expect(placeOf(hub)).toEqual({
      hub: HUB_ADDRESS,
      hubDevice: 'hub',
      relays: [OTHER_RELAY, RELAY].map((device) => ({ device, address: relayAddress(device) })),
    });
    expect(numbers(hub)).toEqual([[there.number, 'waiting']]);
    const back = await office.granted('kiosk-1', draw());
    expect(back.number).not.toBe(there.number);
    // A hub like any other from its next start on.
    world.crashHub();
    await office.agreed(world.startHub());
  });

  it('M5: the machine it was moved back from stands aside, and hands on what only it had', async () => {
    const second = await moveAway();
    for (const id of DEVICES) world.cutOff(id);
    const unheard = await office.answerOf(second.hub.execute(draw()));
    second.crash();
    for (const id of DEVICES) world.heal(id);
    const hub = await moveBack(second);
    const again = world.startSuccessor(RELAY, second.store, 'again');
    const late = office.answerOf(again.hub.execute(draw()));
    await world.until(() => again.hub.movedTo() !== null, 'it finds the hub where it was before');
    expect(again.hub.movedTo()).toBe(HUB_ADDRESS);
    expect(await late).toMatchObject({ ok: false, refusal: { type: 'unreachable' } });
    const number = unheard.ok ? unheard.value.number : null;
    await world.until(() => numbers(hub).some(([text]) => text === number), 'its journal handed on');
    await office.agreed(hub);
    office.expectSame(hub);
  });

  it('M5: moves there and back and there again, each time with the disk that was left there', async () => {
    const second = await moveAway();
    const hub = await moveBack(second);
    const drawn = await office.granted('kiosk-1', draw());
    await office.agreed(hub);
    world.crashHub();
    world.crashDevice(RELAY);
    const again = world.startSuccessor(RELAY, second.store);
    await office.agreed(again.hub);
    expect(again.hub.state().info.config?.version).toBe(4);
    expect(placeOf(again.hub)).toMatchObject({ hub: THERE, hubDevice: RELAY, formerHubs: [HUB_ADDRESS] });
    expect(numbers(again.hub)).toEqual([[drawn.number, 'waiting']]);
    const first = world.startHub();
    await world.until(() => first.movedTo() === THERE, 'the first one follows again');
    await office.granted('kiosk-1', draw());
    await office.agreed(again.hub);
    office.expectSame(again.hub);
  });

  it('M5: takes the place back on a machine that has followed meanwhile, and knows what was published', async () => {
    const second = await moveAway();
    world.startHub();
    await world.until(() => world.hub().movedTo() === THERE, 'the first one follows');
    await office.granted('kiosk-1', draw());
    await office.agreed(second.hub);
    await world.until(() => world.hub().state().info.config?.version === 2, 'it has the configuration in force');
    world.crashHub();
    second.crash();
    // Nobody is there to bring anything.
    for (const id of DEVICES) world.crashDevice(id);
    const hub = takeBack();
    await world.until(() => hub.state().info.config?.version === 3, 'the place published');
    await office.agreed(hub);
  });

  it('M5: a device that was away for both moves finds the latest place', async () => {
    world.crashDevice('counter-1');
    world.crashHub();
    const here = others('counter-1');
    await office.inMode('RELAY', ...here);
    world.crashDevice(RELAY);
    const second = world.startSuccessor(RELAY);
    await office.agreed(second.hub, here);
    second.crash();
    await office.inMode('RELAY', ...here);
    world.crashDevice(OTHER_RELAY);
    const third = world.startSuccessor(OTHER_RELAY);
    await office.agreed(third.hub, here);
    await office.agreed(third.hub);
  });

  it('M5: a place that an earlier hub has published, and that is heard of late, unseats nobody', async () => {
    const second = await moveAway();
    const here = others('counter-1');
    for (const id of here) world.network.cut(`${id}>${THERE}`);
    // Heard by one counter alone, which then is off.
    const known = second.hub.state().info.config;
    const next = { ...config(), ...known, version: 7 };
    await office.answerOf(second.hub.execute(command('publishConfiguration', { config: next })));
    await office.agreed(second.hub, ['counter-1']);
    world.crashDevice('counter-1');
    second.crash();
    for (const id of here) world.network.heal(`${id}>${THERE}`);
    world.crashDevice(OTHER_RELAY);
    const third = world.startSuccessor(OTHER_RELAY);
    await office.agreed(third.hub, here);
    expect(third.hub.state().info.config?.version).toBe(3);
    await office.agreed(third.hub);
    await world.until(() => third.hub.state().info.config?.version === 8, 'its place published anew');
    expect(placeOf(third.hub)).toMatchObject({ hub: ON, hubDevice: OTHER_RELAY });
    await office.agreed(third.hub);
    expect(third.hub.movedTo()).toBeNull();
  });

  it('M5, O3: one that had taken the place and was cut off is told of the next, and orders no more, over restarts', async () => {
    const second = await moveAway();
    for (const id of DEVICES) world.network.cut(`${id}>${THERE}`);
    await office.inMode('RELAY', ...DEVICES);
    world.crashDevice(OTHER_RELAY);
    const third = world.startSuccessor(OTHER_RELAY);
    await office.agreed(third.hub);
    third.crash();
    for (const id of DEVICES) world.network.heal(`${id}>${THERE}`);
    await world.until(() => !second.hub.stats().isOrdering, 'it is told');
    second.crash();
    const again = world.startSuccessor(RELAY, second.store, 'again');
    await world.settle();
    expect(again.hub.stats().isOrdering).toBe(false);
  });

  it('M5: one that is taking over does not take the hub before it, which is just back, for its successor', async () => {
    const second = await moveAway();
    second.crash();
    await office.inMode('RELAY', ...DEVICES);
    for (const id of DEVICES) world.crashDevice(id);
    const third = world.startSuccessor(OTHER_RELAY);
    const again = world.startSuccessor(RELAY, second.store, 'again');
    await world.until(() => placeOf(third.hub)?.hub === ON, 'the place published');
    expect(third.hub.movedTo()).toBeNull();
    await world.until(() => again.hub.movedTo() === ON, 'the one before follows');
    await office.agreed(third.hub);
  });

  it('M5, O3: its epoch is above that of a hub nobody has told it of, and stays there when that one is started again', async () => {
    const second = await moveAway();
    for (const id of DEVICES) world.crashDevice(id);
    second.crash();
    world.advance(1);
    const third = world.startSuccessor(OTHER_RELAY);
    await world.until(() => placeOf(third.hub)?.hub === ON, 'the place published');
    expect(third.hub.stats().epoch).toBeGreaterThan(second.hub.stats().epoch);
  });

  it('M5: it and the one that still orders in its place ask each other, and are answered', async () => {
    const second = await moveAway();
    for (const name of [...DEVICES, `hub of ${RELAY}`]) world.network.cut(name);
    world.crashHub();
    const hub = takeBack();
    await world.until(() => placeOf(hub)?.hub === HUB_ADDRESS, 'the place published');
    const since = world.hubPlatform().now();
    await world.until(() => world.hubPlatform().now() - since > UNREACHED_MS, 'nobody has reached it for long');
    for (const name of [...DEVICES, `hub of ${RELAY}`]) world.network.heal(name);
    await world.until(() => second.hub.movedTo() === HUB_ADDRESS, 'the other one learns');
    await office.agreed(hub);
  });

  /** The first hub has followed the second, which is gone; so are the devices. */
  async function followedAndAlone(): Promise<string> {
    const second = await moveAway();
    world.startHub();
    const { number } = await office.granted('kiosk-1', draw());
    await office.agreed(second.hub);
    await world.until(() => numbers(world.hub()).some(([text]) => text === number), 'copied');
    world.crashHub();
    second.crash();
    for (const id of DEVICES) world.crashDevice(id);
    assert(number !== null, 'a number');
    return number;
  }
  it('M5, X4: what it has copied and lost the order of is in the day again: nobody sends what is held', async () => {
    const number = await followedAndAlone();
    const day = world.hubStore.readSetting('currentDay') as LocalDate;
    world.hubStore.transact(() => world.hubStore.dropOrder(day));
    const hub = takeBack();
    expect(numbers(hub)).toEqual([[number, 'waiting']]);
    expect(hub.state().info.status).toBe('open');
    await office.agreed(hub);
    office.expectSame(hub);
  });

  it('M5, O3: it goes on above the rows it has copied, though their epoch was never said to it', async () => {
    await followedAndAlone();
    const day = world.hubStore.readSetting('currentDay') as LocalDate;
    const { epoch } = world.hubStore.head(day);
    world.hubStore.transact(() => world.hubStore.writeSetting('epoch', '2'));
    const hub = takeBack();
    expect(hub.stats().epoch).toBe(epoch + 1);
  });

  it('M5: one that follows, and has dropped the order it had copied, still knows where to look', async () => {
    const second = await moveAway();
    const first = world.startHub();
    await world.until(() => first.state().info.config?.version === 2, 'the first one follows the second');
    second.crash();
    world.crashHub();
    const day = world.hubStore.readSetting('currentDay') as LocalDate;
    world.hubStore.transact(() => world.hubStore.dropOrder(day));
    const again = world.startHub();
    expect(again.state().info.config).toBeNull();
    await office.inMode('RELAY', ...DEVICES);
    world.crashDevice(OTHER_RELAY);
    const third = world.startSuccessor(OTHER_RELAY);
    await office.agreed(third.hub);
    await world.until(() => again.movedTo() === ON, 'it follows the third');
  });
});
