/**
 * What a granted claim got goes back when its author withdraws it (rule O6): a number becomes void, a called ticket
 * returns to its old place, a transfer or an opened counter is taken back if nothing happened since. What has moved on
 * by other hands stays as it is; what cannot be given back any more (a visitor in service) refuses.
 */
import type { CommandId, CounterId } from '../../lib/ids.ts';
import type { RefusalType } from '../commands.ts';
import type { UndoableAction } from '../counter/counter.ts';
import { releaseVisit } from '../counter/hold.ts';
import type { DayDraft } from '../day/day-draft.ts';
import type { Fact, FactPayload } from '../facts.ts';
import { voidTicket } from '../ticket/void-ticket.ts';
import { undoAction } from '../undo/undo-action.ts';
import { changeVisit, toCancelled } from '../visit/moves.ts';
import { isClosed, type Period } from '../visit/visit.ts';

/** null = given back, or nothing left to give back. Otherwise why not; the draft must be dropped then. */
export function giveBack(draft: DayDraft, commandId: CommandId, facts: readonly Fact[]): RefusalType | null {
  // The last fact says where the command ended: a visitor registered, called and served at once is in service.
  const fact = facts.at(-1);
  switch (fact?.type) {
    case undefined:
      return null;
    case 'v1.TicketIssued':
    case 'v1.AppointmentCheckedIn':
      return giveBackTicket(draft, fact.payload);
    case 'v1.AppointmentBooked':
      return giveBackBooking(draft, fact.payload);
    case 'v1.VisitCalled':
      return giveBackCall(draft, fact.payload);
    case 'v1.ConfigurationPublished':
      // Devices obey it already; a further version corrects it.
      return 'versionNotHigher';
    case 'v1.CounterOpened':
    case 'v1.VisitArrived':
    case 'v1.VisitResumed':
    case 'v1.VisitTransferred':
      return giveBackAction(draft, commandId, fact.payload.counterId);
    default:
      // No claim ends in another fact; what a device decided by itself is undone, not withdrawn.
      return 'changedSince';
  }
}

function giveBackTicket(
  draft: DayDraft,
  { visitId, number }: FactPayload<'v1.TicketIssued' | 'v1.AppointmentCheckedIn'>,
) {
  const visit = draft.visit(visitId);
  // Voided before, or checked in a second time under another number: this number is void already.
  if (visit === undefined || isClosed(visit) || visit.number?.text !== number.text) return null;
  return voidTicket(draft, visit);
}

function giveBackBooking(draft: DayDraft, { visitId }: FactPayload<'v1.AppointmentBooked'>) {
  const visit = draft.visit(visitId);
  if (visit === undefined || isClosed(visit)) return null;
  if (visit.state !== 'booked') return 'alreadyCheckedIn';
  draft.putVisit(toCancelled(visit, draft.at, 'withdrawn'));
  return null;
}

/** The call did not happen: place, time of the last call and unanswered calls are what they were before it. */
function giveBackCall(draft: DayDraft, { commandId, visitId, counterId }: FactPayload<'v1.VisitCalled'>) {
  const visit = draft.visit(visitId);
  // A visit in service is never taken away (rule O8).
  if (visit?.state === 'serving' && visit.counterId === counterId) return 'changedSince';
  if (visit?.call?.callId !== commandId) return null;

  const counter = draft.counter(counterId);
  const before = counter.undoable.find((action) => action.commandId === commandId)?.visitBefore ?? null;
  const isMissed = visit.periods.at(-2)?.kind === 'missed';
  releaseVisit(draft, visit);
  draft.putVisit(
    changeVisit(visit, {
      state: isMissed ? 'missed' : 'waiting',
      call: null,
      counterId: null,
      unansweredCalls: before?.unansweredCalls ?? 0,
      lastCalledAt: before?.lastCalledAt ?? null,
      // The way to the counter was none: the wait before it goes on.
      periods: reopenWait(visit.periods),
    }),
  );
  // The call and its recalls are gone; nothing of them is left to undo.
  const undoable = counter.undoable.filter((action) => !isOfCall(action, commandId, visitId));
  draft.putCounter({ ...draft.counter(counterId), undoable });
  return null;
}

/** Without the way, and the wait before it open again, for the service chosen by now. */
function reopenWait(periods: readonly Period[]): readonly Period[] {
  const [waited, way] = periods.slice(-2);
  if (waited === undefined || way === undefined) return periods;
  return [...periods.slice(0, -2), { ...waited, endedAt: null, serviceId: way.serviceId }];
}

const isOfCall = (
  action: UndoableAction,
  callId: CommandId,
  visitId: FactPayload<'v1.VisitCalled'>['visitId'],
): boolean =>
  action.commandId === callId || (action.visitId === visitId && action.visitBefore?.call?.callId === callId);

function giveBackAction(draft: DayDraft, commandId: CommandId, counterId: CounterId): RefusalType | null {
  const action = draft.counter(counterId).undoable.find((one) => one.commandId === commandId);
  return action === undefined ? 'changedSince' : undoAction(draft, counterId, action, 'withdrawn');
}
