/**
 * All facts: the domain events a business day is made of, by type. A fact's payload carries the id of the command it
 * came from, so that a retried command is recognised, and never anything about a person.
 *
 * A fact stands in the log in one of two ways: as an event of its own (decided by its author), or inside
 * `v1.ClaimDecided` (decided by the hub, a relay, or the device alone). Both are folded by the same `evolve`.
 *
 * A published type never changes its meaning: a new meaning is a new type (`v2.…`). Unknown types are kept and skipped.
 */
import { z } from 'zod';
import { languageSchema } from '../i18n/languages.ts';
import {
  type CommandId,
  commandIdSchema,
  counterIdSchema,
  kioskIdSchema,
  seriesIdSchema,
  serviceIdSchema,
  sessionIdSchema,
  visitIdSchema,
} from '../lib/ids.ts';
import { epochMsSchema, localDateSchema } from '../lib/time.ts';
import { BREAK_REASONS } from './counter/counter.ts';
import { LIMITS, locationConfigSchema } from './location-config/schema.ts';
import { CANCEL_REASONS, OUTCOMES, PARK_REASONS, PRIORITY_REASONS } from './visit/visit.ts';

/** Most services in one visit. */
export const MAX_PARTS = 10;
/** Largest group on one ticket. */
export const MAX_PARTY_SIZE = 50;
/** Appointment codes: 4 to 8 digits, typed on the kiosk's keypad. */
export const appointmentCodeSchema = z.string().regex(/^\d{4,8}$/, 'expected 4 to 8 digits');

export const partySizeSchema = z.int().min(1).max(MAX_PARTY_SIZE);
export const prioritySchema = z.union([z.literal(0), z.literal(1), z.literal(2)]);
export const serviceIdsSchema = z.array(serviceIdSchema).min(1).max(MAX_PARTS);

const ticketNumberSchema = z.strictObject({
  seriesId: seriesIdSchema,
  value: z.int().min(1).max(LIMITS.highestNumber),
  text: z.string().min(2).max(6),
});

const originSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('kiosk'), kioskId: kioskIdSchema }),
  z.strictObject({ kind: z.literal('counter'), counterId: counterIdSchema }),
  z.strictObject({ kind: z.literal('portal') }),
]);

const command = { commandId: commandIdSchema };
const visit = { ...command, visitId: visitIdSchema };
/** Facts made by a clerk name the counter, so that it can undo them. */
const atCounter = { ...visit, counterId: counterIdSchema };

export const factSchemas = {
  // day
  'v1.DayOpened': z.strictObject({ day: localDateSchema }),
  /** A wrong clock had closed it before its end, and somebody has set it right. */
  'v1.DayReopened': z.strictObject({ day: localDateSchema }),
  'v1.DayClosed': z.strictObject({ day: localDateSchema, stateHash: z.string().length(64) }),
  /** Days through this one may be deleted everywhere: their retention is over, and they were held in more than one place. */
  'v1.DaysReleased': z.strictObject({ through: localDateSchema }),
  'v1.ConfigurationPublished': z.strictObject({ config: locationConfigSchema }),

  // ticket
  'v1.TicketIssued': z.strictObject({
    ...visit,
    number: ticketNumberSchema,
    serviceIds: serviceIdsSchema,
    origin: originSchema,
    language: languageSchema,
    partySize: partySizeSchema,
    priority: prioritySchema,
    priorityReason: z.enum(PRIORITY_REASONS).nullable(),
  }),
  'v1.TicketHandedOver': z.strictObject({ ...visit, kioskId: kioskIdSchema, means: z.enum(['screen', 'print']) }),
  'v1.TicketVoided': z.strictObject({ ...visit, reason: z.enum(['notHandedOver', 'claimWithdrawn']) }),
  'v1.AppointmentBooked': z.strictObject({
    ...visit,
    code: appointmentCodeSchema,
    serviceIds: serviceIdsSchema,
    startsAt: epochMsSchema,
    partySize: partySizeSchema,
    language: languageSchema,
  }),
  'v1.AppointmentCheckedIn': z.strictObject({ ...visit, number: ticketNumberSchema, origin: originSchema }),

  // life of a visit
  'v1.VisitCalled': z.strictObject({ ...atCounter, mode: z.enum(['next', 'specific', 'direct']) }),
  'v1.VisitRecalled': z.strictObject(atCounter),
  'v1.VisitArrived': z.strictObject(atCounter),
  'v1.VisitNotShown': z.strictObject(atCounter),
  'v1.VisitParked': z.strictObject({ ...atCounter, reason: z.enum(PARK_REASONS) }),
  'v1.VisitResumed': z.strictObject(atCounter),
  'v1.VisitRequeued': z.strictObject({ ...atCounter, place: z.enum(['same', 'end']) }),
  'v1.VisitTransferred': z.strictObject({
    ...atCounter,
    /** The open part becomes this service; null keeps it. */
    serviceId: serviceIdSchema.nullable(),
    /** Only this counter may call it by "next"; null = all that serve the service. */
    reservedFor: counterIdSchema.nullable(),
  }),
  'v1.FollowUpAdded': z.strictObject({ ...atCounter, serviceId: serviceIdSchema }),
  'v1.ServicesEdited': z.strictObject({ ...atCounter, serviceIds: serviceIdsSchema }),
  'v1.PriorityChanged': z.strictObject({
    ...atCounter,
    priority: prioritySchema,
    reason: z.enum(PRIORITY_REASONS).nullable(),
  }),
  'v1.PartySizeChanged': z.strictObject({ ...atCounter, partySize: partySizeSchema }),
  'v1.VisitFinished': z.strictObject({
    ...atCounter,
    outcome: z.enum(OUTCOMES),
    deliveredServiceIds: z.array(serviceIdSchema).max(MAX_PARTS),
  }),
  'v1.VisitCancelled': z.strictObject({
    ...visit,
    counterId: counterIdSchema.nullable(),
    reason: z.enum(CANCEL_REASONS),
  }),
  'v1.VisitExpired': z.strictObject({ visitId: visitIdSchema }),

  // counter
  'v1.CounterOpened': z.strictObject({ ...command, counterId: counterIdSchema, sessionId: sessionIdSchema }),
  'v1.CounterClosed': z.strictObject({ ...command, counterId: counterIdSchema }),
  'v1.BreakBegan': z.strictObject({ ...command, counterId: counterIdSchema, reason: z.enum(BREAK_REASONS) }),
  'v1.BreakEnded': z.strictObject({ ...command, counterId: counterIdSchema }),
  'v1.ActionUndone': z.strictObject({ ...command, counterId: counterIdSchema, undoneCommandId: commandIdSchema }),
} as const;

export type FactType = keyof typeof factSchemas;
export type FactPayload<T extends FactType> = z.infer<(typeof factSchemas)[T]>;
export type Fact = { [T in FactType]: { readonly type: T; readonly payload: FactPayload<T> } }[FactType];

/** A fact that is the effect of a command, as all are but the frame of the day. */
export type CommandFact = Extract<Fact, { readonly payload: { readonly commandId: CommandId } }>;

export const FACT_TYPES = Object.keys(factSchemas) as FactType[];

/** A fact of any known type; used inside `v1.ClaimDecided`. */
export const factSchema = z.discriminatedUnion(
  'type',
  FACT_TYPES.map((type) => z.strictObject({ type: z.literal(type), payload: factSchemas[type] })) as never,
) as unknown as z.ZodType<Fact>;
