import { z } from 'zod';
import { counterIdSchema, displayIdSchema, kioskIdSchema } from '../lib/ids.ts';

/** Who is calling. The role comes from the transport (which app, which socket namespace), never from a payload. */
export const ROLES = ['kiosk', 'display', 'clerk', 'visitor', 'portal'] as const;
export type Role = (typeof ROLES)[number];

/** A caller as the transport established it. A kiosk or display is bound to its station. */
export const callerSchema = z.discriminatedUnion('role', [
  z.strictObject({ role: z.literal('kiosk'), kioskId: kioskIdSchema }),
  z.strictObject({ role: z.literal('display'), displayId: displayIdSchema }),
  /** A desktop counter is bound to its counter; in web mode the clerk chooses one (null). */
  z.strictObject({ role: z.literal('clerk'), counterId: counterIdSchema.nullable() }),
  z.strictObject({ role: z.literal('visitor') }),
  z.strictObject({ role: z.literal('portal') }),
]);
export type Caller = z.infer<typeof callerSchema>;
