/**
 * The hub's side of one connection, without I/O: a session and a message in, a session and outputs out. Every message is
 * checked here for size, shape, version and rights; a refused one is answered with its name and changes nothing.
 * What a push needs beyond that (gaps, hashes, order) is checked by the sequencer inside its transaction.
 */
import type { EventStore, OrderedEntry } from '@aufruf/engine/store/event-store';
import { jsonBytes } from '@aufruf/shared/bridge/json-size';
import { refuseMalformed } from '@aufruf/shared/bridge/refuse-malformed';
import type { LocationConfig } from '@aufruf/shared/domain/location-config/schema';
import type { DeviceId, Incarnation } from '@aufruf/shared/lib/ids';
import type { EpochMs, LocalDate } from '@aufruf/shared/lib/time';
import { MAX_BATCH_BYTES, MAX_BATCH_EVENTS, MAX_MESSAGE_BYTES } from '@aufruf/shared/protocol/limits';
import {
  type OrderedEvent,
  PROTOCOL_MINIMUM,
  PROTOCOL_VERSION,
  protocolRangeSchema,
  type RequestBody,
  type RequestName,
  requestSchemas,
  type WireError,
} from '@aufruf/shared/protocol/messages';
import { eventKey, HUB_DEVICE, isOfHub, journalKey } from '@aufruf/shared/sync/event';
import type { Position, VersionVector } from '@aufruf/shared/sync/order';
import type { JournalPlace } from './asked-claims.ts';
import { type PushedEvent, readAsked, readPushed } from './claims-in-push.ts';
import { type Ask, MAX_CLAIM_BYTES } from './decisions.ts';
import type { Contact } from './effective-at.ts';
import { type DeviceRole, deviceRole, isRelay, mayClaim, mayPush } from './hub-core-rights.ts';
import type { Push } from './sequencer-push.ts';

export type Session =
  | { readonly phase: 'new' }
  | {
      readonly phase: 'greeted';
      readonly device: DeviceId;
      readonly incarnation: Incarnation;
      /** `hub`: another hub, whose place this one has taken; it hands its journal on like a device (M5). */
      readonly role: DeviceRole | 'hub';
      readonly contact: Contact;
      /** It takes this for a relay: the hub is at that one's address by now, and what its device has with a hub goes before (M5). */
      readonly wantsRelay: boolean;
      /** How far the last answer to a pull went. */
      readonly readTo?: { readonly day: LocalDate; readonly n: number };
    }
  /** A newer connection said hello with the same incarnation. */
  | { readonly phase: 'replaced' };
export type GreetedSession = Extract<Session, { phase: 'greeted' }>;

export type SessionOutput =
  | { readonly type: 'answer'; readonly body: unknown }
  /** For the sequencer; its answer is the answer. */
  | { readonly type: 'push'; readonly push: Push }
  /** For the sequencer; what is decided belongs into the answer. */
  | { readonly type: 'ask'; readonly ask: Ask }
  /** The device has gone on to a later day: what it had asked of this one it holds, to the end (J5). */
  | { readonly type: 'holdsDay'; readonly day: LocalDate; readonly device: DeviceId }
  | ({ readonly type: 'greeted' } & Greeting)
  /** Devices hold more of this hub's own journal than it does: its disk was set back (J3). */
  | { readonly type: 'rolledBack' }
  /**
   * A device has seen a higher epoch (O3). `isReplaced`: and holds more of another hub's journal than this one has ever heard
   * of: that one came after (M5).
   */
  | { readonly type: 'higherEpoch'; readonly epoch: number; readonly isReplaced: boolean }
  /** Another hub of this location, which may have taken this one's place, or takes this one for its own successor (M5). */
  | { readonly type: 'askedByHub' }
  /** A device knows another hub, whose disk is lost. Once this is noted, the same message may be looked at again. */
  | { readonly type: 'predecessor'; readonly epoch: number };

/** A hello that is answered. */
export interface Greeting {
  /** What the device holds, of all journals. */
  readonly announced: VersionVector;
  /** Where its own journal ends. */
  readonly end: JournalPlace;
  /** The first on its connection; a later one may have been overtaken by what was sent behind it. */
  readonly isFirst: boolean;
}

export interface StepResult {
  readonly session: Session;
  readonly outputs: readonly SessionOutput[];
}

