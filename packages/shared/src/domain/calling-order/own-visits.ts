/**
 * Whose visitor is it, among counters that cannot ask each other (rule M3)? Rendezvous hashing: of all counters that may
 * take a visit, the one with the highest hash of (counter, visit) has it. Counters that know the same of each other agree
 * without a word, and when one is taken from the list only its visitors change hands.
 *
 * Who may take it: the counters that serve its service and were not closed when the day was ordered last. A counter that
 * opened since is unknown to the others, so it takes nobody from them; where none was open, all that serve the service
 * share. Who is reserved for a counter is that counter's. A call by typed number does not ask here.
 */
import type { CounterId, VisitId } from '../../lib/ids.ts';
import type { DayState } from '../day/day-state.ts';
import type { Counter } from '../location-config/schema.ts';
import { servesService } from '../visit/guards.ts';
import type { Visit } from '../visit/visit.ts';
import { openServiceId } from './open-service.ts';

/** FNV-1a, 32 bits (Fowler, Noll, Vo), over UTF-16 code units, and the finalizer of MurmurHash3 (Appleby) to spread it. */
function hash32(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i += 1) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/** The counter of `counters` that has the visit; null when there are none. The order of `counters` does not matter. */
export function rendezvous(visitId: VisitId, counters: readonly CounterId[]): CounterId | null {
  let best: { readonly id: CounterId; readonly hash: number } | null = null;
  for (const id of counters) {
    const hash = hash32(`${id}/${visitId}`);
    if (best === null || hash > best.hash || (hash === best.hash && id < best.id)) best = { id, hash };
  }
  return best?.id ?? null;
}

/** Whether a counter that is alone may call the visit by "next". `known`: the day as it was ordered last. */
export function isOwnVisit(
  visit: Visit,
  counterId: CounterId,
  counters: readonly Counter[],
  known: Pick<DayState, 'counters'>,
): boolean {
  if (visit.reservedFor !== null) return visit.reservedFor === counterId;
  const serviceId = openServiceId(visit);
  if (serviceId === null) return false;
  const serving = counters.filter((counter) => servesService(counter, serviceId)).map(({ id }) => id);
  const staffed = serving.filter((id) => (known.counters.get(id)?.presence ?? 'closed') !== 'closed');
  return rendezvous(visit.id, staffed.length > 0 ? staffed : serving) === counterId;
}
