/**
 * The envelope of a journal event (rule J1). The payload is opaque here: unknown types and newer versions are stored
 * and handed on untouched (J6). `hash` is not part of the envelope; it is computed from it.
 */
import { z } from 'zod';
import { type DeviceId, deviceIdSchema, incarnationSchema } from '../lib/ids.ts';
import { epochMsSchema, localDateSchema } from '../lib/time.ts';

/** Envelope version: what is hashed and how. */
export const ENVELOPE_VERSION = 1;

/** Largest event in bytes of canonical JSON, payload included. A configuration must fit into one. */
export const MAX_EVENT_BYTES = 96 * 1024;

/** SHA-256 in hex. */
export const hashSchema = z
  .string()
  .regex(/^[0-9a-f]{64}$/, 'expected 64 hex digits')
  .brand<'Hash'>();
export type Hash = z.infer<typeof hashSchema>;

/** `prevHash` of the first event of a journal. */
export const GENESIS_HASH = '0'.repeat(64) as Hash;

export const eventSchema = z.strictObject({
  device: deviceIdSchema,
  incarnation: incarnationSchema,
  /** 1, 2, 3 … without gaps within (device, incarnation). */
  seq: z.int().min(1),
  prevHash: hashSchema,
  day: localDateSchema,
  type: z
    .string()
    .regex(/^v\d+\.[A-Z][A-Za-z]+$/)
    .max(64),
  v: z.int().min(1).max(1_000),
  payload: z.record(z.string(), z.unknown()),
  /** The device's wall clock. Decides no conflict. */
  deviceAt: epochMsSchema,
  /** The device's monotonic clock, ms since an arbitrary start; for spans. */
  monoMs: z.int().min(0),
});
export type JournalEvent = z.infer<typeof eventSchema>;

/** `device/incarnation/seq`: the key of an event as one text. */
export type EventKey = `${string}/${string}/${number}`;
export const eventKey = (event: Pick<JournalEvent, 'device' | 'incarnation' | 'seq'>): EventKey =>
  `${event.device}/${event.incarnation}/${event.seq}`;

/** Which journal: `device/incarnation`. */
export type JournalKey = `${string}/${string}`;
export const journalKey = (event: Pick<JournalEvent, 'device' | 'incarnation'>): JournalKey =>
  `${event.device}/${event.incarnation}`;

/** The hub is a device too; no other may bear its name. Hubs that come after each other do, each as an incarnation of its own. */
export const HUB_DEVICE = 'hub' as DeviceId;
/** Whether a hub wrote this journal, be it one that is lost. */
export const isOfHub = (journal: string): boolean => journal.startsWith(`${HUB_DEVICE}/`);
