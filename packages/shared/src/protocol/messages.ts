/**
 * Device <-> hub: every wire message, its schema, and the answers. A hash of these schemas is kept in a test
 * (rule P4): changing one without raising PROTOCOL_VERSION fails.
 */
import { z } from 'zod';
import { deviceIdSchema, incarnationSchema } from '../lib/ids.ts';
import { epochMsSchema, localDateSchema } from '../lib/time.ts';
import { eventSchema, hashSchema } from '../sync/event.ts';
import { orderRowSchema, positionSchema, versionVectorSchema } from '../sync/order.ts';
import { MAX_BATCH_EVENTS } from './limits.ts';

export const PROTOCOL_VERSION = 3;
/** Oldest version this side still speaks. */
export const PROTOCOL_MINIMUM = 1;

/** Namespace of the sync protocol on the hub's socket.io server. */
export const SYNC_NAMESPACE = '/sync';

const wireErrorTypes = [
  'malformed',
  'tooLarge',
  'helloFirst',
  'updateNeeded',
  'unknownDevice',
  'duplicateIncarnation',
  'gap',
  'wrongHash',
  'forgedAuthor',
  'notAllowed',
  'conflictingEvent',
  'epochTooLow',
  'notHub',
  'storageFailed',
] as const;
/** A refused message: what is wrong, for the log; nothing was changed. */
export const wireErrorSchema = z.strictObject({ type: z.enum(wireErrorTypes), detail: z.string().max(500) });
export type WireError = z.infer<typeof wireErrorSchema>;

const answer = <T extends z.ZodRawShape>(shape: T) =>
  z.union([
    z.strictObject({ ok: z.literal(true), ...shape }),
    z.strictObject({ ok: z.literal(false), error: wireErrorSchema }),
  ]);

/** An ordered event; `event` is null where the receiver is its author and has it. */
export const orderedEventSchema = z.strictObject({ row: orderRowSchema, event: eventSchema.nullable() });
export type OrderedEvent = z.infer<typeof orderedEventSchema>;

/** Head of the current day. A hint: `tail` may carry the newest entries, what is missing is pulled. */
export const headSchema = z.strictObject({
  /** The hub's epoch; `position.epoch` is the last row's. A device refuses a lower one than it has seen (O3). */
  epoch: z.int().min(1),
  position: positionSchema,
  hubAt: epochMsSchema,
  tail: z.array(orderedEventSchema).max(MAX_BATCH_EVENTS),
  /** The hub's state hash after row `n`, the latest it has recorded (O7); null before the first. */
  check: z.strictObject({ n: z.int().min(1), stateHash: hashSchema }).nullable(),
});
export type Head = z.infer<typeof headSchema>;

/** What every version of `sync:hello` carries: read first, so that a version gap is told from a broken message (P4). */
export const protocolRangeSchema = z.object({ protocol: z.int(), protocolMinimum: z.int() });

/** Device -> hub, each answered. */
export const requestSchemas = {
  'sync:hello': {
    request: z.strictObject({
      protocol: z.int().min(1),
      protocolMinimum: z.int().min(1),
      device: deviceIdSchema,
      incarnation: incarnationSchema,
      versionVector: versionVectorSchema,
      /** Null before the first contact. */
      position: positionSchema.nullable(),
      /** Highest epoch the device has seen; 0 before the first contact (O3). */
      epoch: z.int().min(0),
      deviceAt: epochMsSchema,
      /** Whom the device takes this for. A relay refuses whoever wants a hub; a hub serves both. Absent before version 2. */
      to: z.enum(['hub', 'relay']).optional(),
    }),
    answer: answer({
      epoch: z.int().min(1),
      day: localDateSchema,
      hubAt: epochMsSchema,
      versionVector: versionVectorSchema,
      /** Whether the device's position is on the hub's list; if not, it drops the day's rows and refetches (O4). */
      positionKnown: z.boolean(),
    }),
  },
  'sync:push': {
    request: z.strictObject({
      events: z.array(eventSchema).min(1).max(MAX_BATCH_EVENTS),
      /** The device's wall clock when this was sent: measures its offset (T1). */
      deviceAt: epochMsSchema,
    }),
    /** Sent after commit. `through`: highest seq now held of each journal pushed. */
    answer: answer({ through: versionVectorSchema }),
  },
  /**
   * A claim that its author is still writing to its disk: the hub may decide it at once (O6). A hint that is answered;
   * whatever becomes of it, the claim follows with a push. Unknown before version 3.
   */
  'sync:ask': {
    /** `seq`: of the claim, behind all that the hub holds of its author. */
    request: z.strictObject({
      day: localDateSchema,
      seq: z.int().min(1),
      command: z.record(z.string(), z.unknown()),
    }),
    /** Sent after commit. `head`: with the decision in its tail; null when nothing has been decided by that. */
    answer: answer({ head: headSchema.nullable() }),
  },
  'sync:pull': {
    request: z.strictObject({ day: localDateSchema, afterN: z.int().min(0) }),
    /** `head`: end of the order of the day asked for. */
    answer: answer({
      entries: z.array(orderedEventSchema).max(MAX_BATCH_EVENTS),
      head: positionSchema,
      hubAt: epochMsSchema,
    }),
  },
} as const;

export type RequestName = keyof typeof requestSchemas;
export type RequestBody<N extends RequestName> = z.infer<(typeof requestSchemas)[N]['request']>;
export type AnswerBody<N extends RequestName> = z.infer<(typeof requestSchemas)[N]['answer']>;
export type OkAnswer<N extends RequestName> = Extract<AnswerBody<N>, { readonly ok: true }>;

/** Hub -> device, never answered: hints (rule P1). */
export const hintSchemas = {
  'sync:head': headSchema,
} as const;
