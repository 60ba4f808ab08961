/** The order the hub gives to all events of a day (rules O1 to O4). */
import { z } from 'zod';
import { deviceIdSchema, incarnationSchema } from '../lib/ids.ts';
import { epochMsSchema, localDateSchema } from '../lib/time.ts';
import { hashSchema } from './event.ts';

/** One row of the order. `n` runs 1, 2, 3 … within the day, without gaps, over all epochs. */
export const orderRowSchema = z.strictObject({
  day: localDateSchema,
  n: z.int().min(1),
  epoch: z.int().min(1),
  device: deviceIdSchema,
  incarnation: incarnationSchema,
  seq: z.int().min(1),
  eventHash: hashSchema,
  /** Hub clock when the event reached the hub. */
  receivedAt: epochMsSchema,
  /** The time the event counts from (T1): never after `receivedAt`. */
  effectiveAt: epochMsSchema,
  /** SHA-256 over this row (without `chain`) and the `chain` before it. */
  chain: hashSchema,
});
export type OrderRow = z.infer<typeof orderRowSchema>;
/** A row that is not part of an order yet. */
export type UnchainedRow = Omit<OrderRow, 'chain'>;

/** How far a device has the order of a day. `n` 0 with GENESIS_HASH is the start. */
export const positionSchema = z.strictObject({
  day: localDateSchema,
  epoch: z.int().min(0),
  n: z.int().min(0),
  chain: hashSchema,
});
export type Position = z.infer<typeof positionSchema>;

/** Highest gapless seq held of each journal, by `device/incarnation` (set union by version vector). */
export const versionVectorSchema = z.record(z.string().max(100), z.int().min(0));
export type VersionVector = z.infer<typeof versionVectorSchema>;
