/**
 * The hub of the simulated location, wherever it is: started, stopped, put on a new disk, moved to a relay's machine (M5).
 * One place is the hub's. Those it has left may stand there still, or come back as they were: the others' hub no more, as
 * soon as they know.
 */
import { StorageFault } from '@aufruf/engine/store/event-store';
import type { DeviceId } from '@aufruf/shared/lib/ids';
import { SECOND_MS } from '@aufruf/shared/lib/time';
import { hubName } from '@aufruf/shared/takeover/hub-place';
import { ClockRefused } from '../business-day.ts';
import { createHub } from '../hub.ts';
import type { Disk } from './machinery/disk.ts';
import type { Machine, Process } from './machinery/machine.ts';
import { addressOf, deviceAt } from './office.ts';
import { type Death, HUB, type HubLoss, type HubPlace, type LocationHubs, type World } from './world.ts';

/** A person starts a hub again that could not start, after so long. */
export const START_AGAIN_MS = 3 * SECOND_MS;
/** A device notices that it is not served any more, and finds the one that serves. */
const DISPUTE_MS = 12 * SECOND_MS;

export interface LocationHubsOptions {
  readonly world: () => World;
  readonly newMachine: (name: string) => Machine;
  readonly newDisk: () => Disk;
  /** Nobody can bring any more what this disk alone holds. */
  readonly excuse: (lost: Disk) => void;
}

export function createLocationHubs({ world, newMachine, newDisk, excuse }: LocationHubsOptions): LocationHubs {
  let current = newPlace(HUB);
  let former: HubPlace[] = [];
  let loss: HubLoss | null = null;
  let disputedMs = Number.NEGATIVE_INFINITY;

  function newPlace(node: string): HubPlace {
    const machine = newMachine(node === HUB ? HUB : `${HUB}@${node}`);
    return { node, machine, disk: newDisk(), hub: null, isBroken: false, isTakingOver: false, versionBefore: 0 };
  }

  /** Another hub is to come, which has not heard all that this one ordered. */
  function noteLoss({ disk }: HubPlace): void {
    const epoch = Math.max(loss?.epoch ?? 0, Number(disk.peek().readSetting('epoch') ?? '1'));
    loss = { epoch, count: (loss?.count ?? 0) + 1, atMs: world().time.now() };
  }

  function startAgain(place: HubPlace): void {
    world().time.after(START_AGAIN_MS, () => start(place));
  }

  function start(place: HubPlace): void {
    const { network, office, history, trace } = world();
    const { node, machine } = place;
    if (place.hub !== null || place.isBroken) return;
    const process = machine.start();
    const again = (why: string): void => {
      trace(machine.name, () => `does not start: ${why}`);
      process.kill();
      startAgain(place);
    };
    process.run(() => {
      try {
        const started = createHub({
          store: place.disk.open(process),
          platform: process.platform,
          config: office.config,
          mayHavePredecessor: loss !== null,
          openLink: (address) => network.link(node, deviceAt(address), process),
          ...(place.isTakingOver && { takeOver: { device: node as DeviceId, address: addressOf(node) } }),
        });
        place.hub = started;
        noteDispute();
        network.listen(node, process, started.attach);
        started.onChange(() => noteChange(place));
        trace(machine.name, () => `has started, epoch ${started.stats().epoch}, day ${started.stats().day}`);
      } catch (error) {
        if (error instanceof ClockRefused) {
          machine.setClockError(0);
          again(error.message);
        } else if (error instanceof StorageFault) again(error.message);
        else throw error;
      }
    });
    // Killed at one of its first commits.
    if (place.hub === null && !process.isAlive()) startAgain(place);
    history.ordered();
  }

  function comeBack(place: HubPlace): void {
    if (place !== current && !former.includes(place)) return;
    place.isBroken = false;
    start(place);
  }

  function noteDispute(): void {
    const isOrdering = ({ hub, machine }: HubPlace) => machine.process()?.isAlive() && hub?.stats().isOrdering;
    if (former.some(isOrdering)) disputedMs = world().time.now();
  }

  function noteChange(place: HubPlace): void {
    const known = place.hub?.state().info.config ?? null;
    if (known !== null && hubName(known) === place.node && known.version > place.versionBefore)
      place.isTakingOver = false;
    if (place === current) world().history.ordered();
  }

  function stop(place: HubPlace, how: Death): void {
    if (place.hub === null) return;
    world().trace(place.machine.name, () => `stops: ${how}`);
    place.machine.process()?.kill();
    place.hub = null;
    world().network.gone(place.node, how === 'power');
    if (how === 'power') place.disk.losePower();
  }

  function watch(place: HubPlace, process: Process | null): void {
    if (place.hub === null || process === null) return;
    if (!process.isAlive()) {
      world().trace(place.machine.name, () => 'is dead');
      place.hub = null;
      world().network.gone(place.node, false);
    } else if (place === current && !process.isPaused() && !place.hub.stats().isOrdering) {
      stop(place, 'killed');
    } else return;
    startAgain(place);
  }

  const hasFollowed = ({ hub }: Pick<HubPlace, 'hub'>): boolean => hub?.movedTo() === addressOf(current.node);

  return {
    current: () => current,
    former: () => former,
    hasFollowed,
    whyNotReady() {
      if (current.hub === null || !current.machine.process()?.isAlive()) return 'the hub does not run';
      const held = current.disk.peek().versionVector();
      for (const { node, hub, disk } of former) {
        if (!hasFollowed({ hub })) return `the hub at ${node} has not heard of its successor`;
        for (const [journal, seq] of Object.entries(disk.peek().versionVector()))
          if ((held[journal] ?? 0) < seq) return `the hub lacks what the one at ${node} has of ${journal}`;
      }
      return null;
    },
    isDisputed: () => world().time.now() - disputedMs < DISPUTE_MS,
    loss: () => loss,
    isAt: (node) => [current, ...former].some((place) => place.node === node),
    start: () => start(current),
    stop: (how) => stop(current, how),
    replaceDisk() {
      stop(current, 'power');
      excuse(current.disk);
      noteLoss(current);
      current.disk = newDisk();
      current.isTakingOver = current.node !== HUB;
      // Whoever installs it sets the clock.
      current.machine.setClockError(0);
      world().trace(current.machine.name, () => `gets a new disk, ${current.disk.incarnation.slice(0, 6)}`);
    },
    breakDown() {
      stop(current, 'power');
      current.isBroken = true;
      world().trace(current.machine.name, () => 'is broken');
    },
    takeOver(node, isLostForGood) {
      const left = current;
      noteLoss(left);
      const there = former.find((place) => place.node === node);
      former = [...former.filter((place) => place !== there), ...(isLostForGood ? [] : [left])];
      if (there !== undefined) stop(there, 'killed');
      current = there ?? newPlace(node);
      current.isBroken = false;
      current.isTakingOver = true;
      current.versionBefore = Math.max(...[left, ...former].map(({ disk }) => versionOn(disk)));
      if (isLostForGood) excuse(left.disk);
      world().trace(current.machine.name, () => 'takes over');
      start(current);
    },
    comeBack,
    repair() {
      for (const place of [current, ...former]) {
        if (place.machine.process()?.isPaused()) place.machine.process()?.resume();
        comeBack(place);
      }
    },
    watch() {
      for (const place of [current, ...former]) watch(place, place.machine.process());
      noteDispute();
    },
  };
}

/** Of the configuration that a hub has in force. */
function versionOn(disk: Disk): number {
  const { version = 0 } = JSON.parse(disk.peek().readSetting('configuration') ?? '{}') as { readonly version?: number };
  return version;
}
