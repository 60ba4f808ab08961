/** What a device's push says of claims (rule O6): which are to be decided, and which have ended elsewhere. */
import { type ClaimEvent, type ClaimEventType, claimEventSchemas } from '@aufruf/shared/domain/claim/claim-events';
import type { Command } from '@aufruf/shared/domain/commands';
import type { CommandId, DeviceId } from '@aufruf/shared/lib/ids';
import type { JournalEvent } from '@aufruf/shared/sync/event';

/** An event that a device has pushed, and what it says about a claim: read once, where it came in. */
export interface PushedEvent {
  readonly event: JournalEvent;
  /** Null for other events, and for claims this version cannot read (O7: recorded, not decided). */
  readonly claim: ClaimEvent | null;
}

export const readPushed = (event: JournalEvent): PushedEvent => ({ event, claim: readClaim(event) });

function readClaim({ type, payload }: JournalEvent): ClaimEvent | null {
  if (!isClaimType(type)) return null;
  const read = claimEventSchemas[type].safeParse(payload);
  return read.success ? ({ type, payload: read.data } as ClaimEvent) : null;
}

const isClaimType = (type: string): type is ClaimEventType => Object.hasOwn(claimEventSchemas, type);

/** The command of a claim made to `decider` (undefined = the hub); null for whatever else there is. */
export const claimedCommand = ({ claim }: PushedEvent, decider: DeviceId | undefined): Command | null =>
  claim?.type === 'v1.ClaimMade' && claim.payload.to === decider ? claim.payload.command : null;

/** The command of a claim to the hub that is still being written; null when it cannot be read. */
export function readAsked(command: unknown): Command | null {
  const read = claimEventSchemas['v1.ClaimMade'].safeParse({ command });
  return read.success ? read.data.command : null;
}

/** Claims that are decided, or withdrawn by their authors, by events of the same push. */
export function endedClaims(events: readonly PushedEvent[]): ReadonlySet<CommandId> {
  const ids = new Set<CommandId>();
  const authors = new Map<CommandId, DeviceId>();
  for (const { event, claim } of events) {
    if (claim === null) continue;
    if (claim.type === 'v1.ClaimMade') {
      authors.set(claim.payload.command.commandId, event.device);
      continue;
    }
    const { commandId } = claim.payload;
    // Nobody takes back what another has claimed; the fold refuses it.
    const isForeign = claim.type === 'v1.ClaimWithdrawn' && (authors.get(commandId) ?? event.device) !== event.device;
    if (!isForeign) ids.add(commandId);
  }
  return ids;
}
