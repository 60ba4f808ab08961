/**
 * The location under simulation: a hub, its devices and their disks, the network between them, and the people. What can
 * be done to it, and what can be seen of it; how it works is in `create-world.ts`, what befalls it in `faults.ts`.
 */
import type { DeviceEngine } from '@aufruf/engine/sync/device-engine';
import type { CommandId } from '@aufruf/shared/lib/ids';
import type { EpochMs, LocalDate } from '@aufruf/shared/lib/time';
import type { Hub } from '../hub.ts';
import type { History } from './history.ts';
import type { LocationHubs } from './location-hubs.ts';
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

/** What a visitor can do at a kiosk. */
export interface KioskStation {
  /** A visitor presses for a service. False when the screen is dark or busy. */
  press(serviceId: string): boolean;
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
