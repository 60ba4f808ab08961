/**
 * Random days on a network worse than any: messages dropped, doubled, overtaken, links cut, hub and devices crashing at
 * any moment. What must hold at every step is checked at every step; after healing, everybody must agree (X10).
 * A seed that ever failed stays in KEPT_SEEDS.
 */
import { createRandom } from '@aufruf/engine/platform/seeded-random';
import { sha256 } from '@aufruf/engine/platform/sha256';
import { anewId } from '@aufruf/engine/sync/alone';
import type { CommandAnswer } from '@aufruf/engine/sync/command-answer';
import type { Command } from '@aufruf/shared/domain/commands';
import { assertValidDay } from '@aufruf/shared/domain/day/test/assert-valid-day';
import { dayToJson } from '@aufruf/shared/domain/day/test/day-to-json';
import type { DeviceId } from '@aufruf/shared/lib/ids';
import { describe, expect, it, vi } from 'vitest';
import { bigLocation } from './test/big-location.ts';
import { callNext, command, draw, finish, markArrived, openCounter } from './test/commands.ts';
import { createWorld, relayAddress, type World } from './test/world.ts';

const KEPT_SEEDS: readonly number[] = [];
const FRESH_SEEDS = Array.from({ length: 16 }, (_, i) => i + 1);
vi.setConfig({ testTimeout: 30_000 });
const STEPS = 250;
const DEVICES = ['kiosk-1', 'kiosk-2', 'counter-1', 'counter-2', 'counter-3', 'display-3'] as const;
const RELAYS = ['counter-3', 'kiosk-2'] as const;
const COUNTERS = DEVICES.filter((id) => id.startsWith('counter'));
/** X10: after healing, everything is delivered within this. */
const HEALED_WITHIN_MS = 10_000;

describe('convergence', () => {
  const runs = [...KEPT_SEEDS, ...FRESH_SEEDS].flatMap((seed) => [[seed, []] as const, [seed, RELAYS] as const]);
  it.each(runs)('X4, X5, X10: devices converge after anything, seed %i, relays %j', async (seed, relays) => {
    const sync = { relays: relays.map((id) => ({ device: id as DeviceId, address: relayAddress(id) })) };
    const world = createWorld({ seed, config: { ...bigLocation(), sync } });
    const answers: { readonly sent: Command; answer: CommandAnswer }[] = [];
    await liveThrough(world, seed, answers);
    await heal(world);

    const hubState = world.hub().state();
    assertValidDay(hubState);
    expect(hubState.rejections.filter(({ reason }) => reason === 'malformed')).toEqual([]);
    for (const id of DEVICES) {
      expect(dayToJson(world.device(id).state()), `${id} and the hub`).toBe(dayToJson(hubState));
      expect(world.device(id).stateHash()).toBe(world.hub().stateHash());
    }
    for (const { sent, answer } of answers) {
      if (!answer.ok) continue;
      let outcome = hubState.commands.get(sent.commandId);
      for (let name = anewId(sent.commandId, sha256); outcome?.status === 'withdrawn'; name = anewId(name, sha256)) {
        const anew = hubState.commands.get(name);
        if (anew === undefined) break;
        outcome = anew;
      }
      // A fact answered by its device may still have met an order in which it did not fit; it is on record either way.
      if (sent.name === 'issueTicket') {
        expect(outcome, `${sent.name} was granted`).toMatchObject({ status: 'granted', receipt: answer.value });
      } else if (sent.name === 'callNext' && outcome?.status !== 'granted') {
        // O8: a call made alone that another one came before.
        expect(['refused', 'withdrawn']).toContain(outcome?.status);
      } else expect(outcome).toBeDefined();
    }
    expect(hubState.openVisits.size + hubState.closedVisits.size).toBeGreaterThan(0);
    world.close();
  });
});

async function liveThrough(world: World, seed: number, answers: { sent: Command; answer: CommandAnswer }[]) {
  const random = createRandom(seed);
  const chance = (p: number) => random.uint32() / 2 ** 32 < p;
  const pick = <T>(list: readonly T[]): T => list[random.uint32() % list.length] as T;
  let hubRuns = true;

  const send = (id: string, sent: Command) => {
    const device = world.device(id);
    const { schedule } = world.devicePlatform(id);
    // What a process says in the turn in which it dies no screen shows (O6).
    const ask = () => void device.execute(sent).then((answer) => schedule(0, () => answers.push({ sent, answer })));
    ask();
    // An impatient caller repeats itself; it is one command.
    if (chance(0.2)) ask();
  };
  world.network.setFaults(() => {
    const roll = random.uint32() % 100;
    if (roll < 4) return 'drop';
    if (roll < 8) return 'twice';
    return roll < 20 ? 'later' : 'deliver';
  });

  for (let step = 0; step < STEPS; step += 1) {
    const counter = pick(COUNTERS);
    const act = random.uint32() % 100;
    if (act < 20) send(pick(['kiosk-1', 'kiosk-2']), draw('id-card'));
    else if (act < 28) send(counter, openCounter(counter));
    else if (act < 45) send(counter, callNext(counter));
    else if (act < 55) send(counter, markArrived(counter));
    else if (act < 65) send(counter, finish(counter));
    else if (act < 68) send(counter, command('recall', { counterId: counter }));
    else if (act < 71) send(counter, command('undo', { counterId: counter }));
    else if (act < 75) world.network.cut(pick(DEVICES));
    else if (act < 82) world.network.heal(pick(DEVICES));
    else if (act < 84) world.crashDevice(pick(DEVICES));
    else if (act < 86 && hubRuns) {
      world.crashHub();
      hubRuns = false;
    } else if (!hubRuns) {
      world.startHub();
      hubRuns = true;
    }
    if (chance(0.3)) world.advance(random.uint32() % 4_000);
    for (let count = random.uint32() % 40; count > 0; count -= 1) world.network.deliverNext();
    if (chance(0.5)) world.advance(0);
    await Promise.resolve();
    if (hubRuns) assertValidDay(world.hub().state());
  }
  if (!hubRuns) world.startHub();
}

async function heal(world: World) {
  world.network.setFaults(null);
  for (const id of DEVICES) {
    world.network.heal(id);
    world.device(id);
  }
  const healedAt = world.hubPlatform().monoMs();
  await world.until(
    () =>
      DEVICES.every((id) => {
        const { mode, eventsWaiting } = world.device(id).syncStatus();
        return mode === 'ORDERED' && eventsWaiting === 0 && world.device(id).rows() === world.hub().stats().head.n;
      }),
    'agreement',
  );
  expect(world.hubPlatform().monoMs() - healedAt).toBeLessThanOrEqual(HEALED_WITHIN_MS);
}
