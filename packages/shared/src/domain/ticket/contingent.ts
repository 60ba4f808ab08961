/** Walk-in tickets issued per service today, for the services' daily contingents. */
import type { DayDraft } from '../day/day-draft.ts';
import type { Visit } from '../visit/visit.ts';

/** Counts a walk-in ticket once for each of its services; -1 gives it back when its number became void. */
export function countWalkIn(draft: DayDraft, visit: Visit, by: 1 | -1): void {
  if (visit.access !== 'walkIn') return;
  const { config, walkInsByService } = draft.info();
  const counts: Record<string, number> = { ...walkInsByService };
  for (const serviceId of new Set(visit.parts.map((part) => part.serviceId))) {
    // Only services of the configuration: the record stays as small as that, whatever events come in.
    if (!config?.services.some((service) => service.id === serviceId)) continue;
    const issued = Object.hasOwn(counts, serviceId) ? (counts[serviceId] ?? 0) : 0;
    counts[serviceId] = Math.max(0, issued + by);
  }
  draft.putInfo({ walkInsByService: counts });
}
