/**
 * What the processes of a replay tell, one JSON line each: what a citizen got at the kiosk, what clerks did, what stood on
 * the board. The judge sees nothing else. Times are the compressed clock's.
 */
import { z } from 'zod';

const at = z.int().min(0);
const id = z.string().min(1).max(64);

const recordSchema = z.discriminatedUnion('kind', [
  /** A kiosk handed a number over. */
  z.strictObject({ kind: z.literal('drawn'), visitor: id, visitId: id, number: id, at }),
  /** A kiosk sent somebody away. */
  z.strictObject({ kind: z.literal('refused'), visitor: id, type: id, at }),
  /** A clerk called; `callId` names the call. */
  z.strictObject({ kind: z.literal('called'), visitId: id, number: id, callId: id, counterLabel: id, at }),
  z.strictObject({ kind: z.literal('recalled'), visitId: id, callId: id, announcement: z.int().min(2), at }),
  z.strictObject({ kind: z.literal('arrived'), visitId: id, callId: id, at }),
  /** Nobody came. `missed`: it was the last attempt. */
  z.strictObject({ kind: z.literal('noShow'), visitId: id, callId: id, missed: z.boolean(), at }),
  z.strictObject({ kind: z.literal('finished'), visitId: id, callId: id, at }),
  /** A display put an announcement on the board, or took a call off. */
  z.strictObject({
    kind: z.literal('shown'),
    callId: id,
    number: id,
    counterLabel: id,
    announcement: z.int().min(1),
    at,
  }),
  z.strictObject({ kind: z.literal('withdrawn'), callId: id, at }),
  /** Nobody decided a clerk's call in time, and it was withdrawn: if it was granted after all, that does not count. */
  z.strictObject({ kind: z.literal('gaveUp'), callId: id, at }),
  /** What a device held in the end. */
  z.strictObject({
    kind: z.literal('state'),
    device: id,
    rows: z.int().min(0),
    stateHash: id,
    pending: z.int().min(0),
  }),
]);

export type ReplayRecord = z.infer<typeof recordSchema>;
export type RecordOf<K extends ReplayRecord['kind']> = Extract<ReplayRecord, { readonly kind: K }>;

/** What a process says about itself, and its records. */
export const childLineSchema = z.union([
  recordSchema,
  /** Ready for visitors; a hub adds its address. */
  z.strictObject({ kind: z.literal('ready'), url: z.string().optional() }),
  /** How long its commands took since the last pulse, real ms. */
  z.strictObject({ kind: z.literal('pulse'), commands: z.int().min(0), totalMs: z.int().min(0) }),
  /** Its part of the day is over. */
  z.strictObject({ kind: z.literal('done') }),
  /** It cannot go on. */
  z.strictObject({ kind: z.literal('failed'), detail: z.string() }),
]);
export type ChildLine = z.infer<typeof childLineSchema>;

/** What the parent tells a process, one JSON line each. */
export const parentLineSchema = z.discriminatedUnion('kind', [
  /** The clock's pace from `realAt` on; the first one begins the day. */
  z.strictObject({ kind: z.literal('pace'), realAt: at, virtualAt: at, speed: z.number().positive() }),
  /** Citizens looked at the board: this announcement stands there. */
  z.strictObject({ kind: z.literal('seen'), callId: id, announcement: z.int().min(1) }),
  /** The doors are closed; so many tickets were drawn in all. */
  z.strictObject({ kind: z.literal('doorsClosed'), drawn: z.int().min(0) }),
  /** Asks for `state`. */
  z.strictObject({ kind: z.literal('report') }),
]);
export type ParentLine = z.infer<typeof parentLineSchema>;
