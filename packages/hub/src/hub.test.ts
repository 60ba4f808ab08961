import { afterEach, describe, expect, it } from 'vitest';
import { callNext, draw, finish, markArrived, openCounter } from './test/commands.ts';
import { createWorld, type World } from './test/world.ts';

let world: World;
afterEach(() => world.close());

describe('hub and devices', () => {
  it('O5: a ticket drawn at the kiosk is called at the counter and shown on the display', async () => {
    world = createWorld();
    const [kiosk, counter, display] = [world.device('kiosk-1'), world.device('counter-1'), world.device('display-1')];
    await world.until(() => display.syncStatus().mode === 'ORDERED');
    const drawn = kiosk.execute(draw());
    await world.settle();
    expect(await drawn).toMatchObject({ ok: true, value: { number: 'A0001' } });
    const opened = counter.execute(openCounter('counter-1'));
    await world.settle();
    expect(await opened).toMatchObject({ ok: true });
    const called = counter.execute(callNext('counter-1'));
    await world.settle();
    expect(await called).toMatchObject({ ok: true, value: { number: 'A0001' } });
    const visit = [...display.state().openVisits.values()][0];
    expect(visit).toMatchObject({ state: 'called', counterId: 'counter-1' });
    expect(await counter.execute(markArrived('counter-1'))).toMatchObject({ ok: true });
    expect(await counter.execute(finish('counter-1'))).toMatchObject({ ok: true });
    await world.settle();
    expect(world.hub().state().closedVisits.size).toBe(1);
    expect(display.stateHash()).toBe(world.hub().stateHash());
  });
});
