/**
 * All commands, by name: what somebody wants to happen. Each row says what goes in, whether the location's hub must
 * decide (a claim, rule O5) or the device may (a fact), and every refusal it can meet.
 * `decide.ts` turns a command into facts; roles are added where commands enter (`bridge/command-table.ts`).
 */
import { z } from 'zod';
import { languageSchema } from '../i18n/languages.ts';
import {
  type CommandId,
  counterIdSchema,
  kioskIdSchema,
  serviceIdSchema,
  sessionIdSchema,
  visitIdSchema,
} from '../lib/ids.ts';
import { epochMsSchema } from '../lib/time.ts';
import { BREAK_REASONS } from './counter/counter.ts';
import { appointmentCodeSchema, MAX_PARTS, partySizeSchema, prioritySchema, serviceIdsSchema } from './facts.ts';
import { locationConfigSchema } from './location-config/schema.ts';
import { CANCEL_REASONS, OUTCOMES, PARK_REASONS, PRIORITY_REASONS } from './visit/visit.ts';

const atCounter = { counterId: counterIdSchema };
const onVisit = { counterId: counterIdSchema, visitId: visitIdSchema };

const row = <I extends z.ZodType, const R extends readonly string[]>(
  decidedBy: 'hub' | 'device',
  input: I,
  refusals: R,
) => ({ decidedBy, input, refusals });

