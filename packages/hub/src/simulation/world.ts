/**
 * The location under simulation: a hub, its devices and their disks, the network between them, and the people. What can
 * be done to it, and what can be seen of it; how it works is in `create-world.ts`, what befalls it in `faults.ts`.
 */
import type { DeviceEngine } from '@aufruf/engine/sync/device-engine';
import type { CommandId } from '@aufruf/shared/lib/ids';
import type { EpochMs, LocalDate } from '@aufruf/shared/lib/time';
import type { Hub } from '../hub.ts';
import type { History } from './history.ts';
import type { Disk } from './machinery/disk.ts';
import type { Machine, Process } from './machinery/machine.ts';
import type { Network } from './machinery/network.ts';
import type { VirtualTime } from './machinery/virtual-time.ts';
import type { SimulatedOffice } from './office.ts';
import type { Plan } from './plan.ts';

export const HUB = 'hub';

export interface Violation {
  /** Which rule is broken, as in SPEC.md. */
  readonly rule: string;
  /** True time, ms since the simulation began. */
  readonly atMs: number;
  readonly detail: string;
}

/** A kiosk, counter or display with a journal of its own. */
export interface Device {
  readonly id: string;
  readonly machine: Machine;
  /** Replaced when it is lost or its device must enrol anew. */
  disk: Disk;
  /** Null while it is off. */
  engine: DeviceEngine | null;
  process: Process | null;
  /** True time since when it has been in ORDERED without a break; null when it is not. */
  orderedSinceMs: number | null;
  /** The disk is no longer what this device wrote: rolled back or copied (J3). */
  isTampered: boolean;
  /** The hub has told it so. */
  hasHeardOfTampering: boolean;
  /** True time when its disk was last set back: it has forgotten what it did shortly before. */
  setBackMs: number | null;
}

export interface HubLoss {
  /** The highest epoch of them all: what was ordered up to it was ordered by none that is there. */
  readonly epoch: number;
  readonly count: number;
  /** True time of the last one. */
  readonly atMs: number;
}

export interface HubPlace {
  /** The machine's name on the network. */
  readonly node: string;
  readonly machine: Machine;
  disk: Disk;
  hub: Hub | null;
  /** The machine does not work: nothing starts on it. */
  isBroken: boolean;
  /** It is started by the command that takes a hub's place, until that is done. */
  isTakingOver: boolean;
  /** The highest version that was published before that, as far as a hub knows. */
  versionBefore: number;
}

export interface LocationHubs {
  current(): HubPlace;
  /** Where it was before, the machines that are lost for good left out. */
  former(): readonly HubPlace[];
  /** Whether one of those has found the hub at its present place. */
  hasFollowed(place: HubPlace): boolean;
  /** Null once the hub runs, those have followed, and it holds all that they do. */
  whyNotReady(): string | null;
  /** One that was cut off and replaced has not heard of it, or only just: it serves whoever has not either (M5). */
  isDisputed(): boolean;
  loss(): HubLoss | null;
  /** Whether a hub has its place on this machine: no relay can listen there. */
  isAt(node: string): boolean;
  start(): void;
  stop(how: Death): void;
  /** It gets an empty disk, and is a new incarnation (O3). It stays off; what only the old disk held is excused. */
  replaceDisk(): void;
  /** The machine dies; nothing starts on it until it comes back, as it was. */
  breakDown(): void;
  /**
   * The hub has its place on another machine from now on, be it one where it was before: then with the disk it left there. What
   * only the old one held is excused, if it never comes back.
   */
  takeOver(node: string, isLostForGood: boolean): void;
  comeBack(place: HubPlace): void;
  /** All that are not lost for good come back. */
  repair(): void;
  /** Notices deaths at a commit, and a hub that has stepped down: it is started again, but one that was replaced is left alone. */
  watch(): void;
}

/** What a visitor can do at a kiosk. */
export interface KioskStation {
  /** A visitor presses for a service. False when the screen is dark or busy. */
  press(serviceId: string): boolean;
  /** Since when no draw of its is unanswered or to be voided; null while one is. */
  settledSinceMs(): number | null;
}

export interface World {
  readonly plan: Plan;
  readonly office: SimulatedOffice;
  readonly time: VirtualTime;
  readonly network: Network;
  readonly history: History;
  readonly devices: ReadonlyMap<string, Device>;
  readonly kiosks: Map<string, KioskStation>;
  /** The machine of a browser at the hub. */
  browserMachine(id: string): Machine;
  /** Somebody else's, on the same network. */
  readonly intruderMachine: Machine;
  readonly violations: readonly Violation[];
  /** Commands asked and not yet answered, each with the process that waits: while there are any, promises must be let run. */
  readonly unanswered: Set<{ readonly process: Process; readonly commandId: CommandId }>;
  trueNow(): EpochMs;
  /** All machines sleep for so long: clocks go on, timers do not. */
  sleep(ms: number): void;
  hasSlept(): boolean;
  /** The machines have just woken up: what they knew of the hub's time is stale until they hear it again. */
  isSleepy(): boolean;
  /** The date on the wall. */
  officialDay(): LocalDate;
  /** The same; null around midnight, when clocks that go right disagree. */
  undoubtedDay(): LocalDate | null;
  /** And in so many ms. */
  dayIn(ms: number): LocalDate;
  hasConverged(): boolean;
  whyNotConverged(): string | null;
  /** The one that orders, at its present place; null while it does not run. */
  hub(): Hub | null;
  hubProcess(): Process | null;
  readonly hubs: LocationHubs;
  startDevice(id: string): void;
  stopDevice(id: string, how: Death): void;
  /** The device gets an empty disk, and is a new incarnation (J2). What only the old one held is excused. */
  replaceDisk(id: string): void;
  /** Commands whose events, whoever wrote them, are on this device's disk alone. */
  onlyHeldByDevice(id: string): Iterable<CommandId>;
  /** Clerks press no buttons outside of working hours. */
  areClerksAtWork(): boolean;
  setClerksAtWork(areThey: boolean): void;
  /** From here on alarms are acted on at once, and copies are switched off. */
  makePeace(): void;
  isPeace(): boolean;
  /** A copy of the device's disk starts on another machine, under the same name (J3). */
  startClone(id: string): void;
  report(rule: string, detail: string): void;
  trace(who: string, what: () => string): void;
}

/** `killed`: the process alone, its machine says goodbye. `power`: the machine goes dark; what was not flushed is gone. */
export type Death = 'killed' | 'power';
