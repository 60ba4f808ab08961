/** The file that the set-up writes: the device's hub, which station it is, whether it hosts the hub itself. */
import { deviceIdSchema, locationIdSchema } from '@aufruf/shared/lib/ids';
import { DEFAULT_HUB_PORT } from '@aufruf/shared/protocol/stations';
import { hubPlaceSchema } from '@aufruf/shared/takeover/hub-place';
import { z } from 'zod';
import { hubUrlSchema } from './hub-address.ts';

/** A hub of this device's own. */
export const ownHubSchema = z.strictObject({
  /** The location's configuration, an absolute path. */
  locationFile: z.string().min(1).max(1_000),
  port: z.int().min(1).max(65_535).default(DEFAULT_HUB_PORT),
  /** It is about to take the place of the location's (M5). */
  takeOver: hubPlaceSchema.optional(),
});
export type OwnHub = z.infer<typeof ownHubSchema>;

/** The file `device.json` in the app's data folder. */
export const settingsFileSchema = z.strictObject({
  format: z.literal(1),
  hubUrl: hubUrlSchema.optional(),
  /** The kiosk, display or counter this is; its engine signs with the same name. */
  stationId: deviceIdSchema.optional(),
  /** The location the hub named last: the device's data are kept apart for each. */
  locationId: locationIdSchema.optional(),
  ownHub: ownHubSchema.optional(),
});
export type SettingsFile = z.infer<typeof settingsFileSchema>;
