/** What a hub says to `sync:ask` (rule O6) when it is too early, too late, too much or not the sender's to ask. */
import { createMemoryStore } from '@aufruf/engine/store/memory-store';
import { jsonBytes } from '@aufruf/shared/bridge/json-size';
import { DAY } from '@aufruf/shared/domain/views/test/fixtures';
import { addDays } from '@aufruf/shared/lib/local-time';
import type { Head, RequestBody } from '@aufruf/shared/protocol/messages';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MAX_CLAIM_BYTES } from './decisions.ts';
import { callNext, draw } from './test/commands.ts';
import { type FailingStore, withFailures } from './test/failing-store.ts';
import { createRawDevice, type RawDevice } from './test/raw-device.ts';
import { createWorld, type World } from './test/world.ts';

let world: World;
let hubDisk: FailingStore;
let kiosk: RawDevice;
const ask = (over: Partial<RequestBody<'sync:ask'>> = {}) =>
  kiosk.ask('sync:ask', { day: DAY, seq: 1, command: draw(), ...over });

beforeEach(async () => {
  world = createWorld({
    openStore: (device, platform) => {
      const disk = withFailures(createMemoryStore({ device, platform }));
      if (device === 'hub') hubDisk = disk;
      return disk;
    },
  });
  kiosk = createRawDevice(world, 'kiosk-2');
  await kiosk.hello();
});
afterEach(() => world.close());

describe('questions that a hub does not answer with a decision', () => {
  it('O6: too early or too late: another day, another place in the journal, a command that has its outcome', async () => {
    const before = world.hub().stats().head.n;
    expect(await ask({ day: addDays(DAY, 1) })).toEqual({ ok: true, head: null });
    expect(await ask({ seq: 2 })).toEqual({ ok: true, head: null });
    expect(world.hub().stats().head.n).toBe(before);
    const sent = draw();
    expect(await ask({ command: sent })).toMatchObject({ ok: true, head: { position: { n: before + 1 } } });
    expect(await ask({ command: sent })).toEqual({ ok: true, head: null });
  });

  it('O3: a new hub that is still waiting for its devices decides nothing yet', async () => {
    world.crashHub();
    world.replaceHubDisk();
    world.startHub({ mayHavePredecessor: true });
    kiosk = createRawDevice(world, 'kiosk-2', 'e'.repeat(32), 'kiosk-2-again');
    await kiosk.hello();
    expect(await ask()).toEqual({ ok: true, head: null });
  });

  it('X8: what its sender may not claim, and what is no command', async () => {
    const before = world.hub().stateHash();
    expect(await ask({ command: callNext('counter-1') })).toMatchObject({ error: { type: 'notAllowed' } });
    expect(await ask({ command: { ...draw(), name: 'sellTicket' } })).toMatchObject({ error: { type: 'malformed' } });
    expect(await ask({ command: {} })).toMatchObject({ error: { type: 'malformed' } });
    expect(await ask({ seq: 0 })).toMatchObject({ error: { type: 'malformed' } });
    const display = createRawDevice(world, 'display-1', 'f'.repeat(32));
    await display.hello();
    expect(await display.ask('sync:ask', { day: DAY, seq: 1, command: draw() })).toMatchObject({
      error: { type: 'notAllowed' },
    });
    const stranger = createRawDevice(world, 'counter-9');
    expect(await stranger.ask('sync:ask', { day: DAY, seq: 1, command: draw() })).toMatchObject({
      error: { type: 'helloFirst' },
    });
    expect(world.hub().stateHash()).toBe(before);
  });

  it('S3: a hub whose disk is full says so, and nothing has happened', async () => {
    hubDisk.failNext(2);
    expect(await ask()).toMatchObject({ ok: false, error: { type: 'storageFailed' } });
    expect(world.hub().state().openVisits.size).toBe(0);
  });

  it('a question of more than MAX_CLAIM_BYTES is refused; one of so many is looked at', async () => {
    const sized = (bytes: number) => {
      const body = { day: DAY, seq: 1, command: { filler: '' } };
      return { ...body, command: { filler: 'x'.repeat(bytes - (jsonBytes(body) ?? 0)) } };
    };
    expect(await kiosk.ask('sync:ask', sized(MAX_CLAIM_BYTES))).toMatchObject({ error: { type: 'malformed' } });
    expect(await kiosk.ask('sync:ask', sized(MAX_CLAIM_BYTES + 1))).toMatchObject({ error: { type: 'tooLarge' } });
  });

  it('P1: the answer says where the order stands, as a head does', async () => {
    const { position, tail } = ((await ask()) as { readonly head: Head } & object).head;
    expect(position).toEqual(world.hub().stats().head);
    expect(tail.at(-1)).toMatchObject({ row: { n: position.n }, event: { type: 'v1.ClaimDecided' } });
  });
});
