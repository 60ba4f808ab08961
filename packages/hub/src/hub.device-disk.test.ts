import { createMemoryStore } from '@aufruf/engine/store/memory-store';
import type { CommandAnswer } from '@aufruf/engine/sync/command-answer';
import { CLAIM_PATIENCE_MS } from '@aufruf/engine/sync/device-claims';
import { describe, expect, it } from 'vitest';
import { draw } from './test/commands.ts';
import { type FailingStore, withFailures } from './test/failing-store.ts';
import { createWorld } from './test/world.ts';

describe('a device whose disk is full', () => {
  it('O6, N3: withdraws what it has given up as soon as the disk takes it, so that no number waits that nobody got', async () => {
    const stores = new Map<string, FailingStore>();
    const world = createWorld({
      openStore(device, platform) {
        const store = withFailures(createMemoryStore({ device, platform }));
        stores.set(device, store);
        return store;
      },
    });
    await world.until(() => world.device('kiosk-1').syncStatus().mode === 'ORDERED');
    world.crashHub();
    const sent = draw();
    const answers: CommandAnswer[] = [];
    void world
      .device('kiosk-1')
      .execute(sent)
      .then((answer) => answers.push(answer));
    await world.settle();
    stores.get('kiosk-1')?.failNext(Number.POSITIVE_INFINITY);
    world.advance(CLAIM_PATIENCE_MS);
    await world.settle();
    expect(answers).toMatchObject([{ ok: false, refusal: { type: 'unreachable' } }]);

    stores.get('kiosk-1')?.failNext(0);
    world.startHub();
    await world.until(() => world.hub().state().commands.get(sent.commandId)?.status === 'withdrawn');
    expect(world.hub().state().openVisits.size).toBe(0);
    world.close();
  });
});
