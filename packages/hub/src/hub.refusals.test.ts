/** Bad input (issue 2): every refused message has a named error and changes nothing, on disk or in memory. */
import { dayToJson } from '@aufruf/shared/domain/day/test/day-to-json';
import { DAY } from '@aufruf/shared/domain/views/test/fixtures';
import { addDays } from '@aufruf/shared/lib/local-time';
import { MAX_BATCH_BYTES, MAX_BATCH_EVENTS, MAX_MESSAGE_BYTES } from '@aufruf/shared/protocol/limits';
import { PROTOCOL_VERSION } from '@aufruf/shared/protocol/messages';
import { GENESIS_HASH, MAX_EVENT_BYTES } from '@aufruf/shared/sync/event';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { callNext, draw, openCounter } from './test/commands.ts';
import { createForger, createRawDevice, type RawAnswer, type RawDevice } from './test/raw-device.ts';
import { createWorld, type World } from './test/world.ts';

let world: World;
let kiosk: RawDevice;
const handOver = (n = 1) => ({
  commandId: `hand-over-command-${n}`,
  visitId: `some-visit-of-today-${n}`,
  kioskId: 'kiosk-1',
  means: 'screen',
});
const claim = (command: unknown) => ({ command });

beforeEach(async () => {
  world = createWorld();
  await Promise.all([world.hub().execute(draw()), world.settle()]);
  kiosk = createRawDevice(world, 'kiosk-1');
});
afterEach(() => world.close());

/** Everything a message could change. */
const everything = () => ({
  state: dayToJson(world.hub().state()),
  stateHash: world.hub().stateHash(),
  head: world.hub().stats().head,
  held: world.hubStore.versionVector(),
  waiting: world.hubStore.unordered(DAY).length,
});

async function expectRefused(type: string, send: () => Promise<RawAnswer | null>): Promise<void> {
  const before = everything();
  const answer = await send();
  expect(answer).toMatchObject({ ok: false, error: { type } });
  expect(answer?.error?.detail).not.toBe('');
  expect(everything()).toEqual(before);
}

