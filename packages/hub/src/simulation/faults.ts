/** Lets misfortune happen: each kind that the plan has turned on, at random moments, until the location is healed. */

import { HOUR_MS, MINUTE_MS, SECOND_MS } from '@aufruf/shared/lib/time';
import type { FaultKind } from './fault-kinds.ts';
import { intrude } from './intruder.ts';
import { chanceOf } from './machinery/chance.ts';
import type { Process } from './machinery/machine.ts';
import { FAIR_WEATHER } from './machinery/network.ts';
import { appendNewerEvent } from './newer-events.ts';
import { type Device, HUB, type World } from './world.ts';

export interface Faults {
  /** No new faults from here on. */
  stop(): void;
  /** Undoes what is still broken: everybody runs, every line is up, every disk takes writes. */
  heal(): void;
}

const DAY_MS = 24 * HOUR_MS;
const SHORT_MS = 2 * SECOND_MS;
const LONG_MS = 40 * SECOND_MS;

export function startFaults(world: World): Faults {
  const { time, network, plan } = world;
  const chance = chanceOf(plan.seed, 'faults');
  const devices = [...world.devices.values()];
  const names = [HUB, ...devices.map(({ id }) => id)];
  const { webKioskId, webCounterId } = world.office;
  const hubNode = () => world.hubs.current().node;
  let isOver = false;
  let moves = 0;
  let isMoving = false;
  const someDevice = (): Device => chance.pick(devices);
  const span = () => chance.between(SHORT_MS, LONG_MS);
  const later = (ms: number, work: () => void): void => {
    time.after(ms, () => {
      if (!isOver) work();
    });
  };

  for (const [kind, everyMs] of plan.faults) {
    const plan1 = (): void => {
      later(chance.exponential(everyMs), () => {
        world.trace('FAULT', () => kind);
        strike[kind]();
        plan1();
      });
    };
    plan1();
  }

  function pause(name: string, process: Process | null): void {
    if (process === null || !process.isAlive() || process.isPaused()) return;
    world.trace('FAULT', () => `pauses ${name}`);
    process.pause();
    network.gone(name, true);
    later(chance.between(SECOND_MS, 20 * SECOND_MS), () => process.resume());
  }

  function stopDevice({ id }: Device, how: 'killed' | 'power'): void {
    world.stopDevice(id, how);
    later(chance.between(SECOND_MS / 2, 15 * SECOND_MS), () => world.startDevice(id));
  }

  function stopHub(how: 'killed' | 'power'): void {
    world.hubs.stop(how);
    later(chance.between(SECOND_MS / 2, 20 * SECOND_MS), world.hubs.start);
  }

  function cutOff(from: string, to: string): void {
    // A machine is not cut off from itself.
    if (from === to) return;
    network.cut(from, to);
    later(span(), () => network.heal(from, to));
  }

  /** Returns how to heal it. Browsers reach nothing on it either. */
  function isolate(node: string): () => void {
    const others = [...names, webKioskId, webCounterId].filter((name) => name !== node);
    const paths = others.flatMap((other) => [[node, other] as const, [other, node] as const]);
    for (const [from, to] of paths) network.cut(from, to);
    return () => {
      for (const [from, to] of paths) network.heal(from, to);
    };
  }

  /** As somebody does who copies an old image back onto a disk. */
  function rollBack(device: Device): void {
    world.stopDevice(device.id, 'killed');
    const before = device.disk.commits();
    const lost = Math.min(before, chance.between(1, 30));
    const ownBefore = ownSeq(device);
    const doomed = [...world.onlyHeldByDevice(device.id)];
    device.disk.rollBack(before - lost);
    device.setBackMs = time.now();
    world.history.abandoned.delete(device.id);
    if (ownSeq(device) < ownBefore) {
      device.isTampered = true;
      world.history.excuse(doomed);
    }
    later(chance.between(SECOND_MS, 5 * SECOND_MS), () => world.startDevice(device.id));
  }
  const ownSeq = ({ disk }: Device) => disk.peek().versionVector()[`${disk.device}/${disk.incarnation}`] ?? 0;

  const strike: Readonly<Record<FaultKind, () => void>> = {
    badWeather() {
      network.setWeather({
        drop: chance.fraction() * 0.15,
        twice: chance.fraction() * 0.15,
        late: chance.fraction() * 0.3,
      });
      later(span(), () => network.setWeather(FAIR_WEATHER));
    },
    cut() {
      const { id } = someDevice();
      cutOff(id, hubNode());
      cutOff(hubNode(), id);
    },
    oneWayCut() {
      const { id } = someDevice();
      if (chance.happens(0.5)) cutOff(id, hubNode());
      else cutOff(hubNode(), id);
    },
    browserCut() {
      const id = chance.pick([webKioskId, webCounterId]);
      if (chance.happens(0.5)) cutOff(id, hubNode());
      // Answers are lost either way: the worse of the two, since what was asked has happened.
      cutOff(hubNode(), id);
    },
    severed: () => network.sever(someDevice().id, hubNode()),
    island() {
      const isInside = new Map(names.map((name) => [name, chance.happens(0.5)]));
      const spanMs = span();
      for (const from of names) {
        for (const to of names) {
          if (isInside.get(from) === isInside.get(to)) continue;
          network.cut(from, to);
          later(spanMs, () => network.heal(from, to));
        }
      }
    },
    devicePaused() {
      const { id, process } = someDevice();
      pause(id, process);
    },
    hubPaused: () => pause(hubNode(), world.hubProcess()),
    deviceKilled: () => stopDevice(someDevice(), 'killed'),
    hubKilled: () => stopHub('killed'),
    deviceDiesAtCommit: () =>
      someDevice().disk.planCrash({ after: chance.between(1, 5), when: chance.pick(['before', 'after']) }),
    hubDiesAtCommit: () =>
      world.hubs.current().disk.planCrash({ after: chance.between(1, 8), when: chance.pick(['before', 'after']) }),
    devicePowerLost: () => stopDevice(someDevice(), 'power'),
    hubPowerLost: () => stopHub('power'),
    deviceDiskFull() {
      const { disk } = someDevice();
      disk.setFull(true);
      later(chance.between(SHORT_MS, 20 * SECOND_MS), () => disk.setFull(false));
    },
    hubDiskFull() {
      const disk = world.hubs.current().disk;
      disk.setFull(true);
      later(chance.between(SHORT_MS, 15 * SECOND_MS), () => disk.setFull(false));
    },
    diskLost() {
      const { id } = someDevice();
      world.stopDevice(id, 'power');
      world.replaceDisk(id);
      later(chance.between(SECOND_MS, 15 * SECOND_MS), () => world.startDevice(id));
    },
    diskRolledBack: () => rollBack(someDevice()),
    diskCloned() {
      // Not a kiosk's: two kiosks with one disk give the same numbers, as long as they do not know of each other. Nor a
      // display's, which writes nothing.
      const device = someDevice();
      if (device.id.startsWith('counter') && device.engine !== null) world.startClone(device.id);
    },
    deviceClockJumps() {
      const spans = [SECOND_MS, MINUTE_MS, HOUR_MS, DAY_MS, 365 * DAY_MS];
      someDevice().machine.setClockError((chance.happens(0.5) ? 1 : -1) * chance.pick(spans) * chance.fraction());
    },
    hubClockWrongAtStart() {
      // An empty disk knows no day to hold against the clock.
      if (world.hubs.current().disk.commits() === 0) return;
      world.hubs.stop('power');
      world.hubs
        .current()
        .machine.setClockError(chance.pick([-56 * 365 * DAY_MS, -30 * DAY_MS, 400 * DAY_MS, -400 * DAY_MS]));
      later(chance.between(SECOND_MS / 2, 5 * SECOND_MS), world.hubs.start);
    },
    hubClockJumps: () => world.hubs.current().machine.setClockError((chance.fraction() - 0.5) * 4 * SECOND_MS),
    hubDiskLost() {
      if (plan.hubDisk === 'once' && world.hubs.loss() !== null) return;
      world.hubs.replaceDisk();
      later(chance.between(SHORT_MS, 15 * SECOND_MS), world.hubs.start);
    },
    hubTakenOver() {
      const { current, takeOver, comeBack, breakDown } = world.hubs;
      if (isMoving || current().isTakingOver || (plan.takeover === 'once' && moves > 0)) return;
      isMoving = true;
      moves += 1;
      const left = current();
      const relays = world.office.config.sync?.relays ?? [];
      const node = chance.pick(
        [...relays.map(({ device }): string => device), HUB].filter((each) => each !== left.node),
      );
      const fate = chance.pick(['isLost', 'comesBack', 'isCutOff'] as const);
      const reconnect = fate === 'isCutOff' ? isolate(left.node) : () => {};
      if (fate !== 'isCutOff') breakDown();
      later(chance.between(SHORT_MS, 15 * SECOND_MS), () => {
        if (node !== HUB) world.stopDevice(node, 'killed');
        takeOver(node, fate === 'isLost');
        later(chance.between(SECOND_MS, 5 * SECOND_MS), () => (node === HUB ? undefined : world.startDevice(node)));
        later(chance.between(SHORT_MS, LONG_MS), () => {
          reconnect();
          comeBack(left);
          isMoving = false;
        });
      });
    },
    newerEvents: () => appendNewerEvent(world, someDevice()),
    intruder: () => intrude(world, chance),
  };

  return {
    stop() {
      isOver = true;
    },
    heal() {
      isOver = true;
      network.setWeather(FAIR_WEATHER);
      network.healAll();
      for (const { disk } of [world.hubs.current(), ...world.hubs.former()]) {
        disk.setFull(false);
        disk.planCrash(null);
      }
      world.makePeace();
      world.hubs.repair();
      for (const device of devices) {
        device.disk.setFull(false);
        device.disk.planCrash(null);
        if (device.process?.isPaused()) device.process.resume();
        world.startDevice(device.id);
      }
    },
  };
}
