/**
 * What screens see: each view is a pure function of the day's state (one file each beside this one), and these schemas
 * are their shapes on the bridge. Views hold ids, numbers and times; texts come from the configuration and the catalogs.
 */
import { z } from 'zod';
import { languageSchema, localizedTextSchema } from '../../i18n/languages.ts';
import {
  areaIdSchema,
  commandIdSchema,
  counterIdSchema,
  displayIdSchema,
  groupIdSchema,
  kioskIdSchema,
  serviceIdSchema,
  sessionIdSchema,
  visitIdSchema,
} from '../../lib/ids.ts';
import { epochMsSchema, localDateSchema, localTimeSchema } from '../../lib/time.ts';
import { BREAK_REASONS } from '../counter/counter.ts';
import { partySizeSchema, prioritySchema } from '../facts.ts';
import { accessSchema, serviceIconSchema } from '../location-config/schema.ts';
import { PARK_REASONS, PRIORITY_REASONS, VISIT_STATES } from '../visit/visit.ts';

/** Why a service takes no walk-ins right now. */
export const closedReasonSchema = z.enum([
  'outsideHours',
  'cutOff',
  'contingentUsedUp',
  'appointmentOnly',
  'dayClosed',
]);

const numberText = z.string().max(6);

/** What a counter is called at this location: Platz, Schalter or Zimmer. */
const counterWordSchema = z.enum(['desk', 'counter', 'room']);

// ── kiosk ──────────────────────────────────────────────────────────────────────────────────────────────────────────
export const kioskMenuSchema = z.strictObject({
  kioskId: kioskIdSchema,
  locationName: localizedTextSchema,
  languages: z.array(languageSchema),
  publicUrl: z.string().nullable(),
  /** `closed` only if every service is. */
  open: z.boolean(),
  /** When the location opens next, if it is closed; null if unknown within the next 14 days. */
  opensNext: z.strictObject({ date: localDateSchema, time: localTimeSchema }).nullable(),
  /** Name of today's exception (a holiday), if there is one. */
  exceptionName: localizedTextSchema.nullable(),
  appointments: z.boolean(),
  groups: z.array(
    z.strictObject({
      id: groupIdSchema,
      name: localizedTextSchema,
      icon: serviceIconSchema,
      services: z.array(
        z.strictObject({
          id: serviceIdSchema,
          name: localizedTextSchema,
          bring: z.array(localizedTextSchema),
          durationMin: z.int(),
          waiting: z.int(),
          /** null = takes walk-ins now. */
          closed: closedReasonSchema.nullable(),
        }),
      ),
    }),
  ),
});

/** A citizen's ticket, on the kiosk and on the phone. */
export const ticketViewSchema = z.strictObject({
  visitId: visitIdSchema,
  number: numberText.nullable(),
  state: z.enum(VISIT_STATES),
  serviceNames: z.array(localizedTextSchema),
  areaName: localizedTextSchema,
  bring: z.array(localizedTextSchema),
  /** People the queue places before this ticket; 0 = next. Null unless waiting. */
  ahead: z.int().min(0).nullable(),
  /** Where to go, while called or in service. */
  counterLabel: z.string().nullable(),
  counterWord: counterWordSchema,
  appointmentAt: epochMsSchema.nullable(),
  issuedAt: epochMsSchema.nullable(),
  language: languageSchema,
});

// ── display ────────────────────────────────────────────────────────────────────────────────────────────────────────
export const boardCallSchema = z.strictObject({
  visitId: visitIdSchema,
  callId: commandIdSchema,
  number: numberText,
  counterLabel: z.string(),
  areaId: areaIdSchema,
  calledAt: epochMsSchema,
  /** 1, 2, 3 …: each value is announced once. */
  announcement: z.int().min(1),
  announcedAt: epochMsSchema,
  language: languageSchema,
});
export const callBoardSchema = z.strictObject({
  displayId: displayIdSchema,
  locationName: localizedTextSchema,
  areaNames: z.array(localizedTextSchema),
  languages: z.array(languageSchema),
  counterWord: counterWordSchema,
  timeZone: z.string(),
  open: z.boolean(),
  /** All visits in `called`, newest announcement first. */
  calls: z.array(boardCallSchema),
  /** Numbers in service, last called first. */
  earlier: z.array(z.strictObject({ number: numberText, counterLabel: z.string() })).max(8),
  /** Who is likely next, by the calling order over all open counters of the areas. */
  next: z.array(numberText).max(6),
  waiting: z.int().min(0),
});

// ── counter ────────────────────────────────────────────────────────────────────────────────────────────────────────
/** Why a visit stands where it stands; texts from the catalog. */
export const placeReasonSchema = z.enum([
  'priorityFirst',
  'priorityMerged',
  'appointmentDue',
  'waitedLong',
  'walkIn',
  'lateAppointment',
  'reservedForThisCounter',
  'fallbackService',
  'ratioWalkIn',
]);
export const blockReasonSchema = z.enum(['calledRecently', 'appointmentNotDue', 'reservedForOther']);

