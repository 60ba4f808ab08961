/**
 * What gives a visit its place at a counter: rank, key, reason and block. `calling-order.ts` explains the rules; this
 * file applies them to one visit at a time, so that a single place can be found without sorting everybody.
 */
import type { CounterId, ServiceId } from '../../lib/ids.ts';
import { type EpochMs, MINUTE_MS } from '../../lib/time.ts';
import type { CallingPolicy } from '../location-config/schema.ts';
import type { BlockReason, PlaceReason } from '../views/view-schemas.ts';
import type { Visit } from '../visit/visit.ts';
import { openServiceId } from './open-service.ts';

/** Priority 1 counts as if it had queued so many times `agingAfterMin` earlier. */
export const PRIORITY_HEAD_START = 4;
/** Whoever has waited so many times `agingAfterMin` is overdue: fallback counts as primary, the ratio rests. */
const OVERDUE = 2;

/** What the calling order must know of a counter. */
export interface ServingCounter {
  readonly id: CounterId;
  readonly primaryServiceIds: readonly ServiceId[];
  readonly fallbackServiceIds: readonly ServiceId[];
}

export const RANKS = { front: 0, rear: 1, fallbackFront: 2, fallbackRear: 3 } as const;
export type Rank = (typeof RANKS)[keyof typeof RANKS];

export interface Ranked {
  readonly visit: Visit;
  readonly rank: Rank;
  /** Orders within the rank, ms: the visit's time less its head start. Lower first. */
  readonly key: number;
  readonly reason: PlaceReason;
  readonly overdue: boolean;
  readonly blocked: BlockReason | null;
  readonly blockedUntil: EpochMs | null;
}

/** The spans of a policy in ms, so that they are multiplied once a list and not once a visit. */
interface Spans {
  readonly aging: number;
  readonly early: number;
  readonly late: number;
  readonly pause: number;
}

/** A ranking for one counter at one moment: answers null for visits that do not wait for this counter. */
export function createRanking(
  now: EpochMs,
  counter: ServingCounter,
  policy: CallingPolicy,
): (visit: Visit) => Ranked | null {
  const primary: ReadonlySet<ServiceId> = new Set(counter.primaryServiceIds);
  const fallback: ReadonlySet<ServiceId> = new Set(counter.fallbackServiceIds);
  const spans: Spans = {
    aging: policy.agingAfterMin * MINUTE_MS,
    early: policy.appointmentEarlyMin * MINUTE_MS,
    late: policy.appointmentLateMin * MINUTE_MS,
    pause: policy.pauseBetweenCallsMin * MINUTE_MS,
  };

  return (visit) => {
    const serviceId = visit.state === 'waiting' ? openServiceId(visit) : null;
    if (serviceId === null) return null;
    const isPrimary = primary.has(serviceId);
    return isPrimary || fallback.has(serviceId) ? rankVisit(visit, isPrimary, now, counter.id, spans) : null;
  };
}

function rankVisit(visit: Visit, isPrimary: boolean, now: EpochMs, counterId: CounterId, spans: Spans): Ranked {
  const { appointmentAt, priority } = visit;
  const queuedAt = queuedAtOf(visit);
  // An appointment's turn is never before its time; one that came a little late queues from its check-in.
  const time = appointmentAt === null ? queuedAt : Math.max(appointmentAt, queuedAt);
  const overdue = now - time >= OVERDUE * spans.aging;
  const standing: Standing = {
    counted: isPrimary || overdue,
    aged: now - time >= spans.aging,
    // Lateness is a matter of arrival: a requeue to the end does not make a punctual visitor late.
    late: appointmentAt !== null && (visit.arrivedAt ?? queuedAt) > appointmentAt + spans.late,
    reserved: visit.reservedFor === counterId,
  };
  const headStart = (priority === 1 ? PRIORITY_HEAD_START * spans.aging : 0) + (standing.reserved ? spans.aging : 0);
  const block = blockOf(visit, standing, now, spans);
  return {
    visit,
    rank: rankFor(visit, standing),
    key: time - headStart,
    reason: reasonFor(visit, standing),
    overdue,
    blocked: block?.reason ?? null,
    blockedUntil: block?.until ?? null,
  };
}

interface Standing {
  /** Ranks among the primary services: it is one, or it is overdue. */
  readonly counted: boolean;
  /** Has waited `agingAfterMin`. */
  readonly aged: boolean;
  /** An appointment that checked in beyond `appointmentLateMin`. */
  readonly late: boolean;
  /** Reserved for this counter. */
  readonly reserved: boolean;
}

const isPunctual = (visit: Visit, standing: Standing): boolean => visit.appointmentAt !== null && !standing.late;

function rankFor(visit: Visit, standing: Standing): Rank {
  const inFront = visit.priority !== 0 || standing.aged || isPunctual(visit, standing);
  if (standing.counted) return inFront ? RANKS.front : RANKS.rear;
  return inFront ? RANKS.fallbackFront : RANKS.fallbackRear;
}

function reasonFor(visit: Visit, standing: Standing): PlaceReason {
  if (!standing.counted) return 'fallbackService';
  if (visit.priority === 1) return 'priorityFirst';
  if (standing.reserved) return 'reservedForThisCounter';
  if (visit.priority === 2) return 'priorityMerged';
  if (isPunctual(visit, standing)) return 'appointmentDue';
  if (standing.aged) return 'waitedLong';
  return standing.late ? 'lateAppointment' : 'walkIn';
}

interface Block {
  readonly reason: BlockReason;
  readonly until: EpochMs | null;
}

function blockOf(visit: Visit, standing: Standing, now: EpochMs, spans: Spans): Block | null {
  if (visit.reservedFor !== null && !standing.reserved) return { reason: 'reservedForOther', until: null };
  const dueAt = isPunctual(visit, standing) ? (visit.appointmentAt ?? 0) - spans.early : now;
  const pauseEndsAt = visit.lastCalledAt === null ? now : visit.lastCalledAt + spans.pause;
  if (now >= dueAt && now >= pauseEndsAt) return null;
  // Of two blocks the one that lasts longer is named.
  return pauseEndsAt > dueAt
    ? { reason: 'calledRecently', until: pauseEndsAt }
    : { reason: 'appointmentNotDue', until: dueAt };
}

/** `waiting` visits always have a place in time; the fallback only keeps the function total. */
const queuedAtOf = (visit: Visit): EpochMs => visit.queuedAt ?? visit.arrivedAt ?? 0;

/** Negative if `a` stands before `b`, blocks aside. Total: only a visit and itself are equal. */
export function compareRanked(a: Ranked, b: Ranked): number {
  return (
    a.rank - b.rank ||
    a.key - b.key ||
    queuedAtOf(a.visit) - queuedAtOf(b.visit) ||
    a.visit.queuedRow - b.visit.queuedRow ||
    // Code points, never localeCompare (rule O7). Reached only by visits queued by one and the same event.
    (a.visit.id < b.visit.id ? -1 : a.visit.id > b.visit.id ? 1 : 0)
  );
}
