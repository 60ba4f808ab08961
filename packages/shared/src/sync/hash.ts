/**
 * The two hash chains: `prevHash` through each device's journal (J1) and `chain` through the order of a day (O1). What
 * exactly is hashed is part of the protocol; changing it means a new ENVELOPE_VERSION and a new protocol version.
 */
import type { Sha256 } from '../lib/hash.ts';
import { canonicalJson } from './canonical-json.ts';
import type { Hash, JournalEvent } from './event.ts';
import type { UnchainedRow } from './order.ts';

/**
 * What is hashed, sent and measured against MAX_EVENT_BYTES: the envelope with its payload, and nothing that an object
 * may carry besides.
 * @throws NotCanonicalError when the payload has no canonical form
 */
export function canonicalEvent(event: JournalEvent): string {
  return canonicalEnvelope(event, canonicalPayload(event));
}

/** The payload as it stands in the envelope's text. @throws NotCanonicalError when it has no canonical form */
export const canonicalPayload = ({ payload }: JournalEvent): string => canonicalJson(payload, 1);

/** `payloadText`: from `canonicalPayload`, for whoever needs it besides. */
export function canonicalEnvelope(event: Omit<JournalEvent, 'payload'>, payloadText: string): string {
  // The names are known, so their order is: as canonicalJson writes it, at half the cost of having it sort them.
  return (
    `{"day":${canonicalJson(event.day)},"device":${canonicalJson(event.device)},` +
    `"deviceAt":${canonicalJson(event.deviceAt)},"incarnation":${canonicalJson(event.incarnation)},` +
    `"monoMs":${canonicalJson(event.monoMs)},"payload":${payloadText},` +
    `"prevHash":${canonicalJson(event.prevHash)},"seq":${canonicalJson(event.seq)},` +
    `"type":${canonicalJson(event.type)},"v":${canonicalJson(event.v)}}`
  );
}

/** SHA-256 over the canonical envelope (J1). */
export function hashEvent(event: JournalEvent, sha256: Sha256): Hash {
  return sha256(canonicalEvent(event)) as Hash;
}

/** A row's `chain`: SHA-256 over the chain before it and the rest of the row (O1). GENESIS_HASH precedes row 1. */
export function chainRow(previousChain: Hash, rowWithoutChain: UnchainedRow, sha256: Sha256): Hash {
  const row = rowWithoutChain;
  const text =
    `[${canonicalJson(previousChain)},{"day":${canonicalJson(row.day)},"device":${canonicalJson(row.device)},` +
    `"effectiveAt":${canonicalJson(row.effectiveAt)},"epoch":${canonicalJson(row.epoch)},` +
    `"eventHash":${canonicalJson(row.eventHash)},"incarnation":${canonicalJson(row.incarnation)},` +
    `"n":${canonicalJson(row.n)},"receivedAt":${canonicalJson(row.receivedAt)},"seq":${canonicalJson(row.seq)}}]`;
  return sha256(text) as Hash;
}
