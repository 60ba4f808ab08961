/** A location whose hub moves to a relay's machine (M5), and what tests of it do and wait for again and again. */
import type { CommandAnswer } from '@aufruf/engine/sync/command-answer';
import type { Command } from '@aufruf/shared/domain/commands';
import { assertValidDay } from '@aufruf/shared/domain/day/test/assert-valid-day';
import { dayToJson } from '@aufruf/shared/domain/day/test/day-to-json';
import type { LocationConfig } from '@aufruf/shared/domain/location-config/schema';
import { assert } from '@aufruf/shared/lib/assert';
import type { DeviceId } from '@aufruf/shared/lib/ids';
import { expect } from 'vitest';
import type { Hub } from '../hub.ts';
import { bigLocation } from './big-location.ts';
import { openCounter } from './commands.ts';
import { createWorld, relayAddress, type World } from './world.ts';

export const DEVICES = ['kiosk-1', 'kiosk-2', 'counter-1', 'counter-3', 'display-3'] as const;
/** The first one; the other is `kiosk-2`. */
export const RELAY = 'counter-3';

export const takeoverConfig = (): LocationConfig => ({
  ...bigLocation(),
  sync: {
    relays: [RELAY, 'kiosk-2'].map((id) => ({ device: id as DeviceId, address: relayAddress(id) })),
  },
});

/** Numbers of open visits and what became of them. */
export const numbers = (hub: Hub) =>
  [...hub.state().openVisits.values()].map(({ number, state }) => [number?.text, state]).toSorted();

export interface TakeoverOffice {
  readonly world: World;
  modeOf(id: string): string;
  inMode(mode: string, ...ids: readonly string[]): Promise<void>;
  /** The hub orders, and each of the devices has what it has. */
  agreed(hub: Hub, ids?: readonly string[]): Promise<void>;
  answerOf(asked: Promise<CommandAnswer>): Promise<CommandAnswer>;
  granted(id: string, sent: Command): Promise<Extract<CommandAnswer, { ok: true }>['value']>;
  expectSame(hub: Hub, ids?: readonly string[]): void;
}

/** Everybody is served by the hub, and two counters are open. */
export async function openTakeoverOffice(config = takeoverConfig()): Promise<TakeoverOffice> {
  const world = createWorld({ config });
  const modeOf = (id: string) => world.device(id).syncStatus().mode;

  const agreed = (hub: Hub, ids: readonly string[] = DEVICES) =>
    world.until(
      () =>
        hub.stats().isOrdering &&
        ids.every((id) => {
          const { mode, eventsWaiting } = world.device(id).syncStatus();
          return mode === 'ORDERED' && eventsWaiting === 0 && world.device(id).stateHash() === hub.stateHash();
        }),
      'agreement with the hub',
    );

  async function answerOf(asked: Promise<CommandAnswer>): Promise<CommandAnswer> {
    let answer: CommandAnswer | null = null;
    void asked.then((value) => {
      answer = value;
    });
    await world.until(() => answer !== null, 'an answer');
    assert(answer !== null, 'waited for');
    return answer;
  }

  async function granted(id: string, sent: Command) {
    const answer = await answerOf(world.device(id).execute(sent));
    assert(answer.ok, `${sent.name}: ${answer.ok ? '' : answer.refusal.type}`);
    return answer.value;
  }

  await agreed(world.hub());
  for (const id of ['counter-1', 'counter-3']) await granted(id, openCounter(id));
  await agreed(world.hub());
  return {
    world,
    modeOf,
    inMode: (mode, ...ids) => world.until(() => ids.every((id) => modeOf(id) === mode), `${ids.join()} ${mode}`),
    agreed,
    answerOf,
    granted,
    expectSame(hub, ids = DEVICES) {
      assertValidDay(hub.state());
      expect(hub.state().rejections).toEqual([]);
      for (const id of ids) expect(dayToJson(world.device(id).state()), id).toBe(dayToJson(hub.state()));
    },
  };
}
