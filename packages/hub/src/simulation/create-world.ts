/** Starts, stops and replaces what the location consists of, when told (`world.ts`). */
import { StorageFault, type StoredEvent } from '@aufruf/engine/store/event-store';
import { createDeviceEngine } from '@aufruf/engine/sync/device-engine';
import type { CommandId, DeviceId, Incarnation } from '@aufruf/shared/lib/ids';
import { toLocalDate } from '@aufruf/shared/lib/local-time';
import { type EpochMs, type LocalDate, SECOND_MS } from '@aufruf/shared/lib/time';
import type { JournalKey } from '@aufruf/shared/sync/event';
import { createRelay } from '../relay.ts';
import { createHistory, type History, type Witness } from './history.ts';
import { createLocationHubs, START_AGAIN_MS } from './location-hubs.ts';
import { chanceOf } from './machinery/chance.ts';
import { createDisk, type Disk } from './machinery/disk.ts';
import { createMachine, type Machine, type Process } from './machinery/machine.ts';
import { createNetwork } from './machinery/network.ts';
import { onlyHeldBy } from './machinery/only-held-by.ts';
import { createSharedEntries } from './machinery/shared-entries.ts';
import { createVirtualTime } from './machinery/virtual-time.ts';
import { addressOf, deviceAt, officeShape, simulatedOffice } from './office.ts';
import { startStation } from './people/start-station.ts';
import type { Plan } from './plan.ts';
import { type Device, HUB, type Violation, type World } from './world.ts';

export interface WorldOptions {
  readonly plan: Plan;
  readonly witnesses: (world: World) => readonly Witness[];
  readonly onTrace: ((line: string) => void) | null;
}

/** Somebody reacts to an alarm within this. */
const ALARM_REACTION_MS = 12 * SECOND_MS;
/** Once nothing else goes wrong, at once. */
const PEACE_REACTION_MS = SECOND_MS / 4;

