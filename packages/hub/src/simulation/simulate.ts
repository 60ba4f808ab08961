/**
 * Runs one seed from the first visitor to the last judge: office days with their nights, faults all along, then peace;
 * and within X10's ten seconds everybody must agree and nobody be stuck.
 */
import { MINUTE_MS, SECOND_MS } from '@aufruf/shared/lib/time';
import { createWorld } from './create-world.ts';
import { type Faults, startFaults } from './faults.ts';
import { allJudges } from './judges/judges.ts';
import { chanceOf } from './machinery/chance.ts';
import { arrivalMoment, OFFICE_DAY_MS } from './office.ts';
import { startBrowsers } from './people/browser.ts';
import { type Plan, planOf, type SimulationOptions } from './plan.ts';
import type { Violation, World } from './world.ts';

export interface SimulationResult {
  readonly plan: Plan;
  readonly violations: readonly Violation[];
  /** Simulated ms, nights not counted. */
  readonly simulatedMs: number;
  readonly tickets: number;
  readonly answers: number;
}

/** X10. */
const HEALED_WITHIN_MS = 10 * SECOND_MS;
/** Before the healing is timed: what was asked is answered or given up, wrong disks are replaced. */
const WIND_DOWN_MS = 8 * SECOND_MS;
/** And longer where a hub that was cut off has yet to look for its successor, and its devices have to follow (M5). */
const DISPUTE_SETTLED_MS = 30 * SECOND_MS;
/** Kiosks look once a second whether there is something to void; what nobody can bring any more leaves the screens. */
const TIDY_UP_MS = 6 * SECOND_MS;
const TIDY_UP_TURNS = 5;
/** After closing time on a night with visitors past midnight. */
const MIDNIGHT_BEFORE_MS = MINUTE_MS;
const MIDNIGHT_AFTER_MS = 1.5 * MINUTE_MS;
/** More than any command goes through on its way back to whoever asked. */
const PROMISE_TURNS = 12;

export async function simulate(
  options: SimulationOptions,
  onTrace: ((line: string) => void) | null = null,
): Promise<SimulationResult> {
  const plan = planOf(options);
  const world = createWorld({ plan, witnesses: allJudges, onTrace });
  const chance = chanceOf(plan.seed, 'people');
  world.trace('PLAN', () => describe(plan));

  for (const { machine } of world.devices.values())
    machine.setClockError((chance.fraction() - 0.5) * 2 * plan.clockErrorMs);
  world.hubs.start();
  for (const id of world.devices.keys()) world.startDevice(id);
  startBrowsers(world);
  everySecond(world);
  await pass(world, 5 * SECOND_MS);
  const faults = startFaults(world);

  for (let day = 1; day <= plan.days && isFine(world); day += 1) {
    letVisitorsCome(world, plan.visitorsPerDay, plan.dayMs);
    await pass(world, plan.dayMs);
    if (plan.crossesMidnight) await crossMidnight(world);
    if (day < plan.days) await sleepUntilMorning(world);
  }
  await heal(world, faults);
  if (isFine(world)) world.history.end();
  return {
    plan,
    violations: world.violations,
    simulatedMs: world.time.now(),
    tickets: world.history.tickets.length,
    answers: world.history.answers.length,
  };
}

const isFine = (world: World) => world.violations.length === 0;

/** Lets time pass, or as much of it as goes well. */
async function pass(world: World, ms: number): Promise<void> {
  const untilMs = world.time.now() + ms;
  while (isFine(world) && world.time.doNext(untilMs)) {
    if (world.unanswered.size === 0) continue;
    for (let turn = 0; turn < PROMISE_TURNS; turn += 1) await null;
  }
}

function everySecond(world: World): void {
  world.time.after(SECOND_MS, () => {
    world.history.second();
    everySecond(world);
  });
}

function letVisitorsCome(world: World, visitors: number, spanMs: number): void {
  const chance = chanceOf(world.plan.seed + Math.floor(world.time.now()), 'people');
  for (let visitor = 0; visitor < visitors; visitor += 1) {
    const atMs = (arrivalMoment(chance) / OFFICE_DAY_MS) * spanMs;
    const serviceId = chance.pick(SERVICES);
    world.time.after(atMs, () => void comeIn(world, serviceId, chance.fraction()));
  }
}
const SERVICES = ['id-card', 'id-card', 'pickup', 'permit', 'extension'];

/** A visitor tries the kiosks, beginning with any, until one takes the press. */
function comeIn(world: World, serviceId: string, where: number): void {
  const kiosks = [...world.kiosks.values()];
  const first = Math.floor(where * kiosks.length);
  for (let tried = 0; tried < kiosks.length; tried += 1) {
    if (kiosks[(first + tried) % kiosks.length]?.press(serviceId)) return;
  }
}

const DAY_MS = 24 * 60 * MINUTE_MS;
/** True time until the hub's clock shows midnight. */
function untilMidnight(world: World): number {
  const today = world.officialDay();
  let [low, high] = [0, 2 * DAY_MS];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (world.dayIn(middle) === today) low = middle;
    else high = middle;
  }
  return high;
}

async function crossMidnight(world: World): Promise<void> {
  world.sleep(Math.max(0, untilMidnight(world) - MIDNIGHT_BEFORE_MS));
  letVisitorsCome(world, 20, MIDNIGHT_BEFORE_MS + MIDNIGHT_AFTER_MS);
  await pass(world, MIDNIGHT_BEFORE_MS + MIDNIGHT_AFTER_MS);
}

async function sleepUntilMorning(world: World): Promise<void> {
  if (world.plan.night === 'off') {
    for (const id of world.devices.keys()) world.stopDevice(id, 'killed');
    world.hubs.stop('killed');
  }
  world.sleep(MORNING_AFTER_MIDNIGHT_MS);
  world.hubs.start();
  for (const id of world.devices.keys()) world.startDevice(id);
  await pass(world, 5 * SECOND_MS);
}
const MORNING_AFTER_MIDNIGHT_MS = 7.5 * 60 * MINUTE_MS;

async function heal(world: World, faults: Faults): Promise<void> {
  faults.heal();
  world.trace('PEACE', () => 'no more faults');
  const healedMs = world.time.now();
  world.setClerksAtWork(false);
  const patienceMs = () => HEALED_WITHIN_MS + WIND_DOWN_MS + (world.hubs.isDisputed() ? DISPUTE_SETTLED_MS : 0);
  const isLate = () => world.time.now() - healedMs >= patienceMs();
  while (isFine(world) && !world.hasConverged() && !isLate()) await pass(world, SECOND_MS / 4);
  if (isFine(world) && world.hasConverged()) {
    // Kiosks that have just started void what nobody got.
    await pass(world, TIDY_UP_MS);
    // Some may have believed to agree, who had not noticed yet that they were cut off.
    for (let turn = 0; (turn < TIDY_UP_TURNS || !isLate()) && !world.hasConverged(); turn += 1)
      await pass(world, SECOND_MS);
  }
  if (isFine(world) && !world.hasConverged()) world.report('X10', `no agreement: ${world.whyNotConverged()}`);
}

const describe = ({ seed, devices, days, dayMs, faults }: Plan): string =>
  `seed ${seed}: ${devices} devices, ${days} days of ${Math.round(dayMs / MINUTE_MS)} min, ${[...faults.keys()].join(' ') || 'fair weather'}`;
