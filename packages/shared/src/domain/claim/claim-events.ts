/**
 * Claims (rules O5, O6): wishes that only one place may decide. Three log events carry them:
 * made by the author, decided by whoever decides, withdrawn by the author. A decision holds the facts it grants,
 * so reducers verify and never choose again.
 */
import { z } from 'zod';
import { commandIdSchema, deviceIdSchema } from '../../lib/ids.ts';
import { COMMAND_NAMES, type Command, commandSchemas, type RefusalType, receiptSchema } from '../commands.ts';
import { factSchema } from '../facts.ts';

/** Most facts one decision can grant. */
export const MAX_FACTS_PER_DECISION = 4;

const allRefusals = [
  ...new Set(['dayClosed', ...COMMAND_NAMES.flatMap((name) => [...commandSchemas[name].refusals])]),
] as [RefusalType, ...RefusalType[]];
const refusalSchema = z.strictObject({ type: z.enum(allRefusals) });

const commandSchema = z.discriminatedUnion(
  'name',
  COMMAND_NAMES.map((name) =>
    z.strictObject({ name: z.literal(name), commandId: commandIdSchema, input: commandSchemas[name].input }),
  ) as never,
) as unknown as z.ZodType<Command>;

const claimOutcomeSchema = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('granted'),
    facts: z.array(factSchema).max(MAX_FACTS_PER_DECISION),
    receipt: receiptSchema,
  }),
  z.strictObject({ type: z.literal('refused'), refusal: refusalSchema }),
]);

export const claimEventSchemas = {
  /** `to`: the relay that is to decide it (M2), and nobody else ever does; absent = the hub. */
  'v1.ClaimMade': z.strictObject({ command: commandSchema, to: deviceIdSchema.optional() }),
  'v1.ClaimDecided': z.strictObject({ commandId: commandIdSchema, outcome: claimOutcomeSchema }),
  'v1.ClaimWithdrawn': z.strictObject({ commandId: commandIdSchema }),
} as const;

export type ClaimEventType = keyof typeof claimEventSchemas;
export type ClaimEvent = {
  [T in ClaimEventType]: { readonly type: T; readonly payload: z.infer<(typeof claimEventSchemas)[T]> };
}[ClaimEventType];
