/** The parts of the configuration that a clerk's screen needs to put names to ids. */
import type { DayState } from '../day/day-state.ts';
import type { LocationView } from './view-schemas.ts';

/** Null if the day has no configuration. */
export function locationView(state: DayState): LocationView | null {
  const { config, day, status } = state.info;
  if (config === null) return null;
  return {
    name: config.name,
    timeZone: config.timeZone,
    counterWord: config.counterWord,
    configVersion: config.version,
    day,
    dayStatus: status,
    groups: config.groups,
    services: config.services.map(({ id, groupId, name, durationMin }) => ({ id, groupId, name, durationMin })),
    counters: config.counters.map(({ id, label, primaryServiceIds, fallbackServiceIds }) => ({
      id,
      label,
      serviceIds: [...primaryServiceIds, ...fallbackServiceIds],
    })),
  };
}
