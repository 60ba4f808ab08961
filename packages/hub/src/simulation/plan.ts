/** What a seed stands for: how big the location is, what day it is, how many people come, and what goes wrong how often. */
import { toEpochMs } from '@aufruf/shared/lib/local-time';
import { type EpochMs, HOUR_MS, type LocalDate, type LocalTime, MINUTE_MS, SECOND_MS } from '@aufruf/shared/lib/time';
import { FAULT_KINDS, type FaultKind } from './fault-kinds.ts';
import { type Chance, chanceOf } from './machinery/chance.ts';
import { MAX_DEVICES, MIN_DEVICES, OFFICE_DAY_MS, OPENS_AT, officeShape } from './office.ts';

export interface SimulationOptions {
  readonly seed: number;
  /** Devices with a journal of their own, MIN_DEVICES to MAX_DEVICES; absent = the seed says. */
  readonly devices?: number;
  /** Office days, 1 and up; absent = the seed says. */
  readonly days?: number;
  /** An office day takes so many times less; 1 = ten hours are ten hours. Absent = the seed says. */
  readonly squeeze?: number;
  /** These kinds of fault and no others, each so many times an office day on average; absent = the seed says. */
  readonly faults?: Readonly<Partial<Record<FaultKind, number>>>;
  /** Whether the hub's own disk may be lost: at most once and no device's beside it, or like anything else. Absent = never. */
  readonly hubDisk?: 'once' | 'often';
  /**
   * Whether the hub moves to a relay's machine: once, or like anything else, then also back, and on to others. No disk is lost
   * beside the hub's. Absent = never.
   */
  readonly takeover?: 'once' | 'often';
}

/** Small and squeezed hard: many seeds in little time. */
export const SMALL = { devices: MIN_DEVICES, days: 1, squeeze: 900 } as const;

export interface Plan {
  readonly seed: number;
  readonly devices: number;
  readonly days: number;
  /** When the first office day opens. */
  readonly startAt: EpochMs;
  /** How long an office day lasts here, ms. */
  readonly dayMs: number;
  readonly visitorsPerDay: number;
  /** Mean time of service, ms. */
  readonly serviceMs: number;
  /** Numbers of a series' main lane: few now and then, so that it runs out. */
  readonly mainNumbers: number;
  /** Devices that may stand in for the hub (M2). */
  readonly relays: number;
  /** After closing, people come until past midnight. */
  readonly crossesMidnight: boolean;
  /** Between two office days: the machines sleep, or are switched off. */
  readonly night: 'asleep' | 'off';
  /** Mean time between two faults of a kind, ms; absent = none of that kind. */
  readonly faults: ReadonlyMap<FaultKind, number>;
  /** Initial errors of the devices' clocks, up to this, ms. */
  readonly clockErrorMs: number;
  readonly hubDisk: 'never' | 'once' | 'often';
  readonly takeover: 'never' | 'once' | 'often';
  /** How many of the last commits a power failure takes. */
  unflushedCommits(chance: Chance): number;
}

/** Mondays to Sundays with something to them: ordinary, both changes of the clocks, both sides of New Year, a leap day. */
const DATES = [
  '2026-11-23',
  '2026-03-28',
  '2026-03-29',
  '2026-10-24',
  '2026-10-25',
  '2026-12-29',
  '2026-12-31',
  '2027-01-03',
  '2028-02-28',
  '2028-02-29',
] as const;

/** Visitors for each counter and minute of a squeezed day. */
const VISITORS_PER_COUNTER_MIN = 1.6;
/** A fault of a kind that is on comes so often on an office day, on average. */
const FAULTS_MIN = 0.7;
const FAULTS_MAX = 5;

/** Far from any seed somebody tries. */
const HUB_DISK = 1_000_000_007;
const TAKEOVER = 2_000_000_011;
/** Since a hub that is about to move moves no second time meanwhile. */
const OFTENER = 3;
/** A forked journal that a relay hands on is more than innocent devices can sort out (J3, known gaps). */
const NOT_WITH_RELAYS: readonly FaultKind[] = ['diskRolledBack', 'diskCloned'];

