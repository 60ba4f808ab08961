import type { DeviceId } from '@aufruf/shared/lib/ids';
import { addDays } from '@aufruf/shared/lib/local-time';
import type { LocalDate } from '@aufruf/shared/lib/time';
import {
  ANSWER_TIMEOUT_MS,
  BACKLOG_ALARM_MS,
  MAX_BATCH_BYTES,
  MAX_BATCH_EVENTS,
  SILENCE_MS,
} from '@aufruf/shared/protocol/limits';
import { journalKey } from '@aufruf/shared/sync/event';
import { beforeEach, describe, expect, it } from 'vitest';
import { createTestPlatform } from '../platform/test-platform.ts';
import type { EventStore } from '../store/event-store.ts';
import { createMemoryStore } from '../store/memory-store.ts';
import { createDeviceSession } from './device-session.ts';
import type { DeviceInput, DeviceOutput, DeviceSessionState } from './device-session-state.ts';
import { service } from './peer.ts';
import { createFakeHub, type FakeHub, HUB_AT } from './test/fake-hub.ts';

const DAY = '2026-11-23' as LocalDate;
const NEXT_DAY = '2026-11-24' as LocalDate;
const platform = createTestPlatform({ now: HUB_AT, seed: 5 });

let store: EventStore;
let hub: FakeHub;
let session: ReturnType<typeof createDeviceSession>;
let state: DeviceSessionState;
let monoMs: number;
let journal: string;

function feed(input: DeviceInput): readonly DeviceOutput[] {
  const result = session.step(state, input, { wallAt: HUB_AT, monoMs });
  state = result.state;
  return result.outputs;
}
const requestIn = (outputs: readonly DeviceOutput[], name: string) =>
  outputs.find((output) => output.type === 'request' && output.name === name) as
    | Extract<DeviceOutput, { type: 'request' }>
    | undefined;
const eventsOf = (push: { readonly body: unknown } | undefined) =>
  (push?.body as { readonly events: readonly { readonly seq: number }[] } | undefined)?.events ?? [];
const typesOf = (outputs: readonly DeviceOutput[]) =>
  outputs.map((output) => (output.type === 'request' ? output.name : output.type));
/** Answers the newest request of that name, which must be under way. */
function answer(name: 'sync:hello' | 'sync:push' | 'sync:pull', body: unknown): readonly DeviceOutput[] {
  const id = state.requests[name]?.id;
  if (id === undefined) throw new Error(`${name} is not under way`);
  const outputs = feed({ type: 'answer', name, id, body });
  // As the engine does, once the outputs before it are carried out.
  return outputs.at(-1)?.type === 'work' ? [...outputs.slice(0, -1), ...feed({ type: 'work' })] : outputs;
}
const write = (count: number, bytes = 0) =>
  store.transact(() =>
    store.append(
      Array.from({ length: count }, () => ({ day: DAY, type: 'v9.Made', payload: { text: 'x'.repeat(bytes) } })),
      { deviceAt: HUB_AT, monoMs: 0 },
    ),
  );
/** Says hello and pulls all the fake hub has. */
function catchUp(): void {
  feed({ type: 'up' });
  answer('sync:hello', hub.welcome());
  answer('sync:pull', hub.pulled(store.head(DAY).n));
}
const rows = () => store.head(DAY).n;

beforeEach(() => {
  store = createMemoryStore({ device: 'counter-1' as DeviceId, platform });
  hub = createFakeHub(DAY);
  session = createDeviceSession(store, platform.sha256);
  state = session.initial();
  monoMs = 1_000;
  journal = `counter-1/${store.incarnation}`;
});

