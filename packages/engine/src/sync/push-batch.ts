/** How much goes into one push (rule P1). */
import { utf8Length } from '@aufruf/shared/lib/utf8-length';
import { MAX_BATCH_BYTES } from '@aufruf/shared/protocol/limits';
import type { JournalEvent } from '@aufruf/shared/sync/event';

/** What a push holds besides its events, with room to spare. */
const BATCH_ENVELOPE_BYTES = 64;

/** The first of `events`, up to MAX_BATCH_BYTES; always at least one if there is one. */
export function batchOf(events: readonly JournalEvent[]): readonly JournalEvent[] {
  const batch: JournalEvent[] = [];
  let bytes = BATCH_ENVELOPE_BYTES;
  for (const event of events) {
    bytes += utf8Length(JSON.stringify(event)) + 1;
    if (batch.length > 0 && bytes > MAX_BATCH_BYTES) break;
    batch.push(event);
  }
  return batch;
}
