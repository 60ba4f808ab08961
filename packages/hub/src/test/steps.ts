/** What tests of a whole location do again and again: ask a device, wait until all agree. */
import type { CommandAnswer } from '@aufruf/engine/sync/command-answer';
import type { Command } from '@aufruf/shared/domain/commands';
import { assertValidDay } from '@aufruf/shared/domain/day/test/assert-valid-day';
import { dayToJson } from '@aufruf/shared/domain/day/test/day-to-json';
import { assert } from '@aufruf/shared/lib/assert';
import { expect } from 'vitest';
import type { World } from './world.ts';

/** `world`: asked for at each step, since each test makes its own. */
export function stepsIn(world: () => World, devices: readonly string[]) {
  const allOrdered = (ids: readonly string[] = devices): Promise<void> =>
    world().until(
      () =>
        ids.every((id) => {
          const { mode, eventsWaiting } = world().device(id).syncStatus();
          const hasAll = world().device(id).rows() === world().hub().stats().head.n;
          return mode === 'ORDERED' && eventsWaiting === 0 && hasAll;
        }),
      'agreement with the hub',
    );

  /** Lets the world go on until there is an answer. */
  async function answerOf(ask: () => Promise<CommandAnswer>): Promise<CommandAnswer> {
    let answer: CommandAnswer | null = null;
    void ask().then((value) => {
      answer = value;
    });
    await world().until(() => answer !== null, 'an answer');
    assert(answer !== null, 'waited for');
    return answer;
  }
  const run = (id: string, sent: Command) => answerOf(() => world().device(id).execute(sent));

  return {
    /** Sends without waiting; the answer appears in the list. */
    press(id: string, sent: Command): CommandAnswer[] {
      const answers: CommandAnswer[] = [];
      void world()
        .device(id)
        .execute(sent)
        .then((answer) => answers.push(answer));
      return answers;
    },
    /** Everybody has the hub's order, and it has all of theirs. */
    allOrdered,
    answerOf,
    run,
    /** @throws when it is refused */
    async granted(id: string, sent: Command) {
      const answer = await run(id, sent);
      assert(answer.ok, `${sent.name}: ${answer.ok ? '' : answer.refusal.type}`);
      return answer.value;
    },
    /** The same, and the same state everywhere, byte for byte. */
    async healed(): Promise<void> {
      await allOrdered();
      assertValidDay(world().hub().state());
      for (const id of devices) {
        expect(dayToJson(world().device(id).state()), id).toBe(dayToJson(world().hub().state()));
        expect(world().device(id).stateHash()).toBe(world().hub().stateHash());
      }
    },
  };
}