/** What a session may read of its hub. */
export interface HubView {
  readonly epoch: number;
  /** True once told of a higher epoch: this hub orders nothing any more (O3). */
  readonly hasSteppedDown: boolean;
  /** It asks whether it was replaced, and greets no device meanwhile; other hubs are answered, or two would ask for ever (M5). */
  readonly isAsking?: boolean;
  /** This is a relay (M2): it takes what the hub itself wrote, from whoever holds it. */
  readonly isRelay: boolean;
  /**
   * Whether another hub was here before, on a disk that is lost (O3). `possible`: this one's disk is new, and nobody has
   * spoken of another yet. `unlikely`: the same, but devices have been heard, and only one that has never followed this
   * hub can tell of one before; whoever has tells of one that came after. `known`: this one takes what that hub wrote,
   * from whoever holds it, or from itself. Absent: no.
   */
  readonly predecessor?: 'possible' | 'unlikely' | 'known';
  /** Own events before it took the place: who holds no more of them has not followed it since. Absent: none. */
  readonly ownBefore?: number;
  readonly day: LocalDate;
  readonly config: LocationConfig | null;
  readonly store: Pick<EventStore, 'device' | 'incarnation' | 'versionVector' | 'rowAt' | 'entriesAfter' | 'head'>;
  /** Whether this incarnation is served on another connection, as by a relay: what it sends there may be here first (M5). */
  isServedAsRelay(incarnation: Incarnation): boolean;
  /** When a device was last heard; 0 when never. */
  lastHeardAt(device: DeviceId): EpochMs;
}

