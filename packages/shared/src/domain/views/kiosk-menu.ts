/** The kiosk's menu: what can be drawn here now, and what is closed and why. */
import type { KioskId } from '../../lib/ids.ts';
import { toLocalDate } from '../../lib/local-time.ts';
import type { EpochMs } from '../../lib/time.ts';
import type { DayState } from '../day/day-state.ts';
import { createAvailability, waitingByService } from '../location-config/availability.ts';
import { exceptionOn, opensNext } from '../location-config/opening-hours.ts';
import type { Service } from '../location-config/schema.ts';
import type { ClosedReason, KioskMenu } from './view-schemas.ts';

/** Reasons that keep visitors with an appointment out as well. */
const shutsAppointments = (reason: ClosedReason | null): boolean => reason === 'outsideHours' || reason === 'dayClosed';

/** Whether somebody can be helped with this service now: by a ticket, or by checking in for an appointment. */
const isUsable = (service: Service, reason: ClosedReason | null): boolean =>
  reason === null || (service.access.includes('appointment') && !shutsAppointments(reason));

/** Null if the day has no configuration or the configuration has no such kiosk. */
export function kioskMenu(state: DayState, kioskId: KioskId, now: EpochMs): KioskMenu | null {
  const { config } = state.info;
  const kiosk = config?.kiosks.find(({ id }) => id === kioskId);
  if (config === null || kiosk === undefined) return null;

  const closedReason = createAvailability(state, now);
  const waiting = waitingByService(state);
  const offered = config.services
    .filter((service) => kiosk.areaIds.includes(service.areaId))
    .map((service) => ({ service, closed: closedReason(service) }));
  const open = offered.some(({ service, closed }) => isUsable(service, closed));

  return {
    kioskId,
    locationName: config.name,
    languages: config.languages,
    publicUrl: config.publicUrl ?? null,
    open,
    opensNext: open ? null : opensNext(config.openingHours, config.timeZone, now),
    exceptionName: exceptionOn(config.openingHours, toLocalDate(now, config.timeZone))?.name ?? null,
    appointments: offered.some(
      ({ service, closed }) => service.access.includes('appointment') && !shutsAppointments(closed),
    ),
    groups: config.groups
      .map((group) => ({
        id: group.id,
        name: group.name,
        icon: group.icon,
        services: offered
          .filter(({ service }) => service.groupId === group.id)
          .map(({ service, closed }) => ({
            id: service.id,
            name: service.name,
            bring: service.bring,
            durationMin: service.durationMin,
            waiting: waiting.get(service.id) ?? 0,
            closed,
          })),
      }))
      .filter((group) => group.services.length > 0),
  };
}
