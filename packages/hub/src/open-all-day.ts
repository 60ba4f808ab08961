/** A configuration without closing time, for demonstrations and tests at night. */
import type { LocationConfig, OpeningHours } from '@aufruf/shared/domain/location-config/schema';
import type { LocalTime } from '@aufruf/shared/lib/time';

export function withOpenAllDay(config: LocationConfig): LocationConfig {
  const day = [{ from: '00:00' as LocalTime, to: '24:00' as LocalTime }];
  const openingHours: OpeningHours = {
    weekly: { mon: day, tue: day, wed: day, thu: day, fri: day, sat: day, sun: day },
    exceptions: [],
  };
  const services = config.services.map(({ openingHours: _, ...service }) => service);
  return { ...config, openingHours, services };
}
