/** What a device's push says of claims (rule O6): which are to be decided, and which have ended elsewhere. */
import { claimEventSchemas } from '@aufruf/shared/domain/claim/claim-events';
import type { Command } from '@aufruf/shared/domain/commands';
import type { CommandId, DeviceId } from '@aufruf/shared/lib/ids';
import type { JournalEvent } from '@aufruf/shared/sync/event';

/**
 * The command of a claim made to `decider` (undefined = the hub); null for other events, and for claims this version cannot
 * read (O7: recorded, not decided).
 */
export function claimedCommand(event: JournalEvent, decider: DeviceId | undefined): Command | null {
  if (event.type !== 'v1.ClaimMade') return null;
  const claim = claimEventSchemas['v1.ClaimMade'].safeParse(event.payload);
  return claim.success && claim.data.to === decider ? claim.data.command : null;
}

/** Claims that are decided, or withdrawn by their authors, by events of the same push. */
export function endedClaims(events: readonly JournalEvent[]): ReadonlySet<CommandId> {
  const ids = new Set<CommandId>();
  const authors = new Map<CommandId, DeviceId>();
  for (const { type, device, payload } of events) {
    if (type === 'v1.ClaimMade') {
      const made = claimEventSchemas[type].safeParse(payload);
      if (made.success) authors.set(made.data.command.commandId, device);
    } else if (type === 'v1.ClaimWithdrawn' || type === 'v1.ClaimDecided') {
      const ended = claimEventSchemas[type].safeParse(payload);
      if (!ended.success) continue;
      const { commandId } = ended.data;
      // Nobody takes back what another has claimed; the fold refuses it.
      const isForeign = type === 'v1.ClaimWithdrawn' && (authors.get(commandId) ?? device) !== device;
      if (!isForeign) ids.add(commandId);
    }
  }
  return ids;
}
