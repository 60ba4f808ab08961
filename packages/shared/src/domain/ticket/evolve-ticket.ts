/** How tickets and appointments come to be: issued, handed over, voided, booked, checked in. */
import type { SeriesId } from '../../lib/ids.ts';
import type { DayDraft } from '../day/day-draft.ts';
import type { EvolverTable } from '../evolver.ts';
import { changeVisit, toWaiting } from '../visit/moves.ts';
import { nextPeriod } from '../visit/periods.ts';
import type { TicketNumber, Visit } from '../visit/visit.ts';
import { isCodeTaken } from './code-taken.ts';
import { countWalkIn } from './contingent.ts';
import { useNumber } from './number-series.ts';
import { voidTicket, whyNotVoidable } from './void-ticket.ts';

/** Marks a number as used. False if it was used before on this day (rule X2). */
function takeNumber(draft: DayDraft, number: TicketNumber): boolean {
  const config = draft.info().config?.series.find((one) => one.id === number.seriesId) ?? null;
  const series = useNumber(number, draft.series(number.seriesId as SeriesId), config);
  if (series !== null) draft.putSeries(series);
  return series !== null;
}

/** What every new visit begins with. */
const newVisit = {
  revision: 1,
  reservedFor: null,
  call: null,
  counterId: null,
  unansweredCalls: 0,
  lastCalledAt: null,
  parkReason: null,
  outcome: null,
  cancelReason: null,
  handedOver: false,
  periods: [],
} as const satisfies Partial<Visit>;

export const ticketEvolvers: EvolverTable<
  'v1.TicketIssued' | 'v1.TicketHandedOver' | 'v1.TicketVoided' | 'v1.AppointmentBooked' | 'v1.AppointmentCheckedIn'
> = {
  'v1.TicketIssued': (
    draft,
    { visitId, number, serviceIds, origin, language, partySize, priority, priorityReason },
  ) => {
    if (draft.visit(visitId) !== undefined || !takeNumber(draft, number)) return 'takenByOther';
    const visit: Visit = {
      ...newVisit,
      id: visitId,
      state: 'waiting',
      number,
      access: 'walkIn',
      appointmentAt: null,
      appointmentCode: null,
      parts: serviceIds.map((serviceId) => ({ serviceId, state: 'open' })),
      partySize,
      language,
      priority,
      priorityReason: priority === 0 ? null : priorityReason,
      origin,
      arrivedAt: draft.at,
      queuedAt: draft.at,
      queuedRow: draft.row,
    };
    draft.putVisit({ ...visit, periods: nextPeriod(visit, 'waiting', draft.at, null) });
    countWalkIn(draft, visit, 1);
    return null;
  },

  'v1.TicketHandedOver': (draft, { visitId }) => {
    const visit = draft.visit(visitId);
    if (visit === undefined || visit.number === null) return 'unknownVisit';
    // Shown first and printed after, or reported twice: the citizen has the number all the same.
    if (!visit.handedOver) draft.putVisit(changeVisit(visit, { handedOver: true }));
    return null;
  },

  'v1.TicketVoided': (draft, { visitId }) => {
    const visit = draft.visit(visitId);
    if (visit === undefined || visit.number === null) return 'unknownVisit';
    return whyNotVoidable(visit) ?? voidTicket(draft, visit);
  },

  'v1.AppointmentBooked': (draft, { visitId, code, serviceIds, startsAt, partySize, language }) => {
    if (draft.visit(visitId) !== undefined) return 'takenByOther';
    if (isCodeTaken(draft.visitByCode(code))) return 'codeTaken';
    draft.putVisit({
      ...newVisit,
      id: visitId,
      state: 'booked',
      number: null,
      access: 'appointment',
      appointmentAt: startsAt,
      appointmentCode: code,
      parts: serviceIds.map((serviceId) => ({ serviceId, state: 'open' })),
      partySize,
      language,
      priority: 0,
      priorityReason: null,
      origin: { kind: 'portal' },
      arrivedAt: null,
      queuedAt: null,
      queuedRow: 0,
    });
    return null;
  },

  'v1.AppointmentCheckedIn': (draft, { visitId, number, origin }) => {
    const visit = draft.visit(visitId);
    if (visit === undefined) return 'unknownAppointment';
    if (visit.state !== 'booked') return 'alreadyCheckedIn';
    if (!takeNumber(draft, number)) return 'takenByOther';
    const { at, row } = draft;
    draft.putVisit(toWaiting(visit, at, { number, origin, arrivedAt: at, queuedAt: at, queuedRow: row }));
    return null;
  },
};
