/** How far the hub is that a machine hosts itself, as people are told. */
import { z } from 'zod';
import type { HubRefusal } from '../protocol/hub-child.ts';

/** Why it cannot be, by what a person can do about it; the log says more. */
export const HUB_FAILURES = ['port', 'disk', 'clock', 'otherHub', 'unexpected'] as const;
export type HubFailure = (typeof HUB_FAILURES)[number];

export const ownHubStatusSchema = z.discriminatedUnion('state', [
  /** This machine hosts no hub, or one that orders nothing any more, since the hub has moved on (M5). */
  z.strictObject({ state: z.literal('none') }),
  z.strictObject({ state: z.literal('starting') }),
  /** It takes over: hears the devices and takes what they hold, then publishes where it is. */
  z.strictObject({ state: z.literal('refilling') }),
  z.strictObject({ state: z.literal('hub') }),
  z.strictObject({ state: z.literal('failed'), failure: z.enum(HUB_FAILURES) }),
]);
export type OwnHubStatus = z.infer<typeof ownHubStatusSchema>;

export function failureOf(refusal: HubRefusal): HubFailure {
  switch (refusal) {
    case 'portBusy':
    case 'portNotAllowed':
    case 'addressUnknown':
      return 'port';
    case 'folderNotWritable':
    case 'folderForeign':
    case 'folderInUse':
    case 'storage':
    case 'notPublished':
      return 'disk';
    case 'badClock':
      return 'clock';
    case 'elsewhere':
    case 'otherLocation':
      return 'otherHub';
    case 'badLocationFile':
      return 'unexpected';
  }
}
