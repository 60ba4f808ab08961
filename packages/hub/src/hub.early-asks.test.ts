/** Claims that the hub decides while their authors are still writing them (rule O6), and what becomes of the two apart. */
import { createMemoryStore } from '@aufruf/engine/store/memory-store';
import type { Command } from '@aufruf/shared/domain/commands';
import { DAY } from '@aufruf/shared/domain/views/test/fixtures';
import type { VisitId } from '@aufruf/shared/lib/ids';
import { afterEach, describe, expect, it } from 'vitest';
import { ONLOOKER_DELAY_MS } from './sessions.ts';
import { bigLocation } from './test/big-location.ts';
import { callNext, command, draw, finish, markArrived, openCounter } from './test/commands.ts';
import { type FailingStore, withFailures } from './test/failing-store.ts';
import { createForger, createRawDevice } from './test/raw-device.ts';
import { stepsIn } from './test/steps.ts';
import { createWorld, relayAddress, type World } from './test/world.ts';

let world: World;
const disks = new Map<string, FailingStore>();
const { allOrdered, answerOf, granted, healed, press } = stepsIn(() => world, ['kiosk-1', 'counter-1']);

async function open(config = bigLocation()): Promise<void> {
  world = createWorld({
    config,
    openStore: (device, platform) => {
      const disk = withFailures(createMemoryStore({ device, platform }));
      disks.set(device, disk);
      return disk;
    },
  });
  await allOrdered();
}
afterEach(() => world.close());

const diskOf = (id: string): FailingStore => disks.get(id) as FailingStore;
/** Types of the day's rows that speak of a command, in order. */
const rowsOf = ({ commandId }: Command): readonly string[] =>
  world.hubStore
    .entriesAfter(DAY, 0, Number.MAX_SAFE_INTEGER)
    .filter(({ event }) => event.type.startsWith('v1.Claim') && JSON.stringify(event.payload).includes(commandId))
    .map(({ event }) => `${event.type} by ${event.device}`);
const statusOf = ({ commandId }: Command) => world.hub().state().commands.get(commandId)?.status;
const waiting = (): readonly (string | undefined)[] =>
  [...world.hub().state().openVisits.values()].map(({ number }) => number?.text);

/** Lets messages pass, without time, until this one has. */
async function passUntil(isSo: () => boolean): Promise<void> {
  for (let turn = 0; turn < 200 && !isSo(); turn += 1) {
    world.network.deliverNext();
    await new Promise((resolve) => setImmediate(resolve));
    for (const platform of [world.hubPlatform(), world.devicePlatform('kiosk-1')]) if (!isSo()) platform.advance(0);
    await new Promise((resolve) => setImmediate(resolve));
  }
  expect(isSo()).toBe(true);
}