export function createWorld({ plan, witnesses, onTrace }: WorldOptions): World {
  const time = createVirtualTime();
  const chance = chanceOf(plan.seed, 'machines');
  const network = createNetwork(time, chanceOf(plan.seed, 'network'));
  const office = simulatedOffice(officeShape(plan.devices), plan);
  const violations: Violation[] = [];
  let sleptMs = 0;
  let wokeUpMs = Number.NEGATIVE_INFINITY;
  let areClerksAtWork = true;
  let isPeace = false;
  const dayOfMinute = new Map<number, LocalDate>();

  const trueNow = () => plan.startAt + time.now() + sleptMs;
  const newMachine = (name: string): Machine =>
    createMachine({
      name,
      time,
      trueNow,
      chance,
      log: (machine, level, message, fields) => logged(machine, level, message, fields),
      onThrow: (machine, error) => report('bug', `${machine} threw: ${error instanceof Error ? error.stack : error}`),
    });
  const share = createSharedEntries();
  const newDisk = (device: string): Disk =>
    createDisk({
      device: device as DeviceId,
      incarnation: chance.hex128() as Incarnation,
      unflushed: () => plan.unflushedCommits(chance),
      share,
    });

  const hubs = createLocationHubs({
    world: () => world,
    newMachine,
    newDisk: () => newDisk(HUB),
    excuse: (lost) => world.history.excuse(heldOnlyBy(lost)),
  });
  const devices = new Map<string, Device>();
  const clones = new Map<string, Device>();
  for (const id of [...office.kioskIds, ...office.counterIds, ...office.displayIds]) {
    const machine = newMachine(id);
    const disk = newDisk(id);
    devices.set(id, {
      id,
      machine,
      disk,
      engine: null,
      process: null,
      orderedSinceMs: null,
      isTampered: false,
      hasHeardOfTampering: false,
      setBackMs: null,
    });
  }
  const device = (id: string): Device => devices.get(id) as Device;
  const allDisks = (): readonly Disk[] => [
    hubs.current().disk,
    ...[...hubs.former(), ...devices.values(), ...clones.values()].map(({ disk }) => disk),
  ];
  const heldOnlyBy = (disk: Disk) => onlyHeldBy(disk, allDisks(), hubs.current().disk);

  function dayAt(at: EpochMs): LocalDate {
    const minute = Math.floor(at / 60_000);
    const known = dayOfMinute.get(minute) ?? toLocalDate(at, office.config.timeZone);
    dayOfMinute.set(minute, known);
    return known;
  }

  function report(rule: string, detail: string): void {
    violations.push({ rule, atMs: time.now(), detail });
    trace('JUDGE', () => `${rule}: ${detail}`);
  }
  function trace(who: string, what: () => string): void {
    onTrace?.(`${(time.now() / SECOND_MS).toFixed(3).padStart(10)} ${who.padEnd(12)} ${what()}`);
  }

  function logged(machine: string, level: string, message: string, fields: unknown): void {
    if (level !== 'debug' && level !== 'info') trace(machine, () => `logs ${message} ${summary(fields)}`);
    else if (message === 'mode') trace(machine, () => `is ${(fields as { mode: string }).mode} now`);
    const { alarm } = (fields ?? {}) as { alarm?: string };
    const suspect = devices.get(machine);
    if (suspect === undefined) return;
    const saysCopy = alarm === 'conflictingEvent' || alarm === 'duplicateIncarnation';
    if (saysCopy || (alarm === 'wrongHash' && suspect.isTampered)) {
      // The staff replaces a disk that is called a copy. Calling a good one so is wrong.
      if (!suspect.isTampered)
        report('J3', `${machine} is told that its disk was cloned or rolled back, and it was not`);
      else {
        suspect.hasHeardOfTampering = true;
        enrolAnewSoon(suspect);
      }
    }
  }

  function enrolAnewSoon(suspect: Device): void {
    const { disk } = suspect;
    time.after(isPeace ? PEACE_REACTION_MS : ALARM_REACTION_MS, () => {
      if (suspect.disk !== disk) return;
      const wasOn = suspect.engine !== null;
      world.stopDevice(suspect.id, 'killed');
      world.replaceDisk(suspect.id);
      if (wasOn) world.startDevice(suspect.id);
    });
  }

  function dropClone(id: string): void {
    const clone = clones.get(id);
    if (clone === undefined) return;
    trace(id, () => 'its copy is switched off');
    clone.process?.kill();
    clones.delete(id);
    network.gone(id, false);
    world.history.excuse(heldOnlyBy(clone.disk));
  }

  function startDevice(id: string): void {
    run(device(id));
  }

  function run(started: Device): void {
    const { id } = started;
    if (started.engine !== null) return;
    const process = started.machine.start();
    started.process = process;
    process.run(() => {
      try {
        const store = started.disk.open(process);
        const engine = createDeviceEngine({
          store,
          link: network.link(id, HUB, process),
          platform: process.platform,
          openRelayLink: (address) => network.link(id, deviceAt(address), process),
          hubAddress: addressOf(HUB),
          openRelayService: (service) =>
            createRelay(service, (onConnection) =>
              // The hub has the port.
              hubs.isAt(id)
                ? process.platform.schedule(0, service.onUnreachable)
                : network.listen(id, process, onConnection),
            ),
        });
        started.engine = engine;
        const note = () => {
          const isOrdered = engine.syncStatus().mode === 'ORDERED';
          if (started.engine === engine)
            started.orderedSinceMs = isOrdered ? (started.orderedSinceMs ?? time.now()) : null;
        };
        engine.onChange(note);
        trace(id, () => `has started`);
        startStation(world, started, engine, process);
      } catch (error) {
        if (!(error instanceof StorageFault)) throw error;
        process.kill();
        trace(id, () => `does not start: ${error.message}`);
      }
    });
    if (!process.isAlive()) afterDeath(started, process);
  }

  function noteAbandoned({ id, disk, process }: Device): void {
    const store = disk.peek();
    const claimsIn = (events: readonly StoredEvent[]): ReadonlySet<CommandId> =>
      new Set(
        events.flatMap(({ event: { device, payload } }) => {
          const { command } = payload as { command?: { commandId: CommandId } };
          return device === id && command !== undefined ? [command.commandId] : [];
        }),
      );
    const unordered = claimsIn(store.days().flatMap((day) => store.unordered(day)));
    const journals = Object.keys(store.versionVector(store.device)) as JournalKey[];
    const written = claimsIn(journals.flatMap((journal) => store.journalAfter(journal, 0, Number.MAX_SAFE_INTEGER)));
    // What was decided before it was written is on the disk before its own row (O6).
    const isDecided = (id: CommandId): boolean =>
      store
        .days()
        .flatMap((day) => store.entriesAfter(day, 0, Number.MAX_SAFE_INTEGER))
        .some(({ event: { type, payload } }) => type === 'v1.ClaimDecided' && payload.commandId === id);
    // Another hub does not know what was asked of the one before (O6, known gaps).
    const isOneHub = !plan.faults.has('hubDiskLost') && !plan.faults.has('hubTakenOver');
    const abandoned = world.history.abandoned.get(id) ?? new Set();
    for (const { process: asking, commandId } of world.unanswered) {
      const isLeft = unordered.has(commandId) || (isOneHub && !written.has(commandId));
      if (asking === process && isLeft && !isDecided(commandId)) abandoned.add(commandId);
    }
    world.history.abandoned.set(id, abandoned);
  }

  /** A process that died by itself, at a commit, is started again by its watchdog. */
  function afterDeath(dead: Device, process: Process): void {
    if (dead.process !== process) return;
    if (devices.get(dead.id) === dead) noteAbandoned(dead);
    dead.engine = null;
    dead.process = null;
    dead.orderedSinceMs = null;
    network.gone(dead.id, false);
    trace(dead.id, () => 'is dead');
    time.after(START_AGAIN_MS, () => run(dead));
  }

  const world: World = {
    plan,
    office,
    time,
    network,
    history: undefined as unknown as History,
    devices,
    kiosks: new Map(),
    browserMachine: newMachine,
    intruderMachine: newMachine('intruder'),
    violations,
    unanswered: new Set(),
    trueNow,
    sleep: (ms) => {
      sleptMs += ms;
      wokeUpMs = time.now();
    },
    isSleepy: () => time.now() - wokeUpMs < SLEEPY_MS,
    hasSlept: () => sleptMs > 0,
    officialDay: () => dayAt(trueNow()),
    undoubtedDay() {
      const day = dayAt(trueNow() - MIDNIGHT_DOUBT_MS);
      return day === dayAt(trueNow() + MIDNIGHT_DOUBT_MS) ? day : null;
    },
    dayIn: (ms) => toLocalDate(trueNow() + ms, office.config.timeZone),
    hasConverged: () => world.whyNotConverged() === null,
    whyNotConverged() {
      const { hub } = hubs.current();
      const hubLacks = hubs.whyNotReady();
      if (hub === null || hubLacks !== null) return hubLacks;
      for (const one of world.unanswered) if (!one.process.isAlive()) world.unanswered.delete(one);
      if (world.unanswered.size > 0) return `${world.unanswered.size} answers outstanding`;
      const { head } = hub.stats();
      for (const { id, engine, process } of devices.values()) {
        // One that has just died is started again by its watchdog.
        if (engine === null || process?.isAlive() !== true) return `${id} does not run`;
        const { mode, eventsWaiting } = engine.syncStatus();
        if (mode !== 'ORDERED') return `${id} is ${mode}`;
        if (eventsWaiting > 0) return `${id} has ${eventsWaiting} events waiting`;
        if (engine.rows() !== head.n) return `${id} has ${engine.rows()} of ${head.n} rows`;
      }
      return null;
    },
    hub: () => hubs.current().hub,
    hubProcess: () => (hubs.current().hub === null ? null : hubs.current().machine.process()),
    hubs,
    startDevice,
    stopDevice(id, how) {
      const stopped = device(id);
      if (stopped.process === null) return;
      trace(id, () => `stops: ${how}`);
      stopped.process.kill();
      noteAbandoned(stopped);
      stopped.engine = null;
      stopped.process = null;
      stopped.orderedSinceMs = null;
      network.gone(id, how === 'power');
      if (how === 'power') stopped.disk.losePower();
    },
    replaceDisk(id) {
      const replaced = device(id);
      dropClone(id);
      world.history.excuse(world.onlyHeldByDevice(id));
      // It cannot know what it has asked.
      world.history.abandoned.delete(id);
      replaced.disk = newDisk(id);
      replaced.isTampered = false;
      replaced.setBackMs = time.now();
      replaced.hasHeardOfTampering = false;
      trace(id, () => `gets a new disk, ${replaced.disk.incarnation.slice(0, 6)}`);
    },
    onlyHeldByDevice: (id) => heldOnlyBy(device(id).disk),
    areClerksAtWork: () => areClerksAtWork,
    setClerksAtWork: (areThey) => {
      areClerksAtWork = areThey;
    },
    isPeace: () => isPeace,
    makePeace() {
      isPeace = true;
      for (const id of clones.keys()) dropClone(id);
    },
    startClone(id) {
      if (clones.has(id)) return;
      const original = device(id);
      original.isTampered = true;
      const clone: Device = {
        ...original,
        machine: newMachine(id),
        disk: original.disk.copy(),
        engine: null,
        process: null,
      };
      clones.set(id, clone);
      run(clone);
    },
    report,
    trace,
  };
  (world as { history: History }).history = createHistory(witnesses(world));

  /** Notices deaths at a commit, and hubs that have stepped down. */
  function watchdog(): void {
    time.after(WATCHDOG_MS, watchdog);
    hubs.watch();
    for (const one of [...devices.values(), ...clones.values()]) {
      if (one.process !== null && !one.process.isAlive()) afterDeath(one, one.process);
    }
  }
  watchdog();
  return world;
}

/** So far apart may two sound clocks be. */
const MIDNIGHT_DOUBT_MS = 20 * SECOND_MS;
const SLEEPY_MS = 8 * SECOND_MS;
const WATCHDOG_MS = SECOND_MS / 4;

const summary = (fields: unknown): string => JSON.stringify(fields ?? {}).slice(0, 200);