export const queueEntrySchema = z.strictObject({
  visitId: visitIdSchema,
  number: numberText.nullable(),
  state: z.enum(VISIT_STATES),
  serviceIds: z.array(serviceIdSchema),
  access: accessSchema,
  appointmentAt: epochMsSchema.nullable(),
  arrivedAt: epochMsSchema.nullable(),
  priority: prioritySchema,
  priorityReason: z.enum(PRIORITY_REASONS).nullable(),
  partySize: partySizeSchema,
  language: languageSchema,
  unansweredCalls: z.int().min(0),
  parkReason: z.enum(PARK_REASONS).nullable(),
  /** Since when it is in this state. */
  since: epochMsSchema,
  reason: placeReasonSchema.nullable(),
  /** Set when "next" passes it over for now. */
  blocked: blockReasonSchema.nullable(),
  /** When the block ends by itself. */
  blockedUntil: epochMsSchema.nullable(),
});
export type QueueEntry = z.infer<typeof queueEntrySchema>;

export const counterQueueSchema = z.strictObject({
  counterId: counterIdSchema,
  /** In calling order for this counter; those that "next" passes over for now stand at the end. */
  waiting: z.array(queueEntrySchema),
  parked: z.array(queueEntrySchema),
  missed: z.array(queueEntrySchema),
  /** Appointments not checked in yet, by time. */
  booked: z.array(queueEntrySchema),
  /** Waiting for services this counter does not serve. */
  elsewhere: z.int().min(0),
});

export const counterDeskSchema = z.strictObject({
  counterId: counterIdSchema,
  presence: z.enum(['closed', 'open', 'break']),
  since: epochMsSchema,
  sessionId: sessionIdSchema.nullable(),
  breakReason: z.enum(BREAK_REASONS).nullable(),
  visit: queueEntrySchema.nullable(),
  calledAt: epochMsSchema.nullable(),
  announcement: z.int().min(0),
  /** Start of the service, for the running clock. */
  servingSince: epochMsSchema.nullable(),
  undo: z.strictObject({ type: z.string(), number: numberText.nullable(), until: epochMsSchema }).nullable(),
  /** The counter's newest call that another counter's took precedence over (O8). Told until the clerk's next step. */
  superseded: z.strictObject({ callId: commandIdSchema, number: numberText.nullable() }).nullable(),
});

export const counterListSchema = z.strictObject({
  counters: z.array(
    z.strictObject({
      id: counterIdSchema,
      label: z.string(),
      areaName: localizedTextSchema,
      presence: z.enum(['closed', 'open', 'break']),
      sessionId: sessionIdSchema.nullable(),
      visitNumber: numberText.nullable(),
    }),
  ),
});

/** The parts of the configuration a clerk's screen needs. */
export const locationViewSchema = z.strictObject({
  name: localizedTextSchema,
  timeZone: z.string(),
  counterWord: counterWordSchema,
  configVersion: z.int(),
  day: localDateSchema,
  dayStatus: z.enum(['notOpened', 'open', 'closed']),
  groups: z.array(z.strictObject({ id: groupIdSchema, name: localizedTextSchema, icon: serviceIconSchema })),
  services: z.array(
    z.strictObject({ id: serviceIdSchema, groupId: groupIdSchema, name: localizedTextSchema, durationMin: z.int() }),
  ),
  counters: z.array(z.strictObject({ id: counterIdSchema, label: z.string(), serviceIds: z.array(serviceIdSchema) })),
});

/** M1-M3 as a clerk sees them. */
export const syncStatusSchema = z.strictObject({
  mode: z.enum(['ORDERED', 'RELAY', 'ALONE', 'CONNECTING']),
  since: epochMsSchema,
  /** Events of this device that the hub has not confirmed. */
  eventsWaiting: z.int().min(0),
  /** The host's clock when this was sent; screens derive their offset from it. */
  hostAt: epochMsSchema,
  /** The host's disk is nearly full (S3); absent = it has room. */
  diskLow: z.boolean().optional(),
});

export type KioskMenu = z.infer<typeof kioskMenuSchema>;
export type ClosedReason = z.infer<typeof closedReasonSchema>;
export type TicketView = z.infer<typeof ticketViewSchema>;
export type BoardCall = z.infer<typeof boardCallSchema>;
export type CallBoard = z.infer<typeof callBoardSchema>;
export type PlaceReason = z.infer<typeof placeReasonSchema>;
export type BlockReason = z.infer<typeof blockReasonSchema>;
export type CounterQueue = z.infer<typeof counterQueueSchema>;
export type CounterDesk = z.infer<typeof counterDeskSchema>;
export type CounterList = z.infer<typeof counterListSchema>;
export type LocationView = z.infer<typeof locationViewSchema>;
export type SyncStatus = z.infer<typeof syncStatusSchema>;
