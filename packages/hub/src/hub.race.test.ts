import type { CommandAnswer } from '@aufruf/engine/sync/command-answer';
import type { VisitId } from '@aufruf/shared/lib/ids';
import { afterEach, describe, expect, it } from 'vitest';
import { callNext, draw, finish, markArrived, openCounter } from './test/commands.ts';
import { createWorld, type World } from './test/world.ts';

const ROUNDS = 1_000;

let world: World;
afterEach(() => world.close());

/** Lets the answers of all come in. */
async function all(answers: readonly Promise<CommandAnswer>[]): Promise<readonly CommandAnswer[]> {
  await world.settle();
  return Promise.all(answers);
}

const visitOf = (answer: CommandAnswer): VisitId | null => (answer.ok ? answer.value.visitId : null);

describe('two counters at once', () => {
  it('O6, X3: calling next 1,000 times at once, they never get the same ticket and nobody waits for ever', {
    timeout: 120_000,
  }, async () => {
    world = createWorld();
    const counters = ['counter-1', 'counter-3'] as const;
    const engines = counters.map((id) => world.device(id));
    await world.until(() => engines.every((engine) => engine.syncStatus().mode === 'ORDERED'));
    await all(engines.map((engine, i) => engine.execute(openCounter(counters[i] ?? ''))));
    await all([0, 1].map(() => world.hub().execute(draw('id-card'))));
    const called: (VisitId | null)[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      // Drawn in the same moment, so that the calls meet a queue that changes under them.
      const drawn = [0, 1].map(() => world.hub().execute(draw('id-card')));
      const answers = await all(engines.map((engine, i) => engine.execute(callNext(counters[i] ?? ''))));
      await all(drawn);
      called.push(...answers.map(visitOf));
      for (const [i, engine] of engines.entries()) {
        const id = counters[i] ?? '';
        expect((await engine.execute(markArrived(id))).ok && (await engine.execute(finish(id))).ok).toBe(true);
      }
    }
    expect(called).not.toContain(null);
    expect(new Set(called).size).toBe(2 * ROUNDS);
    await world.until(() => engines.every((engine) => engine.syncStatus().eventsWaiting === 0));
    expect(world.hub().state().closedVisits.size).toBe(2 * ROUNDS);
    await world.until(() => engines.every((engine) => engine.stateHash() === world.hub().stateHash()), 'same states');
  });

  it('O6: of two counters after the last ticket one gets it and the other is told at once that nobody waits', async () => {
    world = createWorld();
    const engines = [world.device('counter-1'), world.device('counter-3')];
    await world.until(() => engines.every((engine) => engine.syncStatus().mode === 'ORDERED'));
    await all([engines[0]!.execute(openCounter('counter-1')), engines[1]!.execute(openCounter('counter-3'))]);
    await all([world.hub().execute(draw('id-card'))]);
    const answers = await all([engines[0]!.execute(callNext('counter-1')), engines[1]!.execute(callNext('counter-3'))]);
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    expect(answers.find(({ ok }) => !ok)).toEqual({ ok: false, refusal: { type: 'nobodyWaiting' } });
  });

  it('O6: 100 repetitions of one draw, through every door, are one ticket', async () => {
    world = createWorld();
    const kiosk = world.device('kiosk-1');
    await world.until(() => kiosk.syncStatus().mode === 'ORDERED');
    const once = draw('id-card', 'the-same-command-id');
    const answers = await all(
      Array.from({ length: 100 }, (_, i) => (i % 2 === 0 ? kiosk.execute(once) : world.hub().execute(once))),
    );
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(world.hub().state().openVisits.size).toBe(1);
    expect(await kiosk.execute(once)).toEqual(answers[0]);
    const { n } = world.hub().stats().head;
    expect((await all([world.hub().execute(once)]))[0]).toEqual(answers[0]);
    // It left no trace in the log either.
    expect(world.hub().stats().head.n).toBe(n);
  });

  it('rule 7: commands that arrive within one turn share one commit', async () => {
    world = createWorld();
    const before = world.hub().stats();
    await all(Array.from({ length: 50 }, () => world.hub().execute(draw('id-card'))));
    const after = world.hub().stats();
    expect([after.commits - before.commits, after.works - before.works]).toEqual([1, 50]);
  });
});
