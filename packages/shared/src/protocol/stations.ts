/** What a hub tells a device that is being set up: GET /stations. No secret: the same stands on the hub's start page. */
import { z } from 'zod';
import { localizedTextSchema } from '../i18n/languages.ts';
import { counterIdSchema, displayIdSchema, kioskIdSchema, locationIdSchema } from '../lib/ids.ts';

/** The port of a hub that was told none. */
export const DEFAULT_HUB_PORT = 4700;
export const STATIONS_PATH = '/stations';
/** Says that an answer is a hub's, and how it is written. */
export const STATIONS_FORMAT = 'aufruf-stations-1';
/** Largest answer read, in characters. */
export const MAX_STATIONS_TEXT = 512 * 1024;

const station = <I extends z.ZodType>(id: I) => z.object({ id, name: localizedTextSchema });

/** Not strict: a newer hub may say more. */
export const stationsSchema = z.object({
  format: z.literal(STATIONS_FORMAT),
  location: z.object({ id: locationIdSchema, name: localizedTextSchema }),
  kiosk: z.array(station(kioskIdSchema)),
  display: z.array(station(displayIdSchema)),
  counter: z.array(station(counterIdSchema)),
});
export type Stations = z.infer<typeof stationsSchema>;
