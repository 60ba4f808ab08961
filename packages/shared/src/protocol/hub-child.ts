/** What an app and the hub it hosts in a process of its own say to each other. */
import { z } from 'zod';
import { hubPlaceSchema } from '../takeover/hub-place.ts';

/** Why a hub cannot start; `notPublished`: it runs, and cannot say so in a configuration of its own (M5). */
export const HUB_REFUSALS = [
  'badLocationFile',
  'portBusy',
  'portNotAllowed',
  'addressUnknown',
  'folderNotWritable',
  'folderForeign',
  'folderInUse',
  'otherLocation',
  'badClock',
  'elsewhere',
  'storage',
  'notPublished',
] as const;
export type HubRefusal = (typeof HUB_REFUSALS)[number];

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
  takeOver: hubPlaceSchema.optional(),
});
export type HubChildSettings = z.infer<typeof hubChildSettingsSchema>;

/** App -> hub. `start` comes first, once. A `ping` is answered at once: a hub that does not is stuck. */
export const toHubChildSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('start'), settings: hubChildSettingsSchema }),
  z.strictObject({ type: z.literal('ping') }),
  z.strictObject({ type: z.literal('stop') }),
]);
export type ToHubChild = z.infer<typeof toHubChildSchema>;

/** Hub -> app. After a `refused` before `up` the process ends by itself. */
export const fromHubChildSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('up'), port: z.int() }),
  z.strictObject({ type: z.literal('pong') }),
  /** The configuration that says where the hub is now is published (M5). */
  z.strictObject({ type: z.literal('tookOver') }),
  /** Another hub has taken its place: it orders nothing any more (M5). */
  z.strictObject({ type: z.literal('moved') }),
  z.strictObject({ type: z.literal('refused'), reason: z.enum(HUB_REFUSALS), lines: z.array(z.string()) }),
]);
export type FromHubChild = z.infer<typeof fromHubChildSchema>;
