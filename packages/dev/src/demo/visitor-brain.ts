/**
 * Who comes to the kiosk next, from what the kiosk's screen shows. Pure; choices follow from the seed and the visitor's
 * place in the day. Comes as often as the clerks can serve, and more rarely when many wait already.
 */
import type { CommandInput } from '@aufruf/shared/domain/commands';
import type { KioskMenu } from '@aufruf/shared/domain/views/view-schemas';
import type { ServiceId } from '@aufruf/shared/lib/ids';
import { type EpochMs, MINUTE_MS, SECOND_MS } from '@aufruf/shared/lib/time';
import { chanceFor } from '../replay/seeded.ts';

/** A clerk serves about one visit in so long. */
const VISIT_MS = 75 * SECOND_MS;
/** With so many waiting for each clerk, visitors come half as often. */
const COMFORTABLE_QUEUE = 3;
const SHORTEST_GAP_MS = 1_500;
const LONGEST_GAP_MS = 60 * SECOND_MS;
/** Appointments of the coming hour, spread evenly. */
const APPOINTMENTS = 6;
const APPOINTMENT_SPAN_MS = 60 * MINUTE_MS;
/** Visitors with an appointment come up to so long before it. */
const EARLY_MS = 8 * MINUTE_MS;

export const waitingIn = (menu: KioskMenu): number =>
  menu.groups.flatMap((group) => group.services).reduce((sum, service) => sum + service.waiting, 0);

/** Until visitor `index` comes, ms: exponential, as independent people come. */
export function gapBefore(index: number, waiting: number, clerks: number, seed: number): number {
  const staff = Math.max(1, clerks);
  const crowd = 1 + waiting / (COMFORTABLE_QUEUE * staff);
  const mean = (VISIT_MS / staff) * crowd;
  const gap = -Math.log(1 - chanceFor(seed, `gap ${index}`).unit()) * mean;
  return Math.min(LONGEST_GAP_MS, Math.max(SHORTEST_GAP_MS, Math.round(gap)));
}

/** What visitor `index` draws; null when nothing takes walk-ins now. Usual services are wanted more often. */
export function ticketFor(
  index: number,
  menu: KioskMenu,
  seed: number,
): Omit<CommandInput<'issueTicket'>, 'kioskId'> | null {
  const open = menu.groups.flatMap((group) => group.services).filter((service) => service.closed === null);
  const chance = chanceFor(seed, `visitor ${index}`);
  // Short errands are the frequent ones.
  const weights = open.map((service) => 1 / Math.sqrt(service.durationMin));
  let mark = chance.unit() * weights.reduce((sum, weight) => sum + weight, 0);
  const chosen = open.find((_, place) => {
    mark -= weights[place] ?? 0;
    return mark < 0;
  });
  if (chosen === undefined) return null;
  const partySize = chance.unit() < 0.15 ? 2 + Math.floor(chance.unit() * 3) : 1;
  const language = menu.languages.includes('en') && chance.unit() < 0.2 ? 'en' : (menu.languages[0] ?? 'de');
  return { serviceIds: [chosen.id], language, partySize };
}

export interface PlannedAppointment {
  readonly booking: CommandInput<'bookAppointment'>;
  /** When the visitor stands at the kiosk. */
  readonly comesAt: EpochMs;
}

/** Appointments of the hour from `now`; codes of six digits, different from each other. */
export function appointmentsFrom(
  now: EpochMs,
  serviceIds: readonly ServiceId[],
  seed: number,
): readonly PlannedAppointment[] {
  if (serviceIds.length === 0) return [];
  const chance = chanceFor(seed, `appointments ${now}`);
  const first = Math.floor(chance.unit() * 900_000);
  return Array.from({ length: APPOINTMENTS }, (_, index) => {
    const startsAt = Math.ceil((now + ((index + 1) * APPOINTMENT_SPAN_MS) / APPOINTMENTS) / MINUTE_MS) * MINUTE_MS;
    const serviceId = serviceIds[Math.floor(chance.unit() * serviceIds.length)] as ServiceId;
    return {
      booking: {
        code: String(100_000 + ((first + index * 7_919) % 900_000)),
        serviceIds: [serviceId],
        startsAt,
        partySize: 1,
        language: 'de',
      },
      comesAt: Math.max(now, startsAt - Math.round(chance.unit() * EARLY_MS)),
    };
  });
}