export function stepSession(session: Session, name: string, body: unknown, hub: HubView, now: EpochMs): StepResult {
  const refused = (type: WireError['type'], detail: string, outputs: readonly SessionOutput[] = []): StepResult => ({
    session,
    outputs: [...outputs, { type: 'answer', body: { ok: false, error: { type, detail } } }],
  });

  const bytes = jsonBytes(body);
  if (bytes === null) return refused('malformed', 'the message has no body');
  if (bytes > MAX_MESSAGE_BYTES) return refused('tooLarge', `${bytes} bytes, at most ${MAX_MESSAGE_BYTES}`);
  if (!isRequestName(name)) return refused('malformed', `no such request: ${name.slice(0, 64)}`);
  if (session.phase === 'replaced') return refused('duplicateIncarnation', 'another connection uses this incarnation');

  if (name === 'sync:hello') {
    const range = protocolRangeSchema.safeParse(body);
    if (range.success && (range.data.protocol < PROTOCOL_MINIMUM || range.data.protocolMinimum > PROTOCOL_VERSION)) {
      return refused('updateNeeded', `this hub speaks ${PROTOCOL_MINIMUM} to ${PROTOCOL_VERSION}`);
    }
  }
  const parsed = requestSchemas[name].request.safeParse(body);
  if (!parsed.success) return refused('malformed', refuseMalformed(name, parsed.error).refusal.detail ?? '');
  if (name === 'sync:hello') {
    const hello = parsed.data as RequestBody<'sync:hello'>;
    return hub.isRelay && hello.to === 'hub' ? refused('notHub', 'this is a relay') : greet(hello);
  }
  if (session.phase !== 'greeted') return refused('helloFirst', `${name} before sync:hello`);
  if (hub.hasSteppedDown) return refused('notHub', 'a higher epoch has been seen');
  switch (name) {
    case 'sync:push':
      return push(session, parsed.data as RequestBody<'sync:push'>, bytes);
    case 'sync:ask':
      return ask(session, parsed.data as RequestBody<'sync:ask'>, bytes);
    case 'sync:pull':
      return pull(session, parsed.data as RequestBody<'sync:pull'>);
  }

  function greet(hello: RequestBody<'sync:hello'>): StepResult {
    const { device, incarnation, versionVector, position, epoch, to } = hello;
    const isOtherHub = device === HUB_DEVICE && incarnation !== hub.store.incarnation;
    const mayBeOther = isOtherHub && (hub.predecessor === 'known' || hub.predecessor === 'possible');
    const role = mayBeOther ? 'hub' : deviceRole(device, hub.config);
    const asked: readonly SessionOutput[] = isOtherHub ? [{ type: 'askedByHub' }] : [];
    if (role === null) return refused('unknownDevice', `${device} is not in the configuration`, asked);
    const held = hub.store.versionVector();
    const ownJournal = journalKey(hub.store);
    if ((versionVector[ownJournal] ?? 0) > (held[ownJournal] ?? 0)) {
      return refused('conflictingEvent', `${ownJournal} was longer once: this hub's disk has been set back`, [
        { type: 'rolledBack' },
      ]);
    }
    const other = whyOtherHub(versionVector, epoch);
    if (other !== null) return other;
    if (hub.isAsking && !isOtherHub) return refused('notHub', 'it is asked who the hub is');
    const journal = journalKey(hello);
    if ((held[journal] ?? 0) > (versionVector[journal] ?? 0) && !hub.isServedAsRelay(incarnation)) {
      return refused('conflictingEvent', `${journal} was longer once: this disk has been rolled back or cloned`);
    }
    const end: JournalPlace = { device, incarnation, seq: versionVector[journal] ?? 0 };
    const isFirst = session.phase === 'new';
    const contact: Contact = { helloAt: now, heldAtHello: versionVector, previousContactAt: hub.lastHeardAt(device) };
    const answer = {
      ok: true,
      epoch: hub.epoch,
      day: hub.day,
      hubAt: now,
      // Of all journals: what the hub lacks of others' the device hands on (J6).
      versionVector: held,
      positionKnown: isKnown(position),
    };
    return {
      session: { phase: 'greeted', device, incarnation, role, contact, wantsRelay: to === 'relay' },
      outputs: [
        ...asked,
        { type: 'greeted', announced: versionVector, end, isFirst },
        { type: 'answer', body: answer },
      ],
    };
  }

  /** The refusal of a hub that another one came before, or after. */
  function whyOtherHub(announced: VersionVector, epoch: number): StepResult | null {
    if (tellsOfPredecessor(announced, epoch)) {
      return refused('epochTooLow', 'another hub was here before', [{ type: 'predecessor', epoch }]);
    }
    if (epoch > hub.epoch) {
      const cameAfter = hub.predecessor !== 'known' || hasFollowed(announced);
      const isReplaced = !hub.isRelay && cameAfter && knowsMoreOfOthers(announced);
      const told: SessionOutput = { type: 'higherEpoch', epoch, isReplaced };
      return refused('epochTooLow', `this hub has epoch ${hub.epoch}, the device has seen ${epoch}`, [told]);
    }
    return hub.hasSteppedDown ? refused('notHub', 'a higher epoch has been seen') : null;
  }

  /** Of a hub that was here before, and that this one, when it took the place, did not hear of (O3). */
  function tellsOfPredecessor(announced: VersionVector, epoch: number): boolean {
    const isPossible = hub.predecessor === 'possible' || (hub.predecessor === 'unlikely' && !hasFollowed(announced));
    return isPossible && (epoch > hub.epoch || Object.keys(announced).some(isOtherHubs));
  }

  /** This hub, since it has taken the place. */
  function hasFollowed(announced: VersionVector): boolean {
    return (announced[journalKey(hub.store)] ?? 0) > (hub.ownBefore ?? 0);
  }

  function isOtherHubs(key: string): boolean {
    return isOfHub(key) && key !== journalKey(hub.store);
  }

  /** More of other hubs' journals than is held here. */
  function knowsMoreOfOthers(announced: VersionVector): boolean {
    const held = hub.store.versionVector();
    return Object.entries(announced).some(([key, seq]) => isOtherHubs(key) && seq > (held[key] ?? 0));
  }

  /** O4: whether the device's order is a beginning of the hub's. */
  function isKnown(position: Position | null): boolean {
    if (position === null || position.n === 0) return true;
    return hub.store.rowAt(position.day, position.n)?.chain === position.chain;
  }

  function push(from: GreetedSession, { events, deviceAt }: RequestBody<'sync:push'>, size: number): StepResult {
    if (events.length > 1 && size > MAX_BATCH_BYTES) {
      return refused('tooLarge', `${size} bytes in a batch, at most ${MAX_BATCH_BYTES}`);
    }
    const pushed = events.map(readPushed);
    for (const one of pushed) {
      const refusal = whyNotTaken(from, one);
      if (refusal !== null) return refused(refusal, `${one.event.type} of ${eventKey(one.event)} from a ${from.role}`);
    }
    const { contact } = from;
    return {
      session,
      outputs: [{ type: 'push', push: { events: pushed, sentAt: deviceAt, receivedAt: now, contact } }],
    };
  }

  function ask(from: GreetedSession, { command: asked, day, seq }: RequestBody<'sync:ask'>, size: number): StepResult {
    if (hub.isRelay) return refused('notHub', 'a relay is not asked before it is told');
    if (size > MAX_CLAIM_BYTES) return refused('tooLarge', `${size} bytes, at most ${MAX_CLAIM_BYTES}`);
    const command = readAsked(asked);
    if (command === null) return refused('malformed', 'sync:ask: not a command of this version');
    if (from.role === 'hub' || !mayClaim(from.role, command))
      return refused('notAllowed', `${command.name} from a ${from.role}`);
    const { device, incarnation } = from;
    return { session, outputs: [{ type: 'ask', ask: { command, place: { device, incarnation, seq }, day } }] };
  }

  /** A device hands on what others wrote (J6), within the rights of whoever wrote it; a display hands on nothing (X8). */
  function whyNotTaken(from: GreetedSession, pushed: PushedEvent): 'forgedAuthor' | 'notAllowed' | null {
    const { event } = pushed;
    const isOwn = event.device === from.device && from.role !== 'hub';
    if (from.role === 'display' && !isOwn) return 'notAllowed';
    if (event.device === HUB_DEVICE) return takesHubEvents(event.incarnation) ? null : 'forgedAuthor';
    // Others' may be of a device that only a later configuration knows, which is on its way too.
    if (hub.predecessor === 'known' && !isOwn) return null;
    const author = deviceRole(event.device, hub.config);
    // Where nobody stands in for the hub, nobody has anything of others that the hub lacks.
    const mayLack = isOwn || hub.isRelay || (hub.config?.sync?.relays.length ?? 0) > 0;
    if (author === null || !mayLack) return 'forgedAuthor';
    return mayTake(author, pushed) ? null : 'notAllowed';
  }

  function takesHubEvents(author: Incarnation): boolean {
    return hub.isRelay || (hub.predecessor === 'known' && author !== hub.store.incarnation);
  }

  function mayTake(role: DeviceRole, pushed: PushedEvent): boolean {
    return mayPush(role, pushed, isRelay(pushed.event.device, hub.config));
  }

  function pull(from: GreetedSession, { day, afterN }: RequestBody<'sync:pull'>): StepResult {
    const entries: OrderedEvent[] = [];
    let size = 0;
    for (const { row, event } of batchAfter(hub.store, day, afterN)) {
      const isOwn = event.device === from.device && event.incarnation === from.incarnation;
      const entry: OrderedEvent = { row, event: isOwn ? null : event };
      size += jsonBytes(entry) ?? 0;
      if (entries.length > 0 && size > MAX_BATCH_BYTES) break;
      entries.push(entry);
    }
    const { readTo: before, device } = from;
    const holds =
      before !== undefined && before.day < day && before.n === hub.store.head(before.day).n ? before.day : null;
    return {
      session: { ...from, readTo: { day, n: entries.at(-1)?.row.n ?? afterN } },
      outputs: [
        { type: 'answer', body: { ok: true, entries, head: hub.store.head(day), hubAt: now } },
        ...(holds === null ? [] : [{ type: 'holdsDay', day: holds, device } as const]),
      ],
    };
  }
}

/** Entries read at a time: MAX_BATCH_BYTES mostly ends a batch long before MAX_BATCH_EVENTS does. */
const READ_ENTRIES = 25;

/** At most MAX_BATCH_EVENTS, read as they are wanted. */
function* batchAfter(store: Pick<EventStore, 'entriesAfter'>, day: LocalDate, afterN: number): Iterable<OrderedEntry> {
  for (let read = 0; read < MAX_BATCH_EVENTS; read += READ_ENTRIES) {
    const entries = store.entriesAfter(day, afterN + read, Math.min(READ_ENTRIES, MAX_BATCH_EVENTS - read));
    yield* entries;
    if (entries.length < READ_ENTRIES) return;
  }
}

const isRequestName = (name: string): name is RequestName => Object.hasOwn(requestSchemas, name);