describe('a device with its hub', () => {
  it('P1: says hello, enters the hub’s day, pulls what is missing in batches, and is caught up', () => {
    for (let i = 0; i < 450; i += 1) hub.order();
    const hello = requestIn(feed({ type: 'up' }), 'sync:hello');
    expect(hello?.body).toMatchObject({ device: 'counter-1', position: null, epoch: 0, versionVector: {} });
    expect(typesOf(answer('sync:hello', hub.welcome()))).toEqual(['dayEntered', 'sync:pull']);
    expect(store.readSetting('currentDay')).toBe(DAY);
    for (const from of [0, 200, 400]) {
      expect(state.isCaughtUp).toBe(false);
      answer('sync:pull', hub.pulled(from));
    }
    expect([rows(), state.isCaughtUp, state.requests]).toEqual([450, true, {}]);
  });

  it('P1: asks for the next batch before it looks at the one in hand; at most one pull is under way', () => {
    for (let i = 0; i < 450; i += 1) hub.order();
    feed({ type: 'up' });
    answer('sync:hello', hub.welcome());
    const pull = () => state.requests['sync:pull']?.id ?? 0;
    const first = feed({ type: 'answer', name: 'sync:pull', id: pull(), body: hub.pulled(0) });
    expect([typesOf(first), requestIn(first, 'sync:pull')?.body, rows()]).toEqual([
      ['sync:pull', 'work'],
      { day: DAY, afterN: 200 },
      0,
    ]);
    expect([typesOf(feed({ type: 'work' })), rows()]).toEqual([['ordered'], 200]);
    expect(typesOf(feed({ type: 'work' }))).toEqual([]);
    expect(typesOf(answer('sync:pull', hub.pulled(200)))).toEqual(['sync:pull', 'ordered']);
    // Nothing is left to ask for.
    expect(typesOf(answer('sync:pull', hub.pulled(400)))).toEqual(['ordered']);
    expect([rows(), state.isCaughtUp, state.requests]).toEqual([450, true, {}]);
  });

  it('D1, M4: a device that has opened a day while its hub was silent goes back when that speaks again of the day before', () => {
    catchUp();
    const next = addDays(DAY, 1);
    store.transact(() => store.writeSetting('currentDay', next));
    feed({ type: 'dayOpened', day: next });
    expect(typesOf(feed({ type: 'hint', name: 'sync:head', body: hub.head() }))).toEqual(['reset']);
    feed({ type: 'up' });
    expect(typesOf(answer('sync:hello', hub.welcome()))).toEqual(['dayEntered', 'sync:pull']);
    answer('sync:pull', hub.pulled(0));
    expect([state.day, state.isCaughtUp]).toEqual([DAY, true]);
  });

  it('D1, M2: a hello that is answered when a relay has led the device to another day is said again, of that day', () => {
    hub.order();
    catchUp();
    const next = addDays(DAY, 1);
    store.transact(() => store.writeSetting('currentDay', next));
    feed({ type: 'dayOpened', day: next });
    feed({ type: 'up' });
    // Said of the day opened alone; the relay is still on the day before.
    store.transact(() => store.writeSetting('currentDay', DAY));
    const tomorrow = createFakeHub(NEXT_DAY, 1, 'd');
    expect(typesOf(answer('sync:hello', tomorrow.welcome()))).toEqual(['reset']);
    expect(requestIn(feed({ type: 'up' }), 'sync:hello')?.body).toMatchObject({ position: { day: DAY, n: 1 } });
  });

  it('P1, O4: a batch that does not fit ends the conversation, and with it what was asked for ahead of it', () => {
    for (let i = 0; i < 450; i += 1) hub.order();
    feed({ type: 'up' });
    answer('sync:hello', hub.welcome());
    const { entries, ...rest } = hub.pulled(0) as { entries: (typeof hub.entries)[number][] };
    const bad = entries.map((entry, i) => (i === 150 ? { ...entry, row: { ...entry.row, receivedAt: 1 } } : entry));
    expect(typesOf(answer('sync:pull', { ...rest, entries: bad }))).toEqual(['sync:pull', 'alarm', 'reset']);
    expect([rows(), state.requests, state.received]).toEqual([0, {}, null]);
    feed({ type: 'up' });
    answer('sync:hello', hub.welcome());
    for (const from of [0, 200, 400]) answer('sync:pull', hub.pulled(from));
    expect([rows(), state.isCaughtUp]).toEqual([450, true]);
  });

  it('P1: a batch in hand when the connection is lost is not looked at any more', () => {
    for (let i = 0; i < 450; i += 1) hub.order();
    feed({ type: 'up' });
    answer('sync:hello', hub.welcome());
    feed({ type: 'answer', name: 'sync:pull', id: state.requests['sync:pull']?.id ?? 0, body: hub.pulled(0) });
    feed({ type: 'down' });
    expect([typesOf(feed({ type: 'work' })), rows()]).toEqual([[], 0]);
  });

  it('J1, X10: what others hold of a former disk’s journal, its beginning lost, is neither pushed nor waited for', () => {
    const former = createMemoryStore({ device: store.device, platform });
    const events = former.transact(() =>
      former.append(
        Array.from({ length: 5 }, () => ({ day: DAY, type: 'v9.Made', payload: {} })),
        { deviceAt: HUB_AT, monoMs: 0 },
      ),
    );
    // A relay had followed that disk since its third event.
    for (const { event } of events.slice(2)) hub.order(event);
    catchUp();
    write(1);
    const held = { [journalKey(former)]: 1 };
    feed({ type: 'up' });
    const pushed = requestIn(
      answer('sync:hello', hub.welcome({ versionVector: held, positionKnown: false })),
      'sync:push',
    );
    expect(eventsOf(pushed)).toMatchObject([{ incarnation: store.incarnation, seq: 1 }]);
    expect(session.eventsWaiting(state)).toBe(1);
    answer('sync:push', { ok: true, through: { [journal]: 1 } });
    expect([session.eventsWaiting(state), state.requests['sync:push']]).toEqual([0, undefined]);

    // Once somebody has brought what was missing, the rest is.
    feed({ type: 'up' });
    const rest = requestIn(
      answer('sync:hello', hub.welcome({ versionVector: { [journalKey(former)]: 2, [journal]: 1 } })),
      'sync:push',
    );
    expect(eventsOf(rest)).toMatchObject([{ seq: 3 }, { seq: 4 }, { seq: 5 }]);
  });

  it('P1: pushes what the hub lacks, one batch at a time, each after the answer to the one before', () => {
    write(MAX_BATCH_EVENTS + 5);
    feed({ type: 'up' });
    const first = requestIn(answer('sync:hello', hub.welcome()), 'sync:push');
    expect(eventsOf(first)).toHaveLength(MAX_BATCH_EVENTS);
    expect(typesOf(feed({ type: 'journaled' }))).toEqual([]);
    const second = requestIn(answer('sync:push', { ok: true, through: { [journal]: MAX_BATCH_EVENTS } }), 'sync:push');
    expect(eventsOf(second)).toHaveLength(5);
    expect(session.eventsWaiting(state)).toBe(5);
    answer('sync:push', { ok: true, through: { [journal]: MAX_BATCH_EVENTS + 5 } });
    expect([session.eventsWaiting(state), state.requests['sync:push']]).toEqual([0, undefined]);
  });

  it('P1: a batch stays within MAX_BATCH_BYTES; a single event may be larger', () => {
    write(3, MAX_BATCH_BYTES / 2);
    write(1, MAX_BATCH_BYTES + 1);
    feed({ type: 'up' });
    const sizes: number[] = [];
    let push = requestIn(answer('sync:hello', hub.welcome()), 'sync:push');
    while (push !== undefined) {
      const events = eventsOf(push);
      sizes.push(events.length);
      if (events.length > 1) expect(JSON.stringify(push.body).length).toBeLessThanOrEqual(MAX_BATCH_BYTES);
      push = requestIn(answer('sync:push', { ok: true, through: { [journal]: events.at(-1)?.seq } }), 'sync:push');
    }
    expect(sizes).toEqual([1, 1, 1, 1]);
  });

  it('J5: what the hub lacks is computed from its version vector, not remembered', () => {
    write(3);
    feed({ type: 'up' });
    const push = requestIn(answer('sync:hello', hub.welcome({ versionVector: { [journal]: 2 } })), 'sync:push');
    expect(eventsOf(push).map(({ seq }) => seq)).toEqual([3]);
  });

  it('P1: a head whose tail fits is taken without a pull', () => {
    hub.order();
    catchUp();
    const tail = [hub.order(), hub.order()];
    expect(typesOf(feed({ type: 'hint', name: 'sync:head', body: hub.head({ tail }) }))).toEqual(['ordered']);
    expect(rows()).toBe(3);
  });

  it('P1: a tail behind a gap is ignored and pulled; a repeated or older head changes nothing', () => {
    hub.order();
    catchUp();
    const early = hub.head();
    hub.order();
    const tail = [hub.order()];
    expect(typesOf(feed({ type: 'hint', name: 'sync:head', body: hub.head({ tail }) }))).toEqual(['sync:pull']);
    expect(rows()).toBe(1);
    answer('sync:pull', hub.pulled(1));
    expect(rows()).toBe(3);
    expect(typesOf(feed({ type: 'hint', name: 'sync:head', body: hub.head({ tail }) }))).toEqual([]);
    expect(typesOf(feed({ type: 'hint', name: 'sync:head', body: early }))).toEqual([]);
  });

  it('P1: a head without tail makes a device that is behind pull, and no other', () => {
    hub.order();
    catchUp();
    expect(typesOf(feed({ type: 'hint', name: 'sync:head', body: hub.head() }))).toEqual([]);
    hub.order();
    expect(typesOf(feed({ type: 'hint', name: 'sync:head', body: hub.head() }))).toEqual(['sync:pull']);
    expect(typesOf(feed({ type: 'hint', name: 'sync:head', body: hub.head() }))).toEqual([]);
  });

  it('O4: a position the hub does not know: the order rows are dropped, no event is, and all is fetched again', () => {
    hub.order();
    hub.order();
    catchUp();
    const held = store.versionVector();
    const other = createFakeHub(DAY, 2);
    for (const { event } of hub.entries.toReversed()) if (event) other.order(event);
    feed({ type: 'down' });
    feed({ type: 'up' });
    const outputs = answer('sync:hello', other.welcome({ positionKnown: false, versionVector: held }));
    expect(typesOf(outputs)).toEqual(['dropped', 'sync:pull']);
    expect([rows(), store.versionVector()]).toEqual([0, held]);
    answer('sync:pull', other.pulled(0));
    expect(store.head(DAY)).toEqual(other.position());
  });

  it('O4: a head that contradicts the own position leads to a new hello, which tells the position', () => {
    hub.order();
    catchUp();
    const other = createFakeHub(DAY);
    other.order();
    other.order();
    const position = { ...other.position(), n: 1 };
    expect(typesOf(feed({ type: 'hint', name: 'sync:head', body: hub.head({ position }) }))).toEqual(['reset']);
    expect(requestIn(feed({ type: 'up' }), 'sync:hello')?.body).toMatchObject({ position: hub.position() });
  });

  it('O3: a lower epoch is refused, in a hello and in a head, and said so in the next hello', () => {
    feed({ type: 'up' });
    answer('sync:hello', hub.welcome({ epoch: 7 }));
    answer('sync:pull', hub.pulled(0));
    hub.order();
    const low = feed({ type: 'hint', name: 'sync:head', body: hub.head({ epoch: 6 }) });
    expect(low).toEqual([{ type: 'alarm', alarm: 'epochTooLow', detail: 'a head of epoch 6 after 7' }]);
    feed({ type: 'down' });
    expect(requestIn(feed({ type: 'up' }), 'sync:hello')?.body).toMatchObject({ epoch: 7 });
    expect(typesOf(answer('sync:hello', hub.welcome({ epoch: 6 })))).toEqual(['alarm', 'reset']);
    expect([state.epoch, store.readSetting('epoch'), rows()]).toEqual([7, '7', 0]);
  });

  it('O3: a higher epoch in a head means another start of the hub: hello again', () => {
    catchUp();
    expect(typesOf(feed({ type: 'hint', name: 'sync:head', body: hub.head({ epoch: 2 }) }))).toEqual(['reset']);
  });

  it('D1: the old day is read to its end before the new one is entered', () => {
    hub.order();
    catchUp();
    hub.order();
    const tomorrow = createFakeHub(NEXT_DAY, 1, 'd');
    tomorrow.order();
    expect(typesOf(feed({ type: 'hint', name: 'sync:head', body: tomorrow.head() }))).toEqual(['sync:pull']);
    expect(typesOf(answer('sync:pull', hub.pulled(1)))).toEqual(['ordered', 'dayEntered', 'sync:pull']);
    expect([rows(), store.readSetting('currentDay'), state.day]).toEqual([2, NEXT_DAY, NEXT_DAY]);
    answer('sync:pull', tomorrow.pulled(0));
    expect([store.head(NEXT_DAY).n, state.isCaughtUp]).toEqual([1, true]);
  });

  it('D1: a device that was away at midnight first reads the old day to its end', () => {
    hub.order();
    catchUp();
    hub.order();
    const tomorrow = createFakeHub(NEXT_DAY, 1, 'd');
    feed({ type: 'down' });
    feed({ type: 'up' });
    const pull = requestIn(answer('sync:hello', tomorrow.welcome()), 'sync:pull');
    expect(pull?.body).toEqual({ day: DAY, afterN: 1 });
    expect(typesOf(answer('sync:pull', hub.pulled(1)))).toEqual(['ordered', 'dayEntered', 'sync:pull']);
    expect([rows(), state.day]).toEqual([2, NEXT_DAY]);
  });

  it('J1: a device that slept through days enters the new one; its journals of others have a gap there', () => {
    hub.order();
    catchUp();
    for (let i = 0; i < 10; i += 1) hub.order();
    const late = hub.order();
    const event = late.event && { ...late.event, day: NEXT_DAY };
    const tomorrow = createFakeHub(NEXT_DAY);
    if (event) tomorrow.order(event);
    feed({ type: 'down' });
    // Its old day is gone from the hub: deleted after the retention period.
    store.transact(() => store.writeSetting('currentDay', NEXT_DAY));
    state = session.initial();
    feed({ type: 'up' });
    answer('sync:hello', tomorrow.welcome());
    answer('sync:pull', tomorrow.pulled(0));
    expect(store.head(NEXT_DAY)).toEqual(tomorrow.position());
  });

  it('P3: a request unanswered for ANSWER_TIMEOUT_MS: hang up, then hello again', () => {
    catchUp();
    write(1);
    feed({ type: 'journaled' });
    monoMs += ANSWER_TIMEOUT_MS - 1;
    expect(typesOf(feed({ type: 'tick' }))).toEqual([]);
    monoMs += 1;
    expect(typesOf(feed({ type: 'tick' }))).toEqual(['reset']);
    feed({ type: 'down' });
    expect(typesOf(feed({ type: 'up' }))).toEqual(['sync:hello']);
  });

  it('P3: a connection on which nothing is heard for SILENCE_MS and ANSWER_TIMEOUT_MS: hang up, then hello again', () => {
    catchUp();
    monoMs += SILENCE_MS + ANSWER_TIMEOUT_MS - 1;
    expect(typesOf(feed({ type: 'tick' }))).toEqual([]);
    feed({ type: 'hint', name: 'sync:head', body: hub.head() });
    monoMs += SILENCE_MS + ANSWER_TIMEOUT_MS - 1;
    expect(typesOf(feed({ type: 'tick' }))).toEqual([]);
    monoMs += 1;
    expect(typesOf(feed({ type: 'tick' }))).toEqual(['reset']);
    feed({ type: 'down' });
    monoMs += SILENCE_MS + ANSWER_TIMEOUT_MS;
    expect(typesOf(feed({ type: 'tick' }))).toEqual([]);
    expect(typesOf(feed({ type: 'up' }))).toEqual(['sync:hello']);
  });

  it('P3: a backlog that does not shrink raises one alarm after BACKLOG_ALARM_MS', () => {
    write(2);
    feed({ type: 'tick' });
    const alarms = (afterMs: number) => {
      monoMs += afterMs;
      return feed({ type: 'tick' }).filter(({ type }) => type === 'alarm');
    };
    expect(alarms(BACKLOG_ALARM_MS - 1)).toEqual([]);
    expect(alarms(1)).toMatchObject([{ alarm: 'backlog' }]);
    expect(alarms(BACKLOG_ALARM_MS)).toEqual([]);
  });

  it('T1: the hub’s clock runs on by the monotonic clock', () => {
    feed({ type: 'up' });
    monoMs += 200;
    answer('sync:hello', hub.welcome());
    expect(state.hubClock).toEqual({ hubAt: HUB_AT + 100, monoMs });
  });

  it('S3, M1: a hub that cannot store is silent after SILENCE_MS, however often it says hello, and until it stores', () => {
    const is = () => service({ session, state, link: null as never, startedMonoMs: 0 }, monoMs);
    const full = { ok: false, error: { type: 'storageFailed', detail: 'no space left' } };
    catchUp();
    write(1);
    feed({ type: 'journaled' });
    expect(typesOf(answer('sync:push', full))).toEqual(['alarm', 'reset']);
    for (const served of [SILENCE_MS, SILENCE_MS + 1]) {
      monoMs = 1_000 + served;
      catchUp();
      expect(is()).toBe(served === SILENCE_MS ? 'current' : 'silent');
      answer('sync:push', full);
    }
    catchUp();
    answer('sync:push', { ok: true, through: { [journal]: 1 } });
    expect(is()).toBe('current');
  });

  it('S3, X10: a hub that holds everything after all, whoever brought it, can be asked again', () => {
    catchUp();
    write(1);
    feed({ type: 'journaled' });
    answer('sync:push', { ok: false, error: { type: 'storageFailed', detail: 'no space left' } });
    expect(state.unstoredMonoMs).not.toBeNull();
    feed({ type: 'up' });
    answer('sync:hello', { ...hub.welcome(), versionVector: { [journal]: 1 } });
    expect(state.unstoredMonoMs).toBeNull();
  });

  it('P1: a push the hub refuses for good stops pushing, not pulling, until the next connection', () => {
    write(1);
    feed({ type: 'up' });
    answer('sync:hello', hub.welcome());
    answer('sync:pull', hub.pulled(0));
    const refused = answer('sync:push', { ok: false, error: { type: 'notAllowed', detail: 'no' } });
    expect(typesOf(refused)).toEqual(['alarm']);
    hub.order();
    expect(typesOf(feed({ type: 'hint', name: 'sync:head', body: hub.head() }))).toEqual(['sync:pull']);
    feed({ type: 'down' });
    feed({ type: 'up' });
    expect(typesOf(answer('sync:hello', hub.welcome()))).toContain('sync:push');
  });
});

