/** "Walk direct": a visitor without a ticket stands at the counter. One decision draws a number, calls and serves. */
import { refuse } from '../../lib/result.ts';
import { type DeciderTable, decided, newVisitId, servicesOf } from '../decider.ts';
import { drawNumber } from '../ticket/decide-ticket.ts';
import { whyCounterCannotTake } from './guards.ts';

export const walkDirectDeciders: DeciderTable<'walkDirect'> = {
  // Whether the service takes walk-ins at the kiosk now is no question: a clerk has taken this one.
  walkDirect: (context, { counterId, serviceIds, language, partySize }) => {
    const { commandId, config, day } = context;
    const busy = whyCounterCannotTake(day.counter(counterId));
    if (busy !== null) return refuse({ type: busy });
    const services = servicesOf(config, serviceIds);
    if (services === null) return refuse({ type: 'unknownService' });
    const number = drawNumber(context, services[0]);
    if (number === null) return refuse({ type: 'numbersExhausted' });
    const visitId = newVisitId(commandId);
    const at = { commandId, visitId, counterId };
    return decided(
      { id: visitId, number },
      {
        type: 'v1.TicketIssued',
        payload: {
          commandId,
          visitId,
          number,
          serviceIds,
          origin: { kind: 'counter', counterId },
          language,
          partySize,
          priority: 0,
          priorityReason: null,
        },
      },
      { type: 'v1.VisitCalled', payload: { ...at, mode: 'direct' } },
      { type: 'v1.VisitArrived', payload: at },
    );
  },
};
