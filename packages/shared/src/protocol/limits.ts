/** Limits and spans of the wire (rules P1 to P3). Each has a test at its edge. */
import { SECOND_MS } from '../lib/time.ts';

/** Most events or rows in one batch. */
export const MAX_BATCH_EVENTS = 200;
/** Largest batch in bytes of JSON; a single event may be larger, up to MAX_EVENT_BYTES. */
export const MAX_BATCH_BYTES = 64 * 1024;
/** Largest socket.io message. */
export const MAX_MESSAGE_BYTES = 128 * 1024;
/** The hub announces its head so often, and after each batch. */
export const HEAD_INTERVAL_MS = 2 * SECOND_MS;
/** A head may carry the newest entries along, up to this many bytes; more is pulled. */
export const MAX_HEAD_TAIL_BYTES = 16 * 1024;
/** A push or pull unanswered for so long: close, hello again. */
export const ANSWER_TIMEOUT_MS = 5 * SECOND_MS;
/** Events unsent for so long raise an alarm. */
export const BACKLOG_ALARM_MS = 30 * SECOND_MS;
/** The hub unheard for so long is called silent (M4). */
export const SILENCE_MS = 3 * SECOND_MS;
/** A state hash is recorded every so many rows (O7). */
export const STATE_HASH_ROWS = 100;
export const PING_INTERVAL_MS = 2 * SECOND_MS;
export const PING_TIMEOUT_MS = 3 * SECOND_MS;
export const RECONNECT_MIN_MS = 200;
export const RECONNECT_MAX_MS = 2 * SECOND_MS;