export function planOf({ seed, ...wished }: SimulationOptions): Plan {
  const chance = chanceOf(seed, 'plan');
  const devices = wished.devices ?? chance.between(MIN_DEVICES, 9);
  if (devices < MIN_DEVICES || devices > MAX_DEVICES) throw new Error(`${MIN_DEVICES} to ${MAX_DEVICES} devices`);
  const days = wished.days ?? (chance.happens(0.25) ? 2 : 1);
  const squeeze = wished.squeeze ?? chance.between(120, 500);
  const dayMs = Math.round(OFFICE_DAY_MS / squeeze);
  const { counters } = officeShape(devices);
  const startAt = toEpochMs(chance.pick(DATES) as string as LocalDate, OPENS_AT as LocalTime, 'Europe/Berlin');
  const perCounter = (VISITORS_PER_COUNTER_MIN * dayMs) / MINUTE_MS;
  const realDay = squeeze === 1;
  const visitorsPerDay = Math.ceil(realDay ? 60 * (counters + 1) : perCounter * (counters + 1));
  // Where a relay is to take over there is one.
  const relays = Math.max(wished.takeover === undefined ? 0 : 1, chance.pick([0, 0, 1, 2, 3]));
  const faults = planFaults(wished, chance, { seed, dayMs, relays });
  return {
    seed,
    devices,
    days,
    startAt,
    dayMs,
    visitorsPerDay,
    serviceMs: realDay ? 7 * MINUTE_MS : 12 * SECOND_MS,
    mainNumbers: chance.happens(0.1) ? 15 : 6_000,
    crossesMidnight: days > 1 || chance.happens(0.3),
    night: chance.happens(0.5) ? 'asleep' : 'off',
    faults,
    clockErrorMs: chance.pick([0, 0, SECOND_MS, MINUTE_MS, HOUR_MS, 30 * 24 * HOUR_MS, 9 * 365 * 24 * HOUR_MS]),
    relays,
    hubDisk: wished.hubDisk ?? 'never',
    takeover: wished.takeover ?? 'never',
    unflushedCommits: () => 0,
  };
}

/** Only where somebody asks for it, by a chance of its own: what befalls a seed without it stays what it was. */
const BY_WISH: readonly FaultKind[] = ['hubDiskLost', 'hubTakenOver', 'browserCut'];

interface Circumstances {
  readonly seed: number;
  readonly dayMs: number;
  readonly relays: number;
}

/** Nor can a new hub, which knows neither part of a fork. Two lost disks are one more than X4 speaks of, and are excused. */
const NOT_BESIDE: Readonly<Record<Plan['hubDisk'], readonly FaultKind[]>> = {
  never: [],
  once: ['diskLost', ...NOT_WITH_RELAYS],
  often: NOT_WITH_RELAYS,
};

function planFaults(
  { hubDisk, takeover, faults: only }: Pick<SimulationOptions, 'hubDisk' | 'takeover' | 'faults'>,
  chance: Chance,
  { seed, dayMs, relays }: Circumstances,
): ReadonlyMap<FaultKind, number> {
  const faults = new Map<FaultKind, number>();
  // One seed in ten has fair weather throughout: what fails then fails without excuse.
  const isFair = chance.happens(0.1);
  const everyMs = (by: Chance): number => dayMs / (FAULTS_MIN + by.fraction() * (FAULTS_MAX - FAULTS_MIN));
  for (const kind of FAULT_KINDS) {
    if (BY_WISH.includes(kind)) continue;
    const every = everyMs(chance);
    const isOn = chance.happens(0.4) && !isFair;
    const timesADay = only?.[kind] ?? 0;
    if (only !== undefined) {
      if (timesADay > 0) faults.set(kind, dayMs / timesADay);
    } else if (isOn && !(relays > 0 && NOT_WITH_RELAYS.includes(kind))) faults.set(kind, every);
  }
  if (only?.browserCut) faults.set('browserCut', dayMs / only.browserCut);
  if (hubDisk !== undefined) faults.set('hubDiskLost', everyMs(chanceOf(seed + HUB_DISK, 'plan')));
  if (takeover !== undefined)
    faults.set('hubTakenOver', everyMs(chanceOf(seed + TAKEOVER, 'plan')) / (takeover === 'often' ? OFTENER : 1));
  for (const kind of [...NOT_BESIDE[hubDisk ?? 'never'], ...NOT_BESIDE[takeover === undefined ? 'never' : 'once']])
    faults.delete(kind);
  return faults;
}