describe('messages to a hub that are refused', () => {
  it('P1: helloFirst - a push or pull before hello', async () => {
    const event = createForger('kiosk-1')('v1.TicketHandedOver', handOver());
    await expectRefused('helloFirst', () => kiosk.push([event]));
    await expectRefused('helloFirst', () => kiosk.ask('sync:pull', { day: DAY, afterN: 0 }));
  });

  it('malformed - no body, no such request, missing, wrong and surplus fields, a torn event', async () => {
    await expectRefused('malformed', () => kiosk.ask('sync:hello', undefined));
    await expectRefused('malformed', () => kiosk.ask('sync:hello', 'hello'));
    await expectRefused('malformed', () => kiosk.ask('sync:shutdown', {}));
    await expectRefused('malformed', () => kiosk.ask('__proto__', {}));
    await expectRefused('malformed', () => kiosk.hello({ incarnation: 'short' }));
    await expectRefused('malformed', () => kiosk.hello({ surplus: true }));
    await kiosk.hello();
    const { payload: _, ...torn } = createForger('kiosk-1')('v1.TicketHandedOver', handOver());
    await expectRefused('malformed', () => kiosk.push([torn]));
    await expectRefused('malformed', () => kiosk.push([]));
    await expectRefused('malformed', () => kiosk.ask('sync:pull', { day: '2026-02-31x', afterN: 0 }));
    await expectRefused('malformed', () => kiosk.ask('sync:pull', { day: DAY, afterN: -1 }));
  });

  it('O7: malformed - an event that has no canonical form', async () => {
    await kiosk.hello();
    const lone = createForger('kiosk-1')('v1.TicketHandedOver', { ...handOver(), text: 'a' });
    await expectRefused('malformed', () => kiosk.push([{ ...lone, payload: { text: '\ud800' } }]));
  });

  it('tooLarge - a message, a batch or an event beyond its limit', async () => {
    await kiosk.hello();
    const forge = createForger('kiosk-1');
    const big = (bytes: number) => forge('v2.Unknown', { text: 'x'.repeat(bytes) });
    await expectRefused('tooLarge', () => kiosk.ask('sync:hello', { text: 'x'.repeat(MAX_MESSAGE_BYTES) }));
    await expectRefused('tooLarge', () => kiosk.push([big(MAX_BATCH_BYTES / 2), big(MAX_BATCH_BYTES / 2)]));
    await expectRefused('tooLarge', () =>
      kiosk.push([createForger('kiosk-1')('v2.Unknown', { text: 'x'.repeat(MAX_EVENT_BYTES) })]),
    );
  });

  it('P1: a batch of exactly MAX_BATCH_EVENTS events is taken, and a single event larger than a batch too', async () => {
    await kiosk.hello();
    const forge = createForger('kiosk-1');
    const many = Array.from({ length: MAX_BATCH_EVENTS }, () => forge('v2.Unknown', {}));
    expect(await kiosk.push(many)).toMatchObject({
      ok: true,
      through: { [`kiosk-1/${'b'.repeat(32)}`]: MAX_BATCH_EVENTS },
    });
    expect(await kiosk.push([forge('v2.Unknown', { text: 'x'.repeat(MAX_BATCH_BYTES) })])).toMatchObject({ ok: true });
    await expectRefused('malformed', () =>
      kiosk.push(Array.from({ length: MAX_BATCH_EVENTS + 1 }, () => forge('v2.Unknown', {}))),
    );
  });

  it('P4: updateNeeded - a device too old or too new, whatever else it says', async () => {
    await expectRefused('updateNeeded', () => kiosk.hello({ protocol: 0, protocolMinimum: 0 }));
    const tooNew = { protocol: PROTOCOL_VERSION + 5, protocolMinimum: PROTOCOL_VERSION + 1, newField: {} };
    await expectRefused('updateNeeded', () => kiosk.hello(tooNew));
  });

  it('P4: a newer device that still speaks this version is welcome', async () => {
    expect(await kiosk.hello({ protocol: PROTOCOL_VERSION + 1 })).toMatchObject({ ok: true });
  });

  it('unknownDevice - a name the configuration does not have, and the hub itself', async () => {
    await expectRefused('unknownDevice', () => createRawDevice(world, 'counter-99').hello());
    await expectRefused('unknownDevice', () => createRawDevice(world, 'hub').hello());
  });

  it('J1: gap - a seq left out, and one that starts late', async () => {
    await kiosk.hello();
    const forge = createForger('kiosk-1');
    const [first, second, third] = [1, 2, 3].map((n) => forge('v1.TicketHandedOver', handOver(n)));
    await expectRefused('gap', () => kiosk.push([second]));
    await expectRefused('gap', () => kiosk.push([first, third]));
    await expectRefused('gap', () => kiosk.push([second, first]));
    expect(await kiosk.push([first, second, third])).toMatchObject({ ok: true });
  });

  it('J1: wrongHash - an event not chained to its predecessor', async () => {
    await kiosk.hello();
    const forge = createForger('kiosk-1');
    const first = forge('v1.TicketHandedOver', handOver(1));
    const second = forge('v1.TicketHandedOver', handOver(2));
    await expectRefused('wrongHash', () => kiosk.push([{ ...first, prevHash: 'f'.repeat(64) }]));
    await expectRefused('wrongHash', () => kiosk.push([first, { ...second, prevHash: GENESIS_HASH }]));
  });

  it('J3: conflictingEvent - the same key with another content', async () => {
    await kiosk.hello();
    const first = createForger('kiosk-1')('v1.TicketHandedOver', handOver(1));
    expect(await kiosk.push([first])).toMatchObject({ ok: true });
    await expectRefused('conflictingEvent', () => kiosk.push([{ ...first, deviceAt: first.deviceAt + 1 }]));
    const twin = createForger('kiosk-1')('v1.TicketHandedOver', handOver(2));
    await expectRefused('conflictingEvent', () => kiosk.push([twin]));
  });

  it('J3: conflictingEvent - a device whose disk has been rolled back', async () => {
    await kiosk.hello();
    expect(await kiosk.push([createForger('kiosk-1')('v1.TicketHandedOver', handOver(1))])).toMatchObject({ ok: true });
    await expectRefused('conflictingEvent', () => kiosk.hello({ versionVector: {} }));
    expect(await kiosk.hello({ versionVector: { [`kiosk-1/${'b'.repeat(32)}`]: 1 } })).toMatchObject({ ok: true });
  });

  it('P1: a replayed push is acknowledged again and changes nothing', async () => {
    await kiosk.hello();
    const events = [createForger('kiosk-1')('v1.ClaimMade', claim(draw('id-card', 'replayed-command-1')))];
    const first = await kiosk.push(events);
    const before = everything();
    expect(await kiosk.push(events)).toEqual(first);
    expect(everything()).toEqual(before);
    expect(world.hub().state().openVisits.size).toBe(2);
  });

  it('forgedAuthor - events in the name of another device, or of the hub', async () => {
    await kiosk.hello();
    for (const author of ['kiosk-2', 'counter-1', 'hub']) {
      const event = createForger(author)('v1.ClaimWithdrawn', { commandId: 'somebody-elses-claim' });
      await expectRefused('forgedAuthor', () => kiosk.push([event]));
    }
  });

  it('O6: another device’s withdrawal of a claim is a rejection on record: the ticket stays what it is', async () => {
    await kiosk.hello();
    const command = draw('id-card', 'claim-of-the-first-kiosk');
    await kiosk.push([createForger('kiosk-1')('v1.ClaimMade', claim(command))]);
    const other = createRawDevice(world, 'kiosk-2');
    await other.hello();
    const event = createForger('kiosk-2')('v1.ClaimWithdrawn', { commandId: command.commandId });
    expect(await other.push([event])).toMatchObject({ ok: true });
    expect(world.hub().state().rejections).toMatchObject([{ type: 'v1.ClaimWithdrawn', reason: 'notAuthor' }]);
    expect(world.hub().state().commands.get(command.commandId)?.status).toBe('granted');
    expect(world.hub().state().openVisits.size).toBe(2);
  });

  it('X8: notAllowed - whatever a display pushes', async () => {
    const display = createRawDevice(world, 'display-1');
    await display.hello();
    const forge = createForger('display-1');
    await expectRefused('notAllowed', () => display.push([forge('v1.ClaimMade', claim(callNext('counter-1')))]));
    await expectRefused('notAllowed', () => display.push([createForger('display-1')('v2.Anything', {})]));
  });

  it('X8: notAllowed - a kiosk that calls, a counter that draws, either that closes days or decides what is not its own', async () => {
    await kiosk.hello();
    const counter = createRawDevice(world, 'counter-1');
    await counter.hello();
    await expectRefused('notAllowed', () =>
      kiosk.push([createForger('kiosk-1')('v1.ClaimMade', claim(callNext('counter-1')))]),
    );
    await expectRefused('notAllowed', () => counter.push([createForger('counter-1')('v1.ClaimMade', claim(draw()))]));
    for (const [type, payload] of [
      [
        'v1.ClaimDecided',
        {
          commandId: 'some-pending-claim-1',
          outcome: {
            type: 'granted',
            facts: [{ type: 'v1.DayClosed', payload: { day: DAY, stateHash: 'a'.repeat(64) } }],
            receipt: { visitId: null, number: null },
          },
        },
      ],
      ['v1.DayClosed', { day: DAY, stateHash: 'a'.repeat(64) }],
      ['v1.DaysReleased', { through: '2026-01-01' }],
      ['v1.TicketIssued', {}],
      ['v1.VisitCalled', {}],
      ['v1.ConfigurationPublished', {}],
    ] as const) {
      await expectRefused('notAllowed', () => counter.push([createForger('counter-1')(type, payload)]));
    }
    await expectRefused('notAllowed', () => kiosk.push([createForger('kiosk-1')('v1.VisitFinished', {})]));
  });

  it('duplicateIncarnation - the older of two connections with one incarnation', async () => {
    await kiosk.hello();
    const clone = createRawDevice(world, 'kiosk-1', 'b'.repeat(32), 'kiosk-1-clone');
    expect(await clone.hello()).toMatchObject({ ok: true });
    const event = createForger('kiosk-1')('v1.TicketHandedOver', handOver());
    await expectRefused('duplicateIncarnation', () => kiosk.push([event]));
    expect(await clone.push([event])).toMatchObject({ ok: true });
  });

  it('O3: epochTooLow - a device that has seen a higher epoch; then notHub for everybody', async () => {
    const counter = createRawDevice(world, 'counter-1');
    await counter.hello();
    const { epoch } = world.hub().stats();
    await expectRefused('epochTooLow', () => kiosk.hello({ epoch: epoch + 3 }));
    expect(world.hub().stats().isOrdering).toBe(false);
    await expectRefused('notHub', () =>
      counter.push([createForger('counter-1')('v1.ClaimMade', claim(openCounter('counter-1')))]),
    );
    await expectRefused('notHub', () => kiosk.hello());
    expect(await world.hub().execute(draw())).toMatchObject({ ok: false, refusal: { type: 'unreachable' } });
    world.crashHub();
    expect(world.startHub().stats().epoch).toBe(epoch + 4);
    expect(await kiosk.hello({ epoch: epoch + 3 })).toMatchObject({ ok: true, epoch: epoch + 4 });
  });

  it('O7: a claim nobody can read is kept as rejected and decided by nobody', async () => {
    await kiosk.hello();
    const before = world.hub().state().rejections.length;
    expect(await kiosk.push([createForger('kiosk-1')('v1.ClaimMade', claim({ name: 'flyToTheMoon' }))])).toMatchObject({
      ok: true,
    });
    expect(world.hub().state().rejections.length).toBe(before + 1);
    expect(world.hub().state().openVisits.size).toBe(1);
  });

  it('O4: a position is known if its row is on the hub’s list, and only then', async () => {
    const { head } = world.hub().stats();
    const row = world.hubStore.rowAt(DAY, 2);
    const known = async (position: object) =>
      (await kiosk.hello({ position: { ...head, ...position } }))?.positionKnown;
    expect(await known({})).toBe(true);
    expect(await known({ n: 2, chain: row?.chain })).toBe(true);
    expect(await known({ n: 0, epoch: 0, chain: GENESIS_HASH })).toBe(true);
    expect(await known({ n: 2 })).toBe(false);
    expect(await known({ n: head.n + 1 })).toBe(false);
    expect(await known({ chain: 'f'.repeat(64) })).toBe(false);
    expect(await known({ day: addDays(DAY, -1) })).toBe(false);
  });

  it('D2: an event of a day to come is kept and changes nothing until then; one of a day gone never does', async () => {
    await kiosk.hello();
    const forge = createForger('kiosk-1');
    const before = { state: dayToJson(world.hub().state()), head: world.hub().stats().head };
    const future = forge('v1.ClaimMade', claim(draw('id-card', 'drawn-too-early-1')), { day: addDays(DAY, 300) });
    const past = forge('v1.ClaimMade', claim(draw('id-card', 'drawn-too-late-1')), { day: addDays(DAY, -1) });
    expect(await kiosk.push([future, past])).toMatchObject({ ok: true });
    expect({ state: dayToJson(world.hub().state()), head: world.hub().stats().head }).toEqual(before);
    expect(world.hubStore.unordered(addDays(DAY, 300))).toHaveLength(1);
    expect(world.hubStore.head(addDays(DAY, -1)).n).toBe(1);
  });

  it('O6: a claim journaled twice under one id is decided once', async () => {
    await kiosk.hello();
    const forge = createForger('kiosk-1');
    const sent = draw('id-card', 'claimed-twice-command');
    const before = world.hub().stats().head.n;
    await kiosk.push([forge('v1.ClaimMade', claim(sent)), forge('v1.ClaimMade', claim(sent))]);
    await kiosk.push([forge('v1.ClaimMade', claim(sent))]);
    const types = world.hubStore.entriesAfter(DAY, before, 10).map(({ event }) => event.type);
    expect(types).toEqual(['v1.ClaimMade', 'v1.ClaimDecided', 'v1.ClaimMade', 'v1.ClaimMade']);
    expect(world.hub().state().openVisits.size).toBe(2);
    expect(world.hub().state().rejections).toEqual([]);
  });

  it('O6: a claim withdrawn in the same breath is never granted', async () => {
    await kiosk.hello();
    const forge = createForger('kiosk-1');
    const sent = draw('id-card', 'withdrawn-command-1');
    expect(
      await kiosk.push([forge('v1.ClaimMade', claim(sent)), forge('v1.ClaimWithdrawn', { commandId: sent.commandId })]),
    ).toMatchObject({ ok: true });
    expect(world.hub().state().commands.get(sent.commandId)).toEqual({ status: 'withdrawn' });
    // Nothing was drawn and taken back either: the next number is the next one.
    const [next] = await Promise.all([world.hub().execute(draw()), world.settle()]);
    expect(next).toMatchObject({ value: { number: 'A0002' } });
    expect(world.hub().state().openVisits.size).toBe(2);
  });

  it('O6: a claim withdrawn after it was granted gives its number back as void', async () => {
    await kiosk.hello();
    const forge = createForger('kiosk-1');
    const sent = draw('id-card', 'withdrawn-command-2');
    await kiosk.push([forge('v1.ClaimMade', claim(sent))]);
    expect(world.hub().state().openVisits.size).toBe(2);
    await kiosk.push([forge('v1.ClaimWithdrawn', { commandId: sent.commandId })]);
    expect(world.hub().state().openVisits.size).toBe(1);
    const again = await Promise.all([world.hub().execute(draw()), world.settle()]);
    expect(again[0]).toMatchObject({ value: { number: 'A0003' } });
  });
});
