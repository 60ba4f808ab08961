/**
 * A device's conversation with its hub (rules P1, P3, O3, O4, T1), without I/O: a state and an input in, a state and
 * outputs out. The store is read and written here, synchronously; sockets, timers and folding are the engine's.
 *
 * hello, then each side gives what the other lacks: own events are pushed, ordered entries are pulled. At most one
 * request of each kind is under way; the next pull goes out before the batch in hand is looked at. Every message may be
 * lost, repeated, late or wrong; the worst that follows is to hang up and say hello again.
 */

import type { Sha256 } from '@aufruf/shared/lib/hash';
import type { LocalDate } from '@aufruf/shared/lib/time';
import { ANSWER_TIMEOUT_MS, BACKLOG_ALARM_MS, MAX_BATCH_EVENTS, SILENCE_MS } from '@aufruf/shared/protocol/limits';
import {
  type Head,
  headSchema,
  type OkAnswer,
  type OrderedEvent,
  PROTOCOL_MINIMUM,
  PROTOCOL_VERSION,
  type RequestBody,
  type RequestName,
  requestSchemas,
  type WireError,
} from '@aufruf/shared/protocol/messages';
import { eventKey, type JournalEvent, type JournalKey, journalKey } from '@aufruf/shared/sync/event';
import type { VersionVector } from '@aufruf/shared/sync/order';
import type { EventStore, OrderedEntry } from '../store/event-store.ts';
import { takeEntries, withOrdered } from './device-session-entries.ts';
import type {
  AlarmType,
  DeviceInput,
  DeviceNow,
  DeviceOutput,
  DeviceSessionState,
  DeviceStep,
  InFlight,
} from './device-session-state.ts';
import { eventsToHandOn } from './hand-on.ts';
import { batchOf } from './push-batch.ts';

export interface DeviceSession {
  /** From the store, as after a start. */
  initial(): DeviceSessionState;
  /** @throws StorageFault when the store refuses; the state before still holds then */
  step(state: DeviceSessionState, input: DeviceInput, now: DeviceNow): DeviceStep;
  /** Own events the hub is not known to hold. */
  eventsWaiting(state: DeviceSessionState): number;
}

export interface DeviceSessionOptions {
  /** Whether this device hands on what others wrote; a display does not (X8). */
  readonly handsOn?: () => boolean;
  /** Whom it takes the other side for; absent: a hub. */
  readonly to?: 'hub' | 'relay';
}

