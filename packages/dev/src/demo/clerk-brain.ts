/**
 * What a simulated clerk does next, from what a clerk's screen shows. Pure: asked again with the same view it answers
 * the same, so that it can be asked as often as one likes, and every choice about a visit follows from the seed and the
 * visit alone. Lively, but believable: about a visit a minute and counter.
 */
import type { CommandInput } from '@aufruf/shared/domain/commands';
import type { CounterDesk, CounterQueue, LocationView, QueueEntry } from '@aufruf/shared/domain/views/view-schemas';
import { PARK_REASONS } from '@aufruf/shared/domain/visit/visit';
import type { ServiceId, SessionId } from '@aufruf/shared/lib/ids';
import { type EpochMs, SECOND_MS } from '@aufruf/shared/lib/time';
import { type Chance, chanceFor } from '../replay/seeded.ts';

export interface ClerkView {
  readonly desk: CounterDesk;
  readonly queue: CounterQueue;
  readonly location: LocationView;
  readonly now: EpochMs;
}

/** The commands a simulated clerk gives; each at its own counter. */
type ClerkCommandName =
  | 'openCounter'
  | 'endBreak'
  | 'beginBreak'
  | 'callNext'
  | 'recall'
  | 'markArrived'
  | 'markNoShow'
  | 'finish'
  | 'park'
  | 'resume'
  | 'transfer'
  | 'addFollowUp';
export type ClerkMove = {
  [N in ClerkCommandName]: { readonly name: N; readonly input: CommandInput<N> };
}[ClerkCommandName];

/** `leave`: somebody else sits here now, or the day is over. Null: nothing to do yet. */
export type ClerkDecision = ClerkMove | 'leave' | null;

/** Between two visits a clerk takes a breath. */
const BREATH_MS = { from: 3 * SECOND_MS, to: 9 * SECOND_MS };
const WAY_MS = { from: 5 * SECOND_MS, to: 14 * SECOND_MS };
const RECALL_AFTER_MS = 18 * SECOND_MS;
const NO_SHOW_AFTER_MS = 18 * SECOND_MS;
const SERVICE_MS = { from: 25 * SECOND_MS, to: 80 * SECOND_MS };
const PARKED_MS = { from: 40 * SECOND_MS, to: 90 * SECOND_MS };
const BREAK_MS = { from: 40 * SECOND_MS, to: 120 * SECOND_MS };
const SHARE_NO_SHOW = 0.06;
const SHARE_RECALL = 0.08;
const SHARE_PARK = 0.1;
const SHARE_TRANSFER = 0.06;
const SHARE_FOLLOW_UP = 0.05;
const MAX_CLERKS = 8;
/** Of all moments with an empty queue; a clerk looks once a second. */
const SHARE_BREAK = 0.02;

const within = (chance: Chance, { from, to }: { readonly from: number; readonly to: number }): number =>
  from + chance.unit() * (to - from);

const pick = <T>(chance: Chance, items: readonly T[]): T | undefined => items[Math.floor(chance.unit() * items.length)];

export function decideClerkMove(view: ClerkView, sessionId: SessionId, seed: number): ClerkDecision {
  const { desk, location } = view;
  const { counterId } = desk;
  if (location.dayStatus !== 'open') return 'leave';
  if (desk.presence === 'closed') return { name: 'openCounter', input: { counterId, sessionId, takeOver: false } };
  if (desk.sessionId !== sessionId) return 'leave';
  if (desk.presence === 'break') {
    const over = desk.since + within(chanceFor(seed, `break ${counterId} ${desk.since}`), BREAK_MS);
    return view.now >= over || hasNext(view.queue) ? { name: 'endBreak', input: { counterId } } : null;
  }
  if (desk.visit === null) return whileFree(view, seed);
  return desk.visit.state === 'called' ? whileCalled(view, desk.visit, seed) : whileServing(view, desk.visit, seed);
}

const hasNext = (queue: CounterQueue): boolean => queue.waiting.some((entry) => entry.blocked === null);

function whileFree({ desk, queue, now }: ClerkView, seed: number): ClerkDecision {
  const { counterId } = desk;
  // The desk does not tell when the last visit went; a second's share of chance makes a breath of the same length.
  const moment = chanceFor(seed, `free ${counterId} ${Math.floor(now / SECOND_MS)}`);
  const breath = 1 / ((BREATH_MS.from + BREATH_MS.to) / 2 / SECOND_MS);
  const back = queue.parked.find(
    (entry) => now >= entry.since + within(chanceFor(seed, `parked ${entry.visitId}`), PARKED_MS),
  );
  if (moment.unit() >= breath) return null;
  if (back !== undefined) return { name: 'resume', input: { counterId, visitId: back.visitId } };
  if (hasNext(queue)) return { name: 'callNext', input: { counterId } };
  return moment.unit() < SHARE_BREAK ? { name: 'beginBreak', input: { counterId, reason: 'pause' } } : null;
}

