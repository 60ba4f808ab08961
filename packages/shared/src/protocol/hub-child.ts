/** What an app and the hub it hosts in a process of its own say to each other. */
import { z } from 'zod';
import { deviceIdSchema } from '../lib/ids.ts';

export const hubChildSettingsSchema = z.strictObject({
  locationFile: z.string(),
  dataFolder: z.string(),
  renderers: z.strictObject({ kiosk: z.string(), display: z.string(), counter: z.string() }),
  /** Address to bind to. */
  host: z.string(),
  port: z.int().min(0).max(65_535),
  /** Opening hours are ignored, to try things out. */
  openAllDay: z.boolean(),
  /** Takes the place of the location's hub (M5), under this device's name and at this address. */
  takeOver: z.strictObject({ device: deviceIdSchema, address: z.url({ protocol: /^http$/ }) }).optional(),
});
export type HubChildSettings = z.infer<typeof hubChildSettingsSchema>;

/** App -> hub. `start` comes first, once. A `ping` is answered at once: a hub that does not is stuck. */
export const toHubChildSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('start'), settings: hubChildSettingsSchema }),
  z.strictObject({ type: z.literal('ping') }),
  z.strictObject({ type: z.literal('stop') }),
]);
export type ToHubChild = z.infer<typeof toHubChildSchema>;

/** Hub -> app. After `refused` the process ends by itself. */
export const fromHubChildSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('up'), port: z.int() }),
  z.strictObject({ type: z.literal('pong') }),
  z.strictObject({ type: z.literal('refused'), lines: z.array(z.string()) }),
]);
export type FromHubChild = z.infer<typeof fromHubChildSchema>;
