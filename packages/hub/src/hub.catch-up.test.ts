import { callBoard } from '@aufruf/shared/domain/views/call-board';
import type { DisplayId } from '@aufruf/shared/lib/ids';
import { MAX_BATCH_EVENTS } from '@aufruf/shared/protocol/limits';
import { describe, expect, it } from 'vitest';
import { callNext, command, draw, finish, markArrived, openCounter } from './test/commands.ts';
import { createWorld } from './test/world.ts';

describe('catching up', () => {
  it('X6: a display that fetches a long day shows no call on the way that has been answered since', async () => {
    const world = createWorld();
    const run = async (sent: Parameters<ReturnType<typeof world.hub>['execute']>[0]) => {
      const answer = world.hub().execute(sent);
      await world.settle();
      expect(await answer).toMatchObject({ ok: true });
    };
    await run(openCounter('counter-1'));
    await run(draw());
    await run(callNext('counter-1'));
    // The call stands in the first batch, its answer in a later one.
    for (let i = 0; i < MAX_BATCH_EVENTS; i += 1) await run(command('recall', { counterId: 'counter-1' }));
    await run(markArrived('counter-1'));
    await run(finish('counter-1'));

    const display = world.device('display-3');
    const seen = new Set<string>();
    display.onChange(() => {
      const board = callBoard(display.state(), 'display-3' as DisplayId, display.now());
      for (const { number } of board?.calls ?? []) seen.add(number);
    });
    await world.until(() => display.rows() === world.hub().stats().head.n);
    expect(display.rows()).toBeGreaterThan(MAX_BATCH_EVENTS);
    expect([...seen]).toEqual([]);
    world.close();
  });
});