function whileCalled({ desk, now }: ClerkView, visit: QueueEntry, seed: number): ClerkDecision {
  const { counterId, announcement } = desk;
  const chance = chanceFor(seed, `way ${visit.visitId} ${desk.calledAt ?? 0}`);
  const unit = chance.unit();
  const calledAt = desk.calledAt ?? visit.since;
  const comesAt = within(chance, WAY_MS);
  const waited = now - calledAt;
  if (unit < SHARE_NO_SHOW) {
    if (announcement < 2) return waited >= RECALL_AFTER_MS ? { name: 'recall', input: { counterId } } : null;
    return waited >= RECALL_AFTER_MS + NO_SHOW_AFTER_MS ? { name: 'markNoShow', input: { counterId } } : null;
  }
  if (unit < SHARE_NO_SHOW + SHARE_RECALL) {
    if (announcement < 2) return waited >= RECALL_AFTER_MS ? { name: 'recall', input: { counterId } } : null;
    return waited >= RECALL_AFTER_MS + comesAt ? { name: 'markArrived', input: { counterId } } : null;
  }
  return waited >= comesAt ? { name: 'markArrived', input: { counterId } } : null;
}

function whileServing({ desk, location, now }: ClerkView, visit: QueueEntry, seed: number): ClerkDecision {
  const { counterId } = desk;
  const since = desk.servingSince ?? visit.since;
  const chance = chanceFor(seed, `service ${visit.visitId} ${since}`);
  if (now < since + within(chance, SERVICE_MS)) return null;
  const unit = chance.unit();
  const other = otherService(location, desk, visit, chance);
  if (unit < SHARE_PARK) {
    const reason = pick(chance, PARK_REASONS) ?? 'other';
    return { name: 'park', input: { counterId, reason } };
  }
  if (other !== undefined && unit < SHARE_PARK + SHARE_TRANSFER)
    return { name: 'transfer', input: { counterId, serviceId: other.serviceId, reservedFor: null } };
  // One follow-up at a time, so that no visit goes on for ever.
  if (other?.own === true && visit.serviceIds.length === 1 && unit < SHARE_PARK + SHARE_TRANSFER + SHARE_FOLLOW_UP)
    return { name: 'addFollowUp', input: { counterId, serviceId: other.serviceId } };
  const outcome = unit > 0.97 ? 'documentsMissing' : unit > 0.9 ? 'pickupLater' : 'done';
  return {
    name: 'finish',
    input: { counterId, outcome, deliveredServiceIds: outcome === 'done' ? [...visit.serviceIds] : [] },
  };
}

/** Another service some counter serves; `own`: this one does. */
function otherService(
  location: LocationView,
  desk: CounterDesk,
  visit: QueueEntry,
  chance: Chance,
): { readonly serviceId: ServiceId; readonly own: boolean } | undefined {
  const own = location.counters.find((counter) => counter.id === desk.counterId)?.serviceIds ?? [];
  const served = [...new Set(location.counters.flatMap((counter) => counter.serviceIds))];
  const serviceId = pick(
    chance,
    served.filter((each) => !visit.serviceIds.includes(each)),
  );
  return serviceId === undefined ? undefined : { serviceId, own: own.includes(serviceId) };
}

/**
 * Which counters simulated clerks take: at most half, evenly over the list, and never all, so that a person finds a
 * free one. Counters where somebody sits are left alone.
 */
export function countersForClerks<T extends { readonly presence: string; readonly sessionId: string | null }>(
  counters: readonly T[],
  isOwn: (sessionId: string) => boolean,
): readonly T[] {
  const most = Math.min(Math.floor(counters.length / 2), MAX_CLERKS);
  const free = counters.filter(
    ({ presence, sessionId }) => presence === 'closed' || (sessionId !== null && isOwn(sessionId)),
  );
  const step = Math.max(1, free.length / Math.max(1, most));
  return Array.from({ length: Math.min(most, free.length) }, (_, index) => free[Math.floor(index * step)]).filter(
    (counter) => counter !== undefined,
  );
}
