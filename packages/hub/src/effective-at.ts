/**
 * Since when an event counts (rule T1). A device's wall clock may be hours wrong; what is known for sure is when the hub
 * heard of the event, and when it last heard the device without it. Between these two the device's clock, corrected by
 * its measured offset, places the event.
 */

import type { EpochMs } from '@aufruf/shared/lib/time';
import type { JournalKey } from '@aufruf/shared/sync/event';
import type { VersionVector } from '@aufruf/shared/sync/order';

/** What the hub knows of the contact with a device during one connection. All times are the hub's. */
export interface Contact {
  readonly helloAt: EpochMs;
  /** What the device held when it said hello: events up to here were made before `helloAt`, later ones after. */
  readonly heldAtHello: VersionVector;
  /** When the hub last heard the device before this connection; 0 when it does not know. */
  readonly previousContactAt: EpochMs;
}

/** `deviceAt`: the device's clock at the event. `sentAt`: the device's clock when it sent the event. */
export interface DeviceTimes {
  readonly journal: JournalKey;
  readonly seq: number;
  readonly deviceAt: EpochMs;
  readonly sentAt: EpochMs;
}

/** Never after `receivedAt`, even where the hub's own clock was set back in between. */
export function effectiveAt(event: DeviceTimes, contact: Contact, receivedAt: EpochMs): EpochMs {
  const offsetMs = receivedAt - event.sentAt;
  const isFromBefore = event.seq <= (contact.heldAtHello[event.journal] ?? 0);
  const earliest = isFromBefore ? contact.previousContactAt : contact.helloAt;
  return Math.min(receivedAt, Math.max(earliest, event.deviceAt + offsetMs));
}
