import type { LocationConfig } from '@aufruf/shared/domain/location-config/schema';
import { stationsSchema } from '@aufruf/shared/protocol/stations';
import { expect, it } from 'vitest';
import { stationsOf } from './http-stations.ts';
import { tinyLocation } from './test/tiny-location.ts';

it('names every station of the location, and a counter by the location\u2019s word for it', () => {
  const config = { ...tinyLocation, counterWord: 'room' } as unknown as LocationConfig;
  const stations = stationsSchema.parse(JSON.parse(JSON.stringify(stationsOf(config))));
  expect(stations.location).toEqual({ id: config.id, name: config.name });
  expect(stations.kiosk.map(({ id }) => id)).toEqual(config.kiosks.map(({ id }) => id));
  expect(stations.display.map(({ id }) => id)).toEqual(config.displays.map(({ id }) => id));
  const label = config.counters[0]?.label;
  expect(stations.counter[0]?.name).toMatchObject({ de: `Zimmer ${label}`, en: `Room ${label}` });
});