describe('claims decided while they are written', () => {
  it('O6: the hub decides at once; the claim comes behind its decision, and all agree on both', async () => {
    await open();
    const sent = draw();
    const answers = press('kiosk-1', sent);
    await passUntil(() => answers.length === 1);
    expect(answers).toMatchObject([{ ok: true, value: { number: 'A0001' } }]);
    expect(rowsOf(sent)).toEqual(['v1.ClaimDecided by hub']);
    await healed();
    expect(rowsOf(sent)).toEqual(['v1.ClaimDecided by hub', 'v1.ClaimMade by kiosk-1']);
    expect(world.hub().state().commands.get(sent.commandId)).toMatchObject({ status: 'granted', author: 'kiosk-1' });
  });

  it('O6: a refusal is answered the same way', async () => {
    await open();
    const sent = callNext('counter-1');
    expect(await answerOf(() => world.device('counter-1').execute(sent))).toMatchObject({
      ok: false,
      refusal: { type: 'counterNotOpen' },
    });
    await healed();
    expect(rowsOf(sent)).toEqual(['v1.ClaimDecided by hub', 'v1.ClaimMade by counter-1']);
  });

  it('J4: what was answered stays so when the device dies at that moment', async () => {
    await open();
    const sent = draw();
    const answers = press('kiosk-1', sent);
    await passUntil(() => answers.length === 1);
    // Nothing of it is committed here yet but the claim.
    expect(world.device('kiosk-1').rows()).toBeLessThan(world.hub().stats().head.n);
    world.network.unplug('kiosk-1');
    world.crashDevice('kiosk-1');
    world.network.heal('kiosk-1');
    await healed();
    expect(statusOf(sent)).toBe('granted');
    expect(rowsOf(sent)).toEqual(['v1.ClaimDecided by hub', 'v1.ClaimMade by kiosk-1']);
  });

  it('O6: what was answered is known here before its screen can do anything about it', async () => {
    await open();
    const sent = draw();
    const answers = press('kiosk-1', sent);
    await passUntil(() => answers.length === 1);
    const visitId = sent.commandId as string as VisitId;
    const confirm = command('confirmHandOver', { kioskId: 'kiosk-1', visitId, means: 'print' });
    expect(await world.device('kiosk-1').execute(confirm)).toMatchObject({ ok: true });
    expect(world.device('kiosk-1').state().openVisits.get(visitId)).toMatchObject({ handedOver: true });
    await healed();
  });

  it('O6: and is not forgotten when the device stops in that moment', async () => {
    await open();
    const sent = draw();
    const answers = press('kiosk-1', sent);
    await passUntil(() => answers.length === 1);
    world.device('kiosk-1').close();
    expect(world.device('kiosk-1').state().commands.get(sent.commandId)).toMatchObject({ status: 'granted' });
  });

  it('J4, S3: what was answered and a full disk did not take is taken once it does, by the next process too', async () => {
    for (const end of [() => {}, () => world.crashDevice('kiosk-1')]) {
      await open();
      const sent = draw();
      const answers = press('kiosk-1', sent);
      diskOf('kiosk-1').failNext(Number.POSITIVE_INFINITY);
      await passUntil(() => answers.length === 1);
      expect(answers).toMatchObject([{ ok: true, value: { number: 'A0001' } }]);
      await world.settle();
      diskOf('kiosk-1').failNext(0);
      end();
      await healed();
      expect(statusOf(sent)).toBe('granted');
      world.close();
    }
    await open();
  });

  it('J4, S3: what cannot even be noted is not answered before it is in the order', async () => {
    await open();
    const sent = draw();
    const answers = press('kiosk-1', sent);
    diskOf('kiosk-1').failNext(Number.POSITIVE_INFINITY);
    diskOf('kiosk-1').failNotes(true);
    await world.until(() => answers.length === 1, 'the device gives it up');
    expect(answers).toMatchObject([{ ok: false, refusal: { type: 'unreachable' } }]);
    diskOf('kiosk-1').failNext(0);
    await world.until(() => statusOf(sent) === 'withdrawn', 'it is taken back');
    await healed();
    expect(waiting()).toEqual([]);
  });

  it('O6: a claim rests on what its author did before: what the hub lacks of that is sent first', async () => {
    await open();
    await granted('counter-1', openCounter('counter-1'));
    await granted('kiosk-1', draw());
    await granted('kiosk-1', draw());
    await granted('counter-1', callNext('counter-1'));
    await granted('counter-1', markArrived('counter-1'));
    await healed();
    press('counter-1', finish('counter-1'));
    const sent = callNext('counter-1');
    expect(await answerOf(() => world.device('counter-1').execute(sent))).toMatchObject({ ok: true });
    await healed();
    expect(rowsOf(sent)).toEqual(['v1.ClaimMade by counter-1', 'v1.ClaimDecided by hub']);
  });

  it('P1: lost, late or doubled, the question changes nothing: the claim is decided once', async () => {
    for (const delivery of ['drop', 'later', 'twice'] as const) {
      await open();
      let isFirst = true;
      world.network.setFaults(({ name, to }) => {
        if (name !== 'sync:ask' || to !== 'hub' || !isFirst) return 'deliver';
        isFirst = false;
        return delivery;
      });
      const sent = draw();
      const answers = press('kiosk-1', sent);
      await world.until(() => answers.length === 1, `an answer, ${delivery}`);
      world.network.setFaults(null);
      await healed();
      expect(rowsOf(sent).filter((row) => row.startsWith('v1.ClaimDecided'))).toHaveLength(1);
      expect(waiting()).toEqual(['A0001']);
      if (delivery !== 'twice') world.close();
    }
  });

  it('O4: an answer that rests on rows which are not here comes with the order', async () => {
    await open();
    // The kiosk misses what others do, and asks before it has heard of it.
    world.network.setFaults(({ link, kind }) => (link === 'kiosk-1' && kind === 'hint' ? 'drop' : 'deliver'));
    await granted('counter-1', openCounter('counter-1'));
    world.advance(ONLOOKER_DELAY_MS);
    const sent = draw();
    const answers = press('kiosk-1', sent);
    await passUntil(() => rowsOf(sent).length > 0);
    await passUntil(() => answers.length === 1);
    expect(world.device('kiosk-1').state().commands.get(sent.commandId)).toMatchObject({ status: 'granted' });
    world.network.setFaults(null);
    await healed();
  });
});

