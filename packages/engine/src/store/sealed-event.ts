/**
 * An event with its hash, and its payload as text (J1): all that a store needs to keep it. Made where an event is hashed
 * first, and handed on from there, so that nothing is put into its canonical form twice; nothing else can make one.
 */
import { Buffer } from 'node:buffer';
import type { Sha256 } from '@aufruf/shared/lib/hash';
import { NotCanonicalError } from '@aufruf/shared/sync/canonical-json';
import { type Hash, type JournalEvent, MAX_EVENT_BYTES } from '@aufruf/shared/sync/event';
import { canonicalEnvelope, canonicalPayload } from '@aufruf/shared/sync/hash';

declare const mark: unique symbol;

export interface SealedEvent {
  readonly event: JournalEvent;
  readonly hash: Hash;
  readonly payloadJson: string;
  readonly [mark]: true;
}

/** `problem`: in a few words. */
export type Unsealable = { readonly type: 'malformed' | 'tooLarge'; readonly problem: string };

/** What arrives. It belongs to the sealed event from now on: nobody may change it. What the object carries besides is left out. */
export function sealEvent(event: JournalEvent, sha256: Sha256): SealedEvent | Unsealable {
  try {
    return seal(event, canonicalPayload(event), sha256);
  } catch (error) {
    if (error instanceof NotCanonicalError) return { type: 'malformed', problem: error.message };
    throw error;
  }
}

/**
 * What is journaled here. The payload is copied: its author holds exactly what every other device will read.
 * @throws when it is larger than MAX_EVENT_BYTES or has no canonical form
 */
export function sealOwn(event: JournalEvent, sha256: Sha256): SealedEvent {
  const payloadJson = canonicalPayload(event);
  const payload = JSON.parse(JSON.stringify(event.payload)) as JournalEvent['payload'];
  const sealed = seal({ ...event, payload }, payloadJson, sha256);
  if (!isSealed(sealed)) throw new Error(`${event.type} cannot be journaled: ${sealed.problem}`);
  return sealed;
}

export const isSealed = (made: SealedEvent | Unsealable): made is SealedEvent => 'hash' in made;

function seal(from: JournalEvent, payloadJson: string, sha256: Sha256): SealedEvent | Unsealable {
  const text = canonicalEnvelope(from, payloadJson);
  const bytes = Buffer.byteLength(text, 'utf8');
  if (bytes > MAX_EVENT_BYTES) return { type: 'tooLarge', problem: `${bytes} bytes, at most ${MAX_EVENT_BYTES}` };
  const { device, incarnation, seq, prevHash, day, type, v, payload, deviceAt, monoMs } = from;
  const event = { device, incarnation, seq, prevHash, day, type, v, payload, deviceAt, monoMs };
  return { event, hash: sha256(text) as Hash, payloadJson } as SealedEvent;
}
