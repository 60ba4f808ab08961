/**
 * A visit (Vorgang): one citizen's stay, from booking or ticket to its end.
 *
 * Invariants, held by `evolve` for every sequence of events:
 * - `call` is set exactly in `called`; `counterId` exactly in `called` and `serving`.
 * - at most one period is open, and it is the last one; a closed visit (finished, cancelled, expired) has none open.
 * - `arrivedAt` never changes once set: transfers and follow-ups keep number and arrival time.
 * - `revision` rises by one with every change, so that an undo can tell whether somebody else came between.
 */

import type { Language } from '../../i18n/languages.ts';
import type { CommandId, CounterId, KioskId, SeriesId, ServiceId, VisitId } from '../../lib/ids.ts';
import type { EpochMs } from '../../lib/time.ts';
import type { Access } from '../location-config/schema.ts';

export const VISIT_STATES = [
  'booked',
  'waiting',
  'called',
  'serving',
  'parked',
  'missed',
  'finished',
  'cancelled',
  'expired',
] as const;
export type VisitState = (typeof VISIT_STATES)[number];

/** States that end a visit for good (an undo apart). */
const CLOSED_STATES: readonly VisitState[] = ['finished', 'cancelled', 'expired'];

export const isClosed = (visit: Pick<Visit, 'state'>): boolean => CLOSED_STATES.includes(visit.state);

/** 0 none, 1 before everybody, 2 merged with appointments by time. */
export type Priority = 0 | 1 | 2;

export const PRIORITY_REASONS = ['disability', 'pregnancy', 'smallChildren', 'staffDecision'] as const;
export type PriorityReason = (typeof PRIORITY_REASONS)[number];

/** How a finished visit ended (Erledigungsart). */
export const OUTCOMES = ['done', 'documentsMissing', 'pickupLater', 'notResponsible', 'visitorLeft'] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** Why a visit is parked. Codes, not free text: events carry nothing personal. */
export const PARK_REASONS = [
  'fillsForm',
  'takesPhoto',
  'pays',
  'fetchesDocument',
  'waitsForColleague',
  'other',
] as const;
export type ParkReason = (typeof PARK_REASONS)[number];

export const CANCEL_REASONS = ['left', 'withdrawn', 'mistake'] as const;
export type CancelReason = (typeof CANCEL_REASONS)[number];

/** Kinds of spans a visit consists of; all statistics are sums over them. */
export type PeriodKind = 'waiting' | 'way' | 'serving' | 'parked' | 'missed';

export interface Period {
  readonly kind: PeriodKind;
  readonly startedAt: EpochMs;
  /** null while the period lasts. Never before `startedAt`. */
  readonly endedAt: EpochMs | null;
  readonly serviceId: ServiceId;
  readonly counterId: CounterId | null;
}

/** One service within a visit. The first open part is the one waited for or being served. */
export interface VisitPart {
  readonly serviceId: ServiceId;
  readonly state: 'open' | 'delivered' | 'dropped';
}

export interface TicketNumber {
  readonly seriesId: SeriesId;
  readonly value: number;
  /** What is printed, shown and spoken: `B207`. */
  readonly text: string;
}

export interface Call {
  /** Names this call; a recall keeps it. */
  readonly callId: CommandId;
  readonly counterId: CounterId;
  readonly calledAt: EpochMs;
  /** 1 for the call itself, one more for each recall: the display announces each value once. */
  readonly announcement: number;
  readonly announcedAt: EpochMs;
}

export type Origin =
  | { readonly kind: 'kiosk'; readonly kioskId: KioskId }
  | { readonly kind: 'counter'; readonly counterId: CounterId }
  | { readonly kind: 'portal' };

export interface Visit {
  readonly id: VisitId;
  readonly revision: number;
  readonly state: VisitState;
  /** null until the visitor is here: while booked, and for ever if a booking ends without a check-in. */
  readonly number: TicketNumber | null;
  readonly access: Access;
  /** Start of the appointment; null for walk-ins. */
  readonly appointmentAt: EpochMs | null;
  /** What the citizen types at the kiosk to check in; null for walk-ins. */
  readonly appointmentCode: string | null;
  readonly parts: readonly VisitPart[];
  readonly partySize: number;
  readonly language: Language;
  readonly priority: Priority;
  readonly priorityReason: PriorityReason | null;
  readonly origin: Origin;
  /** Ticket drawn or appointment checked in; null exactly when `number` is. */
  readonly arrivedAt: EpochMs | null;
  /** The place in the queue: `arrivedAt`, or the time of a requeue to the end. Orders within equal rank. */
  readonly queuedAt: EpochMs | null;
  /** Position in the day's log of the event that gave the place; breaks ties of `queuedAt`. */
  readonly queuedRow: number;
  /** Only this counter may call it by "next" (transfer to a counter); null = every counter that serves the service. */
  readonly reservedFor: CounterId | null;
  readonly call: Call | null;
  readonly counterId: CounterId | null;
  /** Announcements (call and recalls) since the visitor was last seen. */
  readonly unansweredCalls: number;
  readonly lastCalledAt: EpochMs | null;
  readonly parkReason: ParkReason | null;
  readonly outcome: Outcome | null;
  readonly cancelReason: CancelReason | null;
  /** Whether the citizen has the number in hand or saw it on the kiosk's screen (rule N3). */
  readonly handedOver: boolean;
  readonly periods: readonly Period[];
}