export function createDeviceSession(
  store: EventStore,
  sha256: Sha256,
  { handsOn = () => true, to = 'hub' }: DeviceSessionOptions = {},
): DeviceSession {
  const ownJournal = journalKey(store);

  /** How many events of own journals (this incarnation's and re-imported ones) the hub lacks. */
  function eventsWaiting({ hubHolds }: DeviceSessionState): number {
    let waiting = 0;
    for (const [key, seq] of Object.entries(ownHeld())) {
      const after = hubHolds[key] ?? 0;
      if (seq > after && canFollow(key as JournalKey, after)) waiting += seq - after;
    }
    return waiting;
  }

  function step(before: DeviceSessionState, input: DeviceInput, now: DeviceNow): DeviceStep {
    let state = before;
    const outputs: DeviceOutput[] = [];
    const set = (changes: Partial<DeviceSessionState>): void => {
      state = { ...state, ...changes };
    };
    const alarm = (type: AlarmType, detail: string): void => void outputs.push({ type: 'alarm', alarm: type, detail });
    const reset = (reason: string): void => {
      set({ link: 'down', requests: {}, received: null });
      outputs.push({ type: 'reset', reason });
    };

    function request<N extends RequestName>(name: N, body: RequestBody<N>): void {
      const id = state.nextRequest;
      const requests = { ...state.requests, [name]: { id, sentMonoMs: now.monoMs } };
      set({ nextRequest: id + 1, requests });
      outputs.push({ type: 'request', name, id, body });
    }

    function sayHello(): void {
      set({
        announcedSeq: store.journalHead(ownJournal).seq,
        // Another conversation may have moved on meanwhile: the hub's, or a relay's.
        day: store.readSetting('currentDay') as LocalDate | null,
        epoch: storedEpoch(),
        link: 'greeting',
        requests: {},
        received: null,
        hubHead: null,
        isCaughtUp: false,
        pushRefused: null,
      });
      request('sync:hello', {
        protocol: PROTOCOL_VERSION,
        protocolMinimum: PROTOCOL_MINIMUM,
        device: store.device,
        incarnation: store.incarnation,
        // All journals: a hub that lacks some of them, its own even, learns of it before it decides anything.
        versionVector: store.versionVector(),
        position: state.day === null ? null : store.head(state.day),
        epoch: state.epoch,
        deviceAt: now.wallAt,
        to,
      });
    }

    function onAnswer(name: RequestName, id: number, body: unknown) {
      const asked = state.requests[name];
      // An answer to an earlier connection's question, or a second one.
      if (asked === undefined || asked.id !== id) return;
      const parsed = requestSchemas[name].answer.safeParse(body);
      const { [name]: _, ...others } = state.requests;
      set({ requests: others });
      if (!parsed.success) {
        alarm('unreadable', `${name}: ${parsed.error.issues[0]?.message ?? 'wrong shape'}`);
        return reset('unreadable answer');
      }
      const answer = parsed.data;
      if (!answer.ok) return onRefusal(name, answer.error);
      set({ heardMonoMs: now.monoMs });
      if (name === 'sync:hello') onWelcome(answer as OkAnswer<'sync:hello'>, asked);
      else if (name === 'sync:push')
        set({
          hubHolds: { ...state.hubHolds, ...(answer as OkAnswer<'sync:push'>).through },
          handOn: state.handOn.slice(state.handingOn),
          handingOn: 0,
          unstoredMonoMs: null,
        });
      else onPulled(answer as OkAnswer<'sync:pull'>);
    }

    function onRefusal(name: RequestName, error: WireError) {
      // What this device wrote since reached the hub before the hello did, handed on by others (J6): said again, it is true.
      if (name === 'sync:hello' && isForked(error) && store.journalHead(ownJournal).seq > state.announcedSeq)
        return reset('the hello was overtaken');
      alarm(error.type, `${name}: ${error.detail}`);
      if (error.type === 'storageFailed') set({ unstoredMonoMs: state.unstoredMonoMs ?? now.monoMs });
      const isOthers = name === 'sync:push' && state.handingOn > 0;
      if (isForked(error) && !isOthers) outputs.push({ type: 'diskRefused' });
      if (isOthers && error.type !== 'storageFailed') return set({ handOn: [], handingOn: 0 });
      // A gap means the hub holds less than thought, a storage fault may pass: hello again sorts out both.
      const isFinal = name === 'sync:push' && error.type !== 'gap' && error.type !== 'storageFailed';
      if (isFinal) set({ pushRefused: error });
      else reset(`${name} refused: ${error.type}`);
    }

    function onWelcome(welcome: OkAnswer<'sync:hello'>, asked: InFlight) {
      if (welcome.epoch < state.epoch) {
        alarm('epochTooLow', `the hub has epoch ${welcome.epoch}, ${state.epoch} has been seen`);
        return reset('epoch too low');
      }
      const { day } = state;
      // With the hub's, a relay's, or alone: the position that was said is of a day that has been left.
      if (store.readSetting('currentDay') !== day) return reset('another day has been entered meanwhile');
      const first = day === null || welcome.day < day ? welcome.day : null;
      // Before the order it follows is dropped.
      const handOn = handsOn() ? eventsToHandOn(store, welcome.versionVector) : [];
      store.transact(() => {
        if (state.epoch !== welcome.epoch) store.writeSetting('epoch', String(welcome.epoch));
        if (!welcome.positionKnown && day !== null) store.dropOrder(day);
        store.attachSaved(welcome.versionVector);
        if (first !== null) store.writeSetting('currentDay', first);
      });
      const latencyMs = Math.round((now.monoMs - asked.sentMonoMs) / 2);
      set({
        link: 'live',
        epoch: welcome.epoch,
        hubDay: welcome.day,
        hubHolds: welcome.versionVector,
        handOn,
        handingOn: 0,
        mustPull: true,
        hubClock: { hubAt: welcome.hubAt + latencyMs, monoMs: now.monoMs },
      });
      if (!welcome.positionKnown && day !== null) outputs.push({ type: 'dropped', day });
      if (first !== null) enter(first);
    }

    /** After the setting is written. */
    function enter(day: LocalDate): void {
      set({ day, mustPull: true });
      outputs.push({ type: 'dayEntered', day });
    }

    /** Takes entries over; false when hanging up was the answer. */
    function take(entries: readonly OrderedEvent[], day: LocalDate, through: number): boolean {
      const result = takeEntries(entries, day, store, sha256);
      if (result.type === 'taken' && result.entries.length > 0) {
        spareHandOn(result.entries);
        set({ hubHolds: withOrdered(state.hubHolds, result.entries, store.device) });
        outputs.push({ type: 'ordered', day, entries: result.entries, through });
      }
      if (result.type === 'ahead') set({ mustPull: true });
      if (result.type === 'conflict') alarm('conflictingEvent', result.detail);
      if (result.type === 'unfit') alarm('wrongHash', result.detail);
      if (result.type !== 'unfit' && result.type !== 'conflict') return true;
      reset(result.detail);
      return false;
    }

    /** What others have handed on meanwhile need not be sent again; what is under way, at the front, stays. */
    function spareHandOn(entries: readonly OrderedEntry[]): void {
      const { handOn, handingOn } = state;
      if (handOn.length === handingOn) return;
      const ordered = new Set(entries.map(({ event }) => eventKey(event)));
      set({ handOn: handOn.filter((key, i) => i < handingOn || !ordered.has(key)) });
    }

    function onPulled(pulled: OkAnswer<'sync:pull'>) {
      const { entries, head, hubAt } = pulled;
      const { day, hubDay } = state;
      // An answer about a day that has been left meanwhile.
      if (day === null || hubDay === null || head.day !== day) return;
      set({ hubClock: { hubAt, monoMs: now.monoMs } });
      const last = entries.at(-1)?.row.n ?? head.n;
      if (last >= head.n) return takePulled(pulled);
      // The hub reads the next batch while this one is checked, committed and folded. Whether it fits shows when it is here.
      set({ received: pulled });
      request('sync:pull', { day, afterN: last });
      outputs.push({ type: 'work' });
    }

    function takePulled({ entries, head }: OkAnswer<'sync:pull'>) {
      const { day, hubDay } = state;
      if (day === null || hubDay === null || head.day !== day || !take(entries, day, head.n)) return;
      const own = store.head(day);
      if (own.n > head.n || (own.n === head.n && own.chain !== head.chain)) return reset('another order than the hub');
      if (own.n < head.n) return set({ mustPull: true });
      set({ mustPull: false, isCaughtUp: day === hubDay });
      if (day === hubDay) return;
      store.transact(() => store.writeSetting('currentDay', hubDay));
      enter(hubDay);
    }

    function onHint(name: string, body: unknown) {
      const parsed = name === 'sync:head' ? headSchema.safeParse(body) : null;
      if (!parsed?.success) return alarm('unreadable', `hint ${name.slice(0, 64)}`);
      if (state.link !== 'live') return;
      const { epoch } = parsed.data;
      if (epoch < state.epoch) return alarm('epochTooLow', `a head of epoch ${epoch} after ${state.epoch}`);
      if (epoch > state.epoch) return reset('the hub has a new epoch');
      onHead(parsed.data);
      const { day, hubDay } = state;
      if (day !== null && day > (hubDay ?? day)) reset('a day was opened before the hub, which goes on with its own');
    }

    function onHead({ position, hubAt, tail, check }: Head) {
      set({ heardMonoMs: now.monoMs, hubClock: { hubAt, monoMs: now.monoMs } });
      const { day, hubDay } = state;
      if (hubDay === null || position.day > hubDay) set({ hubDay: position.day, mustPull: true });
      if (day === null || position.day !== day) return;
      if (check !== null) outputs.push({ type: 'check', day, check });
      if (tail.length > 0 && !take(tail, day, position.n)) return;
      const own = store.head(day);
      if (own.n === position.n && own.chain !== position.chain) return reset('another order than the hub');
      // An older head that was overtaken says nothing new.
      if (own.n < position.n) set({ hubHead: position });
    }

    /** Asks and gives whatever is due. */
    function proceed(): void {
      if (state.link !== 'live') return;
      if (state.pushRefused === null && state.requests['sync:push'] === undefined) give();
      if (state.day !== null && state.requests['sync:pull'] === undefined) fetch(state.day);
    }

    function give(): void {
      const others = batchOf(state.handOn.slice(0, MAX_BATCH_EVENTS).flatMap((key) => store.event(key)?.event ?? []));
      set({ handingOn: others.length });
      const events = others.length > 0 ? others : nextBatch(state.hubHolds);
      if (events.length > 0) request('sync:push', { events: [...events], deviceAt: now.wallAt });
      // Others have brought it meanwhile, or it was stored after all: there is nothing the hub could not store.
      else if (state.unstoredMonoMs !== null) set({ unstoredMonoMs: null });
    }

    function fetch(day: LocalDate): void {
      const { hubHead, mustPull } = state;
      const { n } = store.head(day);
      const isBehind = hubHead !== null && hubHead.day === day && hubHead.n > n;
      if (mustPull || isBehind) request('sync:pull', { day, afterN: n });
    }

    function watchBacklog() {
      const count = eventsWaiting(state);
      const { backlog } = state;
      if (count === 0) return set({ backlog: null });
      if (backlog === null || count < backlog.count) {
        return set({ backlog: { sinceMonoMs: now.monoMs, count, isAlarmed: false } });
      }
      const isDue = now.monoMs - backlog.sinceMonoMs >= BACKLOG_ALARM_MS;
      if (isDue && !backlog.isAlarmed) alarm('backlog', `${count} events have waited for ${BACKLOG_ALARM_MS} ms`);
      set({ backlog: { ...backlog, count, isAlarmed: backlog.isAlarmed || isDue } });
    }

    switch (input.type) {
      case 'up':
        sayHello();
        break;
      case 'down':
        set({ link: 'down', requests: {}, received: null });
        break;
      case 'answer':
        onAnswer(input.name, input.id, input.body);
        break;
      case 'hint':
        onHint(input.name, input.body);
        break;
      case 'journaled':
        break;
      case 'work': {
        const { received } = state;
        set({ received: null });
        if (received !== null) takePulled(received);
        break;
      }
      case 'dayOpened':
        set({ isCaughtUp: false });
        enter(input.day);
        break;
      case 'tick': {
        // A hub that takes another connection for the newer one tells this one nothing.
        const deafFrom = state.link === 'live' ? (state.heardMonoMs ?? now.monoMs) + SILENCE_MS : now.monoMs;
        const oldest = Math.min(deafFrom, ...Object.values(state.requests).map(({ sentMonoMs }) => sentMonoMs));
        if (now.monoMs - oldest >= ANSWER_TIMEOUT_MS) reset('unanswered, or silent');
        watchBacklog();
        break;
      }
    }
    proceed();
    return { state, outputs };
  }

  const ownHeld = (): VersionVector => store.versionVector(store.device);

  /**
   * What others hold of a former disk's journal comes back with their order, and may have lost its beginning with that disk:
   * then it joins nothing the hub has (J1), and is not offered.
   */
  const canFollow = (key: JournalKey, after: number): boolean =>
    key === ownJournal || store.journalAfter(key, after, 1)[0]?.event.seq === after + 1;

  const storedEpoch = (): number => Number(store.readSetting('epoch') ?? '0');

  /** The next own events the hub lacks: at most MAX_BATCH_EVENTS and MAX_BATCH_BYTES, but always at least one. */
  function nextBatch(hubHolds: VersionVector): readonly JournalEvent[] {
    const held = ownHeld();
    const lacking = (Object.keys(held) as JournalKey[]).find((key) => {
      const after = hubHolds[key] ?? 0;
      return after < (held[key] ?? 0) && canFollow(key, after);
    });
    if (lacking === undefined) return [];
    const after = hubHolds[lacking] ?? 0;
    const events = store.journalAfter(lacking, after, MAX_BATCH_EVENTS).map(({ event }) => event);
    return batchOf(events.filter(({ seq }, i) => seq === after + 1 + i));
  }

  return {
    initial: () => ({
      link: 'down',
      day: store.readSetting('currentDay') as LocalDate | null,
      hubDay: null,
      epoch: storedEpoch(),
      announcedSeq: 0,
      hubHolds: { [ownJournal]: 0 },
      handOn: [],
      handingOn: 0,
      hubHead: null,
      requests: {},
      nextRequest: 1,
      mustPull: false,
      received: null,
      isCaughtUp: false,
      pushRefused: null,
      heardMonoMs: null,
      unstoredMonoMs: null,
      hubClock: null,
      backlog: null,
    }),
    step,
    eventsWaiting,
  };
}

/** J3: this journal and the one the other side knows have parted. */
const isForked = ({ type }: WireError): boolean => type === 'conflictingEvent' || type === 'wrongHash';
