/** All counters and who is at them: for signing in, and for the supervisor's overview. */
import type { DayState } from '../day/day-state.ts';
import type { CounterList } from './view-schemas.ts';

/** In the configuration's order. Null if the day has no configuration. */
export function counterList(state: DayState): CounterList | null {
  const { config } = state.info;
  if (config === null) return null;
  return {
    counters: config.counters.map(({ id, label, areaId }) => {
      const counter = state.counters.get(id);
      const visit = counter?.visitId == null ? undefined : state.openVisits.get(counter.visitId);
      return {
        id,
        label,
        // A counter's area is checked to exist (check-references); the location's name keeps the view total.
        areaName: config.areas.find((area) => area.id === areaId)?.name ?? config.name,
        presence: counter?.presence ?? 'closed',
        sessionId: counter?.sessionId ?? null,
        visitNumber: visit?.number?.text ?? null,
      };
    }),
  };
}
