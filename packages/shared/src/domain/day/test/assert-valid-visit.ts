/** What must hold for every visit after every event. Throws, naming what does not. For tests and for the simulator. */
import { assert } from '../../../lib/assert.ts';
import { openServiceId } from '../../calling-order/open-service.ts';
import { MAX_PARTS } from '../../facts.ts';
import { isClosed, type PeriodKind, type Visit, type VisitState } from '../../visit/visit.ts';

/** The span that runs while a visit is in a state; a booked or closed one has none running. */
const RUNNING: Partial<Record<VisitState, PeriodKind>> = {
  waiting: 'waiting',
  called: 'way',
  serving: 'serving',
  parked: 'parked',
  missed: 'missed',
};

export function assertValidVisit(visit: Visit): void {
  const { id, state, call, counterId, parts, periods } = visit;
  const must = (condition: boolean, what: string) => assert(condition, `visit ${id} (${state}): ${what}`);
  const isHeld = state === 'called' || state === 'serving';

  must(visit.revision >= 1, 'revision from 1');
  must((call !== null) === (state === 'called'), 'a call exactly while called');
  must((counterId !== null) === isHeld, 'a counter exactly while called or in service');
  must(call === null || call.counterId === counterId, 'called to the counter that holds it');
  must(call === null || call.announcement >= 1, 'announcements count from 1');

  must(parts.length >= 1 && parts.length <= MAX_PARTS, 'one to MAX_PARTS parts');
  must(parts.some((part) => part.state === 'open') === !isClosed(visit), 'an open part exactly while open');

  must((visit.number === null) === (visit.arrivedAt === null), 'a number exactly once arrived');
  must((visit.queuedAt === null) === (visit.arrivedAt === null), 'a place exactly once arrived');
  must(visit.number === null || state !== 'booked', 'no number while booked');
  must(visit.number !== null || ['booked', 'cancelled', 'expired'].includes(state), 'a number while in the house');
  must((visit.access === 'appointment') === (visit.appointmentAt !== null), 'a time exactly for appointments');
  must((visit.appointmentCode === null) === (visit.appointmentAt === null), 'a code exactly for appointments');

  must(visit.unansweredCalls >= (state === 'called' ? 1 : 0), 'unanswered calls count from the call on');
  must(state !== 'serving' || visit.unansweredCalls === 0, 'who is served has been seen');
  must((visit.parkReason !== null) === (state === 'parked'), 'a park reason exactly while parked');
  must((visit.outcome !== null) === (state === 'finished'), 'an outcome exactly when finished');
  must((visit.cancelReason !== null) === (state === 'cancelled'), 'a cancel reason exactly when cancelled');
  must(visit.priority !== 0 || visit.priorityReason === null, 'no reason without a priority');

  const running = RUNNING[state];
  must(
    (periods.at(-1)?.endedAt === null) === (running !== undefined),
    'a period runs exactly while open and in the house',
  );
  periods.forEach((period, i) => {
    const isLast = i === periods.length - 1;
    must(period.endedAt !== null || (isLast && period.kind === running), 'only the state’s own period runs');
    must(period.endedAt === null || period.endedAt >= period.startedAt, 'no period ends before it begins');
    must(isLast || period.endedAt === periods[i + 1]?.startedAt, 'periods follow each other without a gap');
  });
  must(running === undefined || periods.at(-1)?.serviceId === openServiceId(visit), 'the period is of the open part');
  must(running === undefined || periods.at(-1)?.counterId === counterId, 'the period is of the holding counter');
}