describe('messages to a device that are refused', () => {
  /** Nothing new is in the store, whatever was said. */
  function expectUntouched(say: () => readonly DeviceOutput[], outputs: readonly string[]): void {
    const before = { head: store.head(DAY), held: store.versionVector() };
    expect(typesOf(say())).toEqual(outputs);
    expect({ head: store.head(DAY), held: store.versionVector() }).toEqual(before);
  }

  beforeEach(() => {
    hub.order();
    catchUp();
  });

  it('O1: wrongHash - a row that is not chained, or carries another event, or runs backwards in epochs', () => {
    const good = hub.order();
    const other = createFakeHub(DAY);
    other.order();
    const foreign = other.order();
    for (const bad of [
      { ...good, row: { ...good.row, effectiveAt: good.row.effectiveAt - 1 } },
      { ...good, row: { ...good.row, chain: good.row.eventHash } },
      { ...good, event: foreign.event && { ...foreign.event, payload: { forged: true } } },
      { ...good, event: good.event && { ...good.event, deviceAt: 1 } },
      { ...good, event: good.event && { ...good.event, payload: { text: '\ud800' } } },
      { ...good, row: { ...good.row, day: NEXT_DAY } },
    ]) {
      const hint = { type: 'hint', name: 'sync:head', body: hub.head({ tail: [bad] }) } as const;
      expectUntouched(() => {
        const outputs = feed(hint);
        expect(outputs[0]).toMatchObject({ alarm: 'wrongHash' });
        return outputs;
      }, ['alarm', 'reset']);
      feed({ type: 'up' });
      answer('sync:hello', hub.welcome());
    }
  });

  it('J3: a hello that was overtaken by what this device wrote since is said again; the same word on a true one counts', () => {
    const refused = { ok: false, error: { type: 'conflictingEvent', detail: `${journal} was longer once` } };
    write(1);
    feed({ type: 'up' });
    write(1);
    expect(typesOf(answer('sync:hello', refused))).toEqual(['reset']);
    feed({ type: 'down' });
    feed({ type: 'up' });
    expect(typesOf(answer('sync:hello', refused))).toEqual(['alarm', 'diskRefused', 'reset']);
  });

  it('J3: conflictingEvent - an own event the hub has and this disk has not', () => {
    const own = {
      ...(hub.order().event as NonNullable<(typeof hub.entries)[0]['event']>),
      device: 'counter-1' as DeviceId,
    };
    const later = createFakeHub(DAY);
    for (const { event } of hub.entries.slice(0, 1)) if (event) later.order(event);
    const { row } = later.order({ ...own, incarnation: store.incarnation });
    expectUntouched(
      () => feed({ type: 'hint', name: 'sync:head', body: later.head({ tail: [{ row, event: null }] }) }),
      ['alarm', 'reset'],
    );
  });

  it('malformed - a hint or answer that is torn, unknown or of another shape', () => {
    expectUntouched(() => feed({ type: 'hint', name: 'sync:head', body: { position: 1 } }), ['alarm']);
    expectUntouched(() => feed({ type: 'hint', name: 'sync:tail', body: hub.head() }), ['alarm']);
    expectUntouched(() => feed({ type: 'hint', name: 'sync:head', body: undefined }), ['alarm']);
    hub.order();
    feed({ type: 'hint', name: 'sync:head', body: hub.head() });
    expectUntouched(() => answer('sync:pull', { ok: true, entries: 'all of them' }), ['alarm', 'reset']);
  });

  it('P1: an answer that comes twice, or to an earlier connection, changes nothing', () => {
    hub.order();
    feed({ type: 'hint', name: 'sync:head', body: hub.head() });
    const { id } = state.requests['sync:pull'] ?? { id: 0 };
    feed({ type: 'down' });
    feed({ type: 'up' });
    expectUntouched(() => feed({ type: 'answer', name: 'sync:pull', id, body: hub.pulled(1) }), []);
    answer('sync:hello', hub.welcome());
    expectUntouched(() => feed({ type: 'answer', name: 'sync:pull', id, body: hub.pulled(1) }), []);
    answer('sync:pull', hub.pulled(1));
    expectUntouched(() => feed({ type: 'answer', name: 'sync:pull', id: id + 2, body: hub.pulled(1) }), []);
  });

  it('P1: a head before the hello is answered is not trusted', () => {
    feed({ type: 'down' });
    feed({ type: 'up' });
    const tail = [hub.order()];
    expectUntouched(() => feed({ type: 'hint', name: 'sync:head', body: hub.head({ tail }) }), []);
  });

  it('O4: a pull that ends before the own position leads to a new hello', () => {
    const shorter = createFakeHub(DAY);
    hub.order();
    feed({ type: 'hint', name: 'sync:head', body: hub.head() });
    expectUntouched(() => answer('sync:pull', shorter.pulled(0)), ['reset']);
  });
});
