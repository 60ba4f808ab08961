/** The citizens at one kiosk, one after another: each draws a ticket at the time of the plan and takes it. */
import type { KioskId, ServiceId } from '@aufruf/shared/lib/ids';
import type { PlannedVisitor } from './replay-plan.ts';
import { chanceFor } from './seeded.ts';
import { mustOrder, order, type Station, until } from './station.ts';

/** Of all visitors, so many come in a group, and so many choose English. */
const SHARE_OF_GROUPS = 0.1;
const SHARE_OF_ENGLISH = 0.15;

/** Resolves when the last visitor has the ticket in hand or was refused. */
export async function drawTickets(
  station: Station,
  kioskId: KioskId,
  visitors: readonly PlannedVisitor[],
  seed: number,
): Promise<void> {
  const handOvers: Promise<void>[] = [];
  for (const { name, at, serviceId } of visitors) {
    await until(station, at);
    const chance = chanceFor(seed, `visitor ${name}`);
    const { result } = await order(station, 'issueTicket', {
      kioskId,
      serviceIds: [serviceId as ServiceId],
      language: chance.unit() < SHARE_OF_ENGLISH ? 'en' : 'de',
      partySize: chance.unit() < SHARE_OF_GROUPS ? 2 : 1,
    });
    const now = station.clock.now();
    if (!result.ok) {
      station.tell({ kind: 'refused', visitor: name, type: result.refusal.type, at: now });
      continue;
    }
    const { visitId, number } = result.value;
    if (visitId === null || number === null) throw new Error(`the ticket of visitor ${name} has no number`);
    station.tell({ kind: 'drawn', visitor: name, visitId, number, at: now });
    // Nobody waits at the kiosk for the note that the ticket was taken.
    handOvers.push(mustOrder(station, 'confirmHandOver', { kioskId, visitId, means: 'print' }));
  }
  await Promise.all(handOvers);
}
