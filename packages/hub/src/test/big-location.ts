/** A location with numbers and counters enough for long tests, open around the clock. */

import { type LocationConfig, locationConfigSchema } from '@aufruf/shared/domain/location-config/schema';
import { configJson } from '@aufruf/shared/domain/views/test/fixtures';
import { withOpenAllDay } from '../open-all-day.ts';

export function bigLocation(version = 1): LocationConfig {
  const json = configJson();
  const series = json.series.map((one) => ({
    ...one,
    digits: 4,
    main: { first: 1, last: 7_000 },
    reserve: { first: 7_001, last: 8_000 },
    overflow: { first: 8_001, last: 9_999 },
  }));
  return withOpenAllDay(locationConfigSchema.parse({ ...json, version, series }));
}