describe('claims decided and never written', () => {
  /** The kiosk's process dies while it writes a claim that the hub has been asked. */
  async function dieWriting(sent: Command): Promise<void> {
    diskOf('kiosk-1').failNext(1);
    press('kiosk-1', sent);
    world.network.unplug('kiosk-1');
    world.crashDevice('kiosk-1');
  }
  /** As above, and the hub has decided. */
  async function dieDecided(sent: Command): Promise<void> {
    diskOf('kiosk-1').failNext(1);
    press('kiosk-1', sent);
    await passUntil(() => statusOf(sent) === 'granted');
    world.crashDevice('kiosk-1');
  }

  it('O6, N3: the hub takes the decision back when its author comes back without the claim', async () => {
    await open();
    const sent = draw();
    await dieDecided(sent);
    expect(waiting()).toEqual(['A0001']);
    await healed();
    expect(rowsOf(sent)).toEqual(['v1.ClaimDecided by hub', 'v1.ClaimWithdrawn by hub']);
    expect(waiting()).toEqual([]);
    // The number is void, not free (N2).
    expect(await granted('kiosk-1', draw())).toMatchObject({ number: 'A0002' });
  });

  it('O6: also a hub that has been started again meanwhile', async () => {
    await open();
    const sent = draw();
    await dieDecided(sent);
    world.crashHub();
    world.startHub();
    await healed();
    expect(waiting()).toEqual([]);
  });

  it('O6: what another version has noted in another shape stops nobody', async () => {
    await open();
    diskOf('hub').transact(() => diskOf('hub').writeSetting('askedClaims', '{"noted":"otherwise"}'));
    world.crashHub();
    world.startHub();
    await healed();
    const sent = draw();
    await dieDecided(sent);
    await healed();
    expect(statusOf(sent)).toBe('withdrawn');
  });

  it('O6, S3: and one whose disk was full when the author came back, once it takes it', async () => {
    await open();
    const sent = draw();
    await dieDecided(sent);
    diskOf('hub').failNext(1);
    await allOrdered();
    expect(waiting()).toEqual(['A0001']);
    world.crashDevice('kiosk-1');
    await healed();
    expect(waiting()).toEqual([]);
  });

  it('O6: what the author did since, brought by another, is not held up by what nobody waits for', async () => {
    const relays = [{ device: 'counter-1', address: relayAddress('counter-1') }];
    await open({ ...bigLocation(), sync: { relays } } as ReturnType<typeof bigLocation>);
    // It looks first whether a relay has taken its place.
    await granted('kiosk-1', draw());
    const kiosk = createRawDevice(world, 'kiosk-2');
    await kiosk.hello();
    const sent = draw();
    expect(await kiosk.ask('sync:ask', { day: DAY, seq: 1, command: sent })).toMatchObject({ ok: true });
    expect(waiting()).toEqual(['A0001', 'A0002']);
    // It has died, and has asked something else since.
    const others = createRawDevice(world, 'counter-3', 'c'.repeat(32));
    await others.hello({ versionVector: { [`kiosk-2/${'b'.repeat(32)}`]: 1 } });
    const since = draw();
    await others.push([createForger('kiosk-2')('v1.ClaimMade', { command: since })]);
    expect(rowsOf(sent)).toEqual(['v1.ClaimDecided by hub', 'v1.ClaimWithdrawn by hub']);
    expect(waiting()).toEqual(['A0001', 'A0003']);
    const order = world.hubStore.entriesAfter(DAY, 0, Number.MAX_SAFE_INTEGER).map(({ event }) => event.type);
    expect(order.slice(-3)).toEqual(['v1.ClaimWithdrawn', 'v1.ClaimMade', 'v1.ClaimDecided']);
  });

  it('J3: whoever says hello under the same name from another disk takes nothing back', async () => {
    await open();
    const sent = draw();
    await dieDecided(sent);
    await createRawDevice(world, 'kiosk-1', 'd'.repeat(32), 'impostor').hello();
    expect(statusOf(sent)).toBe('granted');
    await healed();
    expect(statusOf(sent)).toBe('withdrawn');
  });

  it('P1: a hello that comes twice takes nothing back of what was asked behind it', async () => {
    await open();
    const kiosk = createRawDevice(world, 'kiosk-2');
    await kiosk.hello();
    const sent = draw();
    await kiosk.ask('sync:ask', { day: DAY, seq: 1, command: sent });
    await kiosk.hello();
    expect(statusOf(sent)).toBe('granted');
  });

  it('O6: a question that nobody has written and nobody has heard leaves nothing', async () => {
    await open();
    const sent = draw();
    await dieWriting(sent);
    await healed();
    expect(rowsOf(sent)).toEqual([]);
  });

  it('S3: with a full disk the press is refused, and taken back as soon as the disk takes it', async () => {
    await open();
    diskOf('kiosk-1').failNext(1);
    const sent = draw();
    const answers = press('kiosk-1', sent);
    await passUntil(() => answers.length === 1);
    expect(answers).toMatchObject([{ ok: false, refusal: { type: 'storageFailed' } }]);
    await world.until(() => statusOf(sent) === 'withdrawn', 'it is taken back');
    await healed();
    expect(waiting()).toEqual([]);
  });

  it('S3: as long as the disk is full the hub is not asked again; then it is', async () => {
    await open();
    diskOf('kiosk-1').failNext(1_000);
    for (let count = 0; count < 3; count += 1) {
      const refused = press('kiosk-1', draw());
      await passUntil(() => refused.length === 1);
      await world.settle();
    }
    expect(
      world.hubStore.entriesAfter(DAY, 0, 99).filter(({ event }) => event.type === 'v1.ClaimDecided'),
    ).toHaveLength(1);
    diskOf('kiosk-1').failNext(0);
    await granted('kiosk-1', draw());
    await healed();
    const sent = draw();
    await granted('kiosk-1', sent);
    await healed();
    expect(rowsOf(sent)).toEqual(['v1.ClaimDecided by hub', 'v1.ClaimMade by kiosk-1']);
  });

  it('S3, M3: pressed again before that, and alone, it is decided anew; no number is given twice', async () => {
    await open();
    diskOf('kiosk-1').failNext(1);
    const sent = draw();
    const refused = press('kiosk-1', sent);
    await passUntil(() => statusOf(sent) === 'granted');
    expect(refused).toMatchObject([{ ok: false, refusal: { type: 'storageFailed' } }]);
    world.network.cut('kiosk-1');
    diskOf('kiosk-1').failNext(1_000);
    await world.until(() => world.device('kiosk-1').syncStatus().mode === 'ALONE');
    diskOf('kiosk-1').failNext(0);
    const alone = await answerOf(() => world.device('kiosk-1').execute(sent));
    expect(alone).toMatchObject({ ok: true, value: { number: 'A7081' } });
    world.network.heal('kiosk-1');
    await healed();
    expect(waiting()).toEqual(['A7081']);
  });

  it('S3, O6: pressed again and answered by the order, it is not taken back', async () => {
    await open();
    diskOf('kiosk-1').failNext(1);
    const sent = draw();
    press('kiosk-1', sent);
    await passUntil(() => world.device('kiosk-1').state().commands.get(sent.commandId)?.status === 'granted');
    expect(await world.device('kiosk-1').execute(sent)).toMatchObject({ ok: true, value: { number: 'A0001' } });
    await world.until(() => world.device('kiosk-1').syncStatus().eventsWaiting === 0);
    world.advance(2_000);
    await healed();
    expect(waiting()).toEqual(['A0001']);
  });
});
