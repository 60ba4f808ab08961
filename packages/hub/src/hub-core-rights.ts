/**
 * What a device may push (X8, rule 1): its role comes from the configuration, by its id, never from what it sends. What it
 * decided while it was alone it may bring (M3): grants of its own role's commands, and the opening of a day.
 */
import { commandRoles } from '@aufruf/shared/bridge/command-table';
import type { Role } from '@aufruf/shared/bridge/roles';
import type { Command } from '@aufruf/shared/domain/commands';
import { FACT_TYPES, type FactType } from '@aufruf/shared/domain/facts';
import type { LocationConfig } from '@aufruf/shared/domain/location-config/schema';
import type { DeviceId } from '@aufruf/shared/lib/ids';
import type { PushedEvent } from './claims-in-push.ts';

export type DeviceRole = Extract<Role, 'kiosk' | 'display' | 'clerk'>;

/** Decides for its island while the hub is silent (M2). */
export const isRelay = (device: DeviceId, config: LocationConfig | null): boolean =>
  config?.sync?.relays.some((relay) => relay.device === device) ?? false;

/** Null = the configuration does not know this device. */
export function deviceRole(device: DeviceId, config: LocationConfig | null): DeviceRole | null {
  const names = (list: readonly { readonly id: string }[]) => list.some(({ id }) => id === device);
  if (config === null) return null;
  if (names(config.kiosks)) return 'kiosk';
  if (names(config.displays)) return 'display';
  if (names(config.counters)) return 'clerk';
  return null;
}

/** Facts that a device decides by itself, by its role. All others stand in decisions of the hub only. */
const ownFacts: Readonly<Record<DeviceRole, readonly FactType[]>> = {
  kiosk: ['v1.TicketHandedOver', 'v1.TicketVoided'],
  display: [],
  clerk: [
    'v1.VisitRecalled',
    'v1.VisitArrived',
    'v1.VisitNotShown',
    'v1.VisitParked',
    'v1.VisitRequeued',
    'v1.FollowUpAdded',
    'v1.ServicesEdited',
    'v1.PriorityChanged',
    'v1.PartySizeChanged',
    'v1.VisitFinished',
    'v1.VisitCancelled',
    'v1.CounterClosed',
    'v1.BreakBegan',
    'v1.BreakEnded',
    'v1.ActionUndone',
  ],
};

/** Facts that only a decision holds, by the role that may decide them alone (M3). */
const grantedFacts: Readonly<Record<DeviceRole, readonly FactType[]>> = {
  kiosk: ['v1.TicketIssued', 'v1.AppointmentCheckedIn'],
  display: [],
  clerk: [
    'v1.CounterOpened',
    'v1.CounterClosed',
    'v1.VisitCalled',
    'v1.VisitArrived',
    'v1.VisitResumed',
    'v1.VisitTransferred',
    'v1.TicketIssued',
  ],
};

const decidedByRelays: readonly FactType[] = [...grantedFacts.kiosk, ...grantedFacts.clerk];

export function mayClaim(role: DeviceRole, { name }: Command): boolean {
  const roles: readonly Role[] = commandRoles[name];
  return roles.includes(role);
}

/** Types of a newer version are let through: they are kept and handed on untouched (J6), and change no state here. */
export function mayPush(role: DeviceRole, { event, claim }: PushedEvent, decidesForOthers = false): boolean {
  if (role === 'display') return false;
  if (event.type === 'v1.ClaimDecided') {
    if (claim?.type !== 'v1.ClaimDecided') return false;
    const { outcome } = claim.payload;
    const mayGrant = decidesForOthers ? decidedByRelays : grantedFacts[role];
    return outcome.type === 'refused' || outcome.facts.every(({ type }) => mayGrant.includes(type));
  }
  if (event.type === 'v1.DayOpened') return true;
  if (event.type === 'v1.ClaimWithdrawn') return true;
  if (event.type === 'v1.ClaimMade') return claim?.type !== 'v1.ClaimMade' || mayClaim(role, claim.payload.command);
  const isKnown = (FACT_TYPES as readonly string[]).includes(event.type);
  return !isKnown || (ownFacts[role] as readonly string[]).includes(event.type);
}
