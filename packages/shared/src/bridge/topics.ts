/**
 * The one gate for topics, and how each is computed: a pure function of the day's state, its parameters, the time and
 * the sync status. Values are computed for a (topic, parameters) pair, never for a caller, so that one computation
 * serves all who watch.
 */
import type { DayState } from '../domain/day/day-state.ts';
import { callBoard } from '../domain/views/call-board.ts';
import { counterDesk } from '../domain/views/counter-desk.ts';
import { counterList } from '../domain/views/counter-list.ts';
import { counterQueue } from '../domain/views/counter-queue.ts';
import { hubOverview } from '../domain/views/hub-overview.ts';
import { kioskMenu } from '../domain/views/kiosk-menu.ts';
import { locationView } from '../domain/views/location-view.ts';
import { ticketView } from '../domain/views/ticket-view.ts';
import type { SyncStatus } from '../domain/views/view-schemas.ts';
import { type Result, refuse } from '../lib/result.ts';
import { type EpochMs, SECOND_MS } from '../lib/time.ts';
import type { MachineView } from '../takeover/machine.ts';
import type { BridgeRefusal } from './bridge.ts';
import { foreignStation } from './dispatch.ts';
import { refuseMalformed } from './refuse-malformed.ts';
import type { Caller, Role } from './roles.ts';
import { type TopicName, type TopicParams, type TopicValue, topicTable } from './topic-table.ts';
import { subscribeMessageSchema } from './wire.ts';

/** Values that change with time alone (calling order, opening hours, the host's clock) are looked at this often. */
export const TICK_MS = 5 * SECOND_MS;

/** What a topic is computed from. */
export interface TopicSources {
  readonly state: DayState;
  readonly now: EpochMs;
  readonly syncStatus: SyncStatus;
  /** Null: the host is a hub. */
  readonly machine: MachineView | null;
}

/** A topic with parameters that fit it. */
export type TopicRequest = { [T in TopicName]: { readonly topic: T; readonly params: TopicParams<T> } }[TopicName];

/** A subscription that passed: what to watch, and the number under which the caller wants the values. */
export interface AcceptedSubscription {
  readonly subscription: number;
  readonly request: TopicRequest;
}

/** Checks a subscription: shape, name, role, parameters, station. Never throws, whatever the message is. */
export function checkSubscription(caller: Caller, message: unknown): Result<AcceptedSubscription, BridgeRefusal> {
  const envelope = subscribeMessageSchema.safeParse(message);
  if (!envelope.success) return refuseMalformed('message', envelope.error);
  const { subscription, topic, params } = envelope.data;
  if (!isTopicName(topic)) return refuse({ type: 'unknownName', detail: `no topic "${topic}"` });
  const roles: readonly Role[] = topicTable[topic].roles;
  if (!roles.includes(caller.role)) {
    return refuse({ type: 'notAllowed', detail: `${topic} is not for the role ${caller.role}` });
  }
  const parsed = topicTable[topic].params.safeParse(params);
  if (!parsed.success) return refuseMalformed('params', parsed.error);
  const foreign = foreignStation(caller, parsed.data);
  if (foreign !== null) return refuse({ type: 'notAllowed', detail: foreign });
  return { ok: true, value: { subscription, request: { topic, params: parsed.data } as TopicRequest } };
}

const isTopicName = (name: string): name is TopicName => Object.hasOwn(topicTable, name);

/** Computes a topic. Null where the location has no such thing (or no configuration yet). */
export function topicValue(
  request: TopicRequest,
  { state, now, syncStatus, machine }: TopicSources,
): TopicValue<TopicName> {
  switch (request.topic) {
    case 'syncStatus':
      return syncStatus;
    case 'location':
      return locationView(state);
    case 'kioskMenu':
      return kioskMenu(state, request.params.kioskId, now);
    case 'ticket':
      return ticketView(state, request.params.visitId, now);
    case 'callBoard':
      return callBoard(state, request.params.displayId, now);
    case 'counterList':
      return counterList(state);
    case 'counterQueue':
      return counterQueue(state, request.params.counterId, now);
    case 'hubOverview':
      return hubOverview(state, request.params.counterId, { mode: syncStatus.mode, machine });
    case 'counterDesk':
      return counterDesk(state, request.params.counterId, now);
  }
}

/**
 * The part of a value that makes it worth sending again. The host's clock runs on without end: it alone is worth a
 * message once per tick, which keeps the screens' clocks right, and not with every change.
 */
export function significantPart(topic: TopicName, value: TopicValue<TopicName>): unknown {
  if (topic !== 'syncStatus') return value;
  const status = value as SyncStatus;
  return { ...status, hostAt: Math.floor(status.hostAt / TICK_MS) };
}
