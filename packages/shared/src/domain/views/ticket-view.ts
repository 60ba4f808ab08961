/** One citizen's ticket: on the kiosk's screen after drawing it, and on the phone until the visit ends. */

import type { LocalizedText } from '../../i18n/languages.ts';
import type { VisitId } from '../../lib/ids.ts';
import type { EpochMs } from '../../lib/time.ts';
import { peopleAhead } from '../calling-order/people-ahead.ts';
import type { DayState } from '../day/day-state.ts';
import type { LocationConfig, Service } from '../location-config/schema.ts';
import type { Visit } from '../visit/visit.ts';
import { counterLabel, indexConfig, openService } from './config-index.ts';
import type { TicketView } from './view-schemas.ts';

/** Null if the day has no such visit, or none of its services is configured any more. */
export function ticketView(state: DayState, visitId: VisitId, now: EpochMs): TicketView | null {
  const { config } = state.info;
  const visit = state.openVisits.get(visitId) ?? state.closedVisits.get(visitId);
  if (config === null || visit === undefined) return null;

  const index = indexConfig(config);
  const services = visit.parts
    .filter((part) => part.state !== 'dropped')
    .map((part) => index.services.get(part.serviceId))
    .filter((service) => service !== undefined);
  const current = openService(index, visit) ?? services.at(-1);
  const area = config.areas.find(({ id }) => id === current?.areaId);
  if (area === undefined) return null;

  return {
    visitId,
    number: visit.number?.text ?? null,
    state: visit.state,
    serviceNames: services.map((service) => service.name),
    areaName: area.name,
    bring: hintsOf(services),
    ahead: visit.state === 'waiting' ? aheadOf(state, config, visit, now) : null,
    counterLabel: visit.counterId === null ? null : counterLabel(index, visit.counterId),
    counterWord: config.counterWord,
    appointmentAt: visit.appointmentAt,
    issuedAt: visit.arrivedAt,
    language: visit.language,
  };
}

/** The hints of all services, each hint once. */
function hintsOf(services: readonly Service[]): LocalizedText[] {
  const byText = new Map<string, LocalizedText>();
  for (const hint of services.flatMap((service) => service.bring)) byText.set(`${hint.de}\n${hint.en}`, hint);
  return [...byText.values()];
}

/** Counted at the counters with a clerk; before any has opened, at all that could. */
function aheadOf(state: DayState, config: LocationConfig, visit: Visit, now: EpochMs): number | null {
  const staffed = config.counters.filter(({ id }) => (state.counters.get(id)?.presence ?? 'closed') !== 'closed');
  const visits = [...state.openVisits.values()];
  return (
    peopleAhead(now, visit, visits, staffed, config.callingPolicy) ??
    peopleAhead(now, visit, visits, config.counters, config.callingPolicy)
  );
}