export const commandSchemas = {
  // kiosk
  issueTicket: row(
    'hub',
    z.strictObject({
      kioskId: kioskIdSchema,
      serviceIds: serviceIdsSchema,
      language: languageSchema,
      partySize: partySizeSchema,
    }),
    ['unknownKiosk', 'unknownService', 'serviceClosed', 'contingentUsedUp', 'appointmentOnly', 'numbersExhausted'],
  ),
  checkInAppointment: row('hub', z.strictObject({ kioskId: kioskIdSchema, code: appointmentCodeSchema }), [
    'unknownKiosk',
    'unknownAppointment',
    'alreadyCheckedIn',
    'appointmentTooEarly',
    'numbersExhausted',
  ]),
  confirmHandOver: row(
    'device',
    z.strictObject({ kioskId: kioskIdSchema, visitId: visitIdSchema, means: z.enum(['screen', 'print']) }),
    ['unknownVisit'],
  ),
  voidTicket: row('device', z.strictObject({ kioskId: kioskIdSchema, visitId: visitIdSchema }), [
    'unknownVisit',
    'alreadyHandedOver',
  ]),

  // portal
  bookAppointment: row(
    'hub',
    z.strictObject({
      code: appointmentCodeSchema,
      serviceIds: serviceIdsSchema,
      startsAt: epochMsSchema,
      partySize: partySizeSchema,
      language: languageSchema,
    }),
    ['unknownService', 'notByAppointment', 'notToday', 'codeTaken'],
  ),

  // counter: the clerk's session
  openCounter: row('hub', z.strictObject({ ...atCounter, sessionId: sessionIdSchema, takeOver: z.boolean() }), [
    'unknownCounter',
    'counterTaken',
    'sessionElsewhere',
  ]),
  closeCounter: row('device', z.strictObject(atCounter), ['counterNotOpen', 'visitInProgress']),
  beginBreak: row('device', z.strictObject({ ...atCounter, reason: z.enum(BREAK_REASONS) }), [
    'counterNotOpen',
    'visitInProgress',
  ]),
  endBreak: row('device', z.strictObject(atCounter), ['notOnBreak']),

  // counter: calling
  callNext: row('hub', z.strictObject(atCounter), ['counterNotOpen', 'visitInProgress', 'nobodyWaiting']),
  callSpecific: row('hub', z.strictObject({ ...onVisit }), [
    'counterNotOpen',
    'visitInProgress',
    'unknownVisit',
    'notCallable',
    'takenByOther',
  ]),
  walkDirect: row(
    'hub',
    z.strictObject({
      ...atCounter,
      serviceIds: serviceIdsSchema,
      language: languageSchema,
      partySize: partySizeSchema,
    }),
    ['counterNotOpen', 'visitInProgress', 'unknownService', 'numbersExhausted'],
  ),
  recall: row('device', z.strictObject(atCounter), ['noVisitCalled']),
  markArrived: row('device', z.strictObject(atCounter), ['noVisitCalled']),
  markNoShow: row('device', z.strictObject(atCounter), ['noVisitCalled']),

  // counter: serving
  finish: row(
    'device',
    z.strictObject({
      ...atCounter,
      outcome: z.enum(OUTCOMES),
      deliveredServiceIds: z.array(serviceIdSchema).max(MAX_PARTS),
    }),
    ['noVisitInService'],
  ),
  park: row('device', z.strictObject({ ...atCounter, reason: z.enum(PARK_REASONS) }), ['noVisitInService']),
  resume: row('hub', z.strictObject(onVisit), [
    'counterNotOpen',
    'visitInProgress',
    'unknownVisit',
    'notParked',
    'takenByOther',
  ]),
  requeue: row('device', z.strictObject({ ...onVisit, place: z.enum(['same', 'end']) }), [
    'unknownVisit',
    'notRequeueable',
    'takenByOther',
  ]),
  transfer: row(
    'hub',
    z.strictObject({ ...atCounter, serviceId: serviceIdSchema.nullable(), reservedFor: counterIdSchema.nullable() }),
    ['noVisitInService', 'unknownService', 'unknownCounter', 'counterLacksService', 'noTarget'],
  ),
  addFollowUp: row('device', z.strictObject({ ...atCounter, serviceId: serviceIdSchema }), [
    'noVisitInService',
    'unknownService',
    'tooManyParts',
  ]),
  editServices: row('device', z.strictObject({ ...onVisit, serviceIds: serviceIdsSchema }), [
    'unknownVisit',
    'visitClosed',
    'unknownService',
    'takenByOther',
  ]),
  changePriority: row(
    'device',
    z.strictObject({ ...onVisit, priority: prioritySchema, reason: z.enum(PRIORITY_REASONS).nullable() }),
    ['unknownVisit', 'visitClosed', 'reasonMissing'],
  ),
  changePartySize: row('device', z.strictObject({ ...onVisit, partySize: partySizeSchema }), [
    'unknownVisit',
    'visitClosed',
  ]),
  cancelVisit: row('device', z.strictObject({ ...onVisit, reason: z.enum(CANCEL_REASONS) }), [
    'unknownVisit',
    'visitClosed',
    'takenByOther',
  ]),
  undo: row('device', z.strictObject(atCounter), ['nothingToUndo', 'undoTooLate', 'changedSince']),

  // supervisor
  publishConfiguration: row('hub', z.strictObject({ config: locationConfigSchema }), [
    'versionNotHigher',
    'otherLocation',
    'badConfiguration',
  ]),
} as const;

export type CommandName = keyof typeof commandSchemas;
export type CommandInput<N extends CommandName> = z.infer<(typeof commandSchemas)[N]['input']>;
/** Refusals of one command. `dayClosed` can meet any of them: nothing happens outside an open business day. */
export type CommandRefusalType<N extends CommandName> = (typeof commandSchemas)[N]['refusals'][number] | 'dayClosed';
export type RefusalType = { [N in CommandName]: CommandRefusalType<N> }[CommandName];
export interface CommandRefusal<T extends RefusalType = RefusalType> {
  readonly type: T;
}

export type Command = {
  [N in CommandName]: { readonly name: N; readonly commandId: CommandId; readonly input: CommandInput<N> };
}[CommandName];

export const COMMAND_NAMES = Object.keys(commandSchemas) as CommandName[];

/** What a granted command answers: the visit it concerned and its number, where there is one. */
export const receiptSchema = z.strictObject({
  visitId: visitIdSchema.nullable(),
  number: z.string().max(6).nullable(),
});
export type Receipt = z.infer<typeof receiptSchema>;
export const EMPTY_RECEIPT: Receipt = { visitId: null, number: null };
