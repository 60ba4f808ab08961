/**
 * Taking back a ticket that nobody holds in hand: its claim was withdrawn, the kiosk found it neither printed nor
 * shown (rule N3), or a clerk undid "walk direct". The number is void from then on and never given again.
 */
import { releaseVisit } from '../counter/hold.ts';
import type { DayDraft } from '../day/day-draft.ts';
import { toBooked, toCancelled } from '../visit/moves.ts';
import type { Visit } from '../visit/visit.ts';
import { countWalkIn } from './contingent.ts';

/** Whether a visit is still where a ticket leads by itself. Who was served or parked has been seen: the ticket is real. */
const isUntouched = (visit: Visit): boolean =>
  visit.state === 'waiting' || visit.state === 'called' || visit.state === 'missed';

/** For the kiosk: also what was shown or printed can no longer be voided. */
export const whyNotVoidable = (visit: Visit): 'alreadyHandedOver' | null =>
  isUntouched(visit) && !visit.handedOver ? null : 'alreadyHandedOver';

/** Cancels a walk-in's visit, books an appointment's again. Refuses once the visitor was seen or the visit has ended. */
export function voidTicket(draft: DayDraft, visit: Visit): 'alreadyHandedOver' | null {
  if (!isUntouched(visit)) return 'alreadyHandedOver';
  if (visit.access === 'walkIn') {
    cancelTicket(draft, visit, 'withdrawn');
  } else {
    releaseVisit(draft, visit);
    draft.putVisit(toBooked(visit));
  }
  return null;
}

/** Cancels a visit whose number became void, and gives the contingent back. */
export function cancelTicket(draft: DayDraft, visit: Visit, reason: 'withdrawn' | 'mistake'): void {
  releaseVisit(draft, visit);
  draft.putVisit(toCancelled(visit, draft.at, reason));
  countWalkIn(draft, visit, -1);
}
