/** What a kiosk and the portal may wish: a ticket, a check-in, its hand-over or its end, a booking. */
import { toLocalDate } from '../../lib/local-time.ts';
import { refuse } from '../../lib/result.ts';
import { HOUR_MS } from '../../lib/time.ts';
import type { RefusalType } from '../commands.ts';
import { type DecideContext, type DeciderTable, decided, newVisitId, servicesOf } from '../decider.ts';
import { serviceClosedReason } from '../location-config/availability.ts';
import type { Kiosk, Service } from '../location-config/schema.ts';
import type { ClosedReason } from '../views/view-schemas.ts';
import type { TicketNumber } from '../visit/visit.ts';
import { isCodeTaken } from './code-taken.ts';
import { nextLaneNumber } from './lanes.ts';
import { nextNumber } from './number-series.ts';
import { whyNotVoidable } from './void-ticket.ts';

/** An appointment checks in from this long before its time. Whoever comes earlier is asked to come back. */
export const CHECK_IN_OPENS_BEFORE_MS = HOUR_MS;

/** What a closed service means for whoever wants a ticket: the clock's reasons are one to the citizen. */
const REFUSAL_OF_REASON = {
  outsideHours: 'serviceClosed',
  cutOff: 'serviceClosed',
  contingentUsedUp: 'contingentUsedUp',
  appointmentOnly: 'appointmentOnly',
  dayClosed: 'dayClosed',
} as const satisfies Record<ClosedReason, RefusalType>;

export const ticketDeciders: DeciderTable<
  'issueTicket' | 'checkInAppointment' | 'confirmHandOver' | 'voidTicket' | 'bookAppointment'
> = {
  issueTicket: (context, { kioskId, serviceIds, language, partySize }) => {
    const { config, commandId, state, now } = context;
    const kiosk = kioskOf(context, kioskId);
    if (kiosk === undefined) return refuse({ type: 'unknownKiosk' });
    const services = servicesOf(config, serviceIds);
    // A kiosk offers the services of its areas only.
    if (!services?.every((service) => kiosk.areaIds.includes(service.areaId)))
      return refuse({ type: 'unknownService' });
    for (const service of services) {
      const closed = serviceClosedReason(state, service, now);
      if (closed !== null) return refuse({ type: REFUSAL_OF_REASON[closed] });
    }
    const number = drawNumber(context, services[0]);
    if (number === null) return refuse({ type: 'numbersExhausted' });
    const visitId = newVisitId(commandId);
    return decided(
      { id: visitId, number },
      {
        type: 'v1.TicketIssued',
        payload: {
          commandId,
          visitId,
          number,
          serviceIds,
          origin: { kind: 'kiosk', kioskId },
          language,
          partySize,
          priority: services[0]?.priority ?? 0,
          priorityReason: null,
        },
      },
    );
  },

  checkInAppointment: (context, { kioskId, code }) => {
    const { day, commandId, config, now } = context;
    if (kioskOf(context, kioskId) === undefined) return refuse({ type: 'unknownKiosk' });
    const visit = day.visitByCode(code);
    if (visit === undefined || visit.appointmentAt === null || visit.state === 'cancelled') {
      return refuse({ type: 'unknownAppointment' });
    }
    if (visit.state !== 'booked') return refuse({ type: 'alreadyCheckedIn' });
    if (now < visit.appointmentAt - CHECK_IN_OPENS_BEFORE_MS) return refuse({ type: 'appointmentTooEarly' });
    const number = drawNumber(
      context,
      servicesOf(
        config,
        visit.parts.map((part) => part.serviceId),
      )?.[0],
    );
    if (number === null) return refuse({ type: 'numbersExhausted' });
    const payload = { commandId, visitId: visit.id, number, origin: { kind: 'kiosk', kioskId } } as const;
    return decided({ id: visit.id, number }, { type: 'v1.AppointmentCheckedIn', payload });
  },

  confirmHandOver: ({ day, commandId }, { kioskId, visitId, means }) => {
    const visit = day.visit(visitId);
    if (visit === undefined || visit.number === null) return refuse({ type: 'unknownVisit' });
    return decided(visit, { type: 'v1.TicketHandedOver', payload: { commandId, visitId, kioskId, means } });
  },

  voidTicket: ({ day, commandId }, { visitId }) => {
    const visit = day.visit(visitId);
    if (visit === undefined || visit.number === null) return refuse({ type: 'unknownVisit' });
    const type = whyNotVoidable(visit);
    if (type !== null) return refuse({ type });
    return decided(visit, { type: 'v1.TicketVoided', payload: { commandId, visitId, reason: 'notHandedOver' } });
  },

  bookAppointment: ({ day, commandId, config }, { code, serviceIds, startsAt, partySize, language }) => {
    const services = servicesOf(config, serviceIds);
    if (config === null || services === null) return refuse({ type: 'unknownService' });
    if (!services.every(({ access }) => access.includes('appointment'))) return refuse({ type: 'notByAppointment' });
    // The day's log is all there is: nobody would find an appointment of another day.
    if (toLocalDate(startsAt, config.timeZone) !== day.info().day) return refuse({ type: 'notToday' });
    if (isCodeTaken(day.visitByCode(code))) return refuse({ type: 'codeTaken' });
    const visitId = newVisitId(commandId);
    const payload = { commandId, visitId, code, serviceIds, startsAt, partySize, language };
    return decided({ id: visitId, number: null }, { type: 'v1.AppointmentBooked', payload });
  },
};

const kioskOf = ({ config }: DecideContext, id: string): Kiosk | undefined =>
  config?.kiosks.find((kiosk) => kiosk.id === id);

/** The next number that the decider may give for the service; null if it has run out of numbers. */
export function drawNumber(
  { config, day, authority }: DecideContext,
  service: Service | undefined,
): TicketNumber | null {
  const series = config?.series.find((one) => one.id === service?.seriesId);
  if (config === null || series === undefined) return null;
  const state = day.series(series.id);
  if (authority.by === 'hub') return nextNumber(series, state, (span) => authority.leavesFree?.(series, span) ?? 0);
  return nextLaneNumber(config, series, state?.used ?? [], authority);
}
