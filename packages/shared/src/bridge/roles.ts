import { z } from 'zod';
import type { LocationConfig } from '../domain/location-config/schema.ts';
import { type CounterId, counterIdSchema, displayIdSchema, kioskIdSchema } from '../lib/ids.ts';

/**
 * Who is calling. The role comes from the transport (which app, which socket namespace), never from a payload.
 * `supervisor` (Standortleitung): a clerk at a counter of which the configuration says so.
 */
export const ROLES = ['kiosk', 'display', 'clerk', 'supervisor', 'visitor', 'portal'] as const;
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

/** The roles a caller has by the configuration in force. Whoever is bound to no counter is no supervisor, whatever they name. */
export function rolesOf(caller: Caller, config: LocationConfig | null): readonly Role[] {
  const isSupervisor = caller.role === 'clerk' && isSupervisorsCounter(config, caller.counterId);
  return isSupervisor ? [caller.role, 'supervisor'] : [caller.role];
}

export const isSupervisorsCounter = (config: LocationConfig | null, counterId: CounterId | null): boolean =>
  config?.counters.some(({ id, supervisor }) => id === counterId && supervisor === true) ?? false;
