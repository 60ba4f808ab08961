/** Makes a caller out of what a transport knows: the role it stands for, and the station that was asked for. */
import type { BridgeRefusal } from '@aufruf/shared/bridge/bridge';
import { BRIDGE_VERSION } from '@aufruf/shared/bridge/bridge';
import { refuseMalformed } from '@aufruf/shared/bridge/refuse-malformed';
import type { Caller } from '@aufruf/shared/bridge/roles';
import { type BRIDGE_NAMESPACES, type Handshake, handshakeSchema } from '@aufruf/shared/bridge/wire';
import type { LocationConfig } from '@aufruf/shared/domain/location-config/schema';
import { ok, type Result, refuse } from '@aufruf/shared/lib/result';

export type MountedRole = keyof typeof BRIDGE_NAMESPACES;

/** Refusals: `malformed`, `wrongVersion`. */
function readHandshake(handshake: unknown): Result<Handshake, BridgeRefusal> {
  const version = (handshake as { readonly bridgeVersion?: unknown } | null | undefined)?.bridgeVersion;
  // Looked at before the shape: a newer version may well have another one.
  if (typeof version === 'number' && version !== BRIDGE_VERSION) {
    return refuse({ type: 'wrongVersion', detail: `bridge version ${version}, this host speaks ${BRIDGE_VERSION}` });
  }
  const parsed = handshakeSchema.safeParse(handshake);
  return parsed.success ? ok(parsed.data) : refuseMalformed('handshake', parsed.error);
}

/** Whether the page says that it has just been opened. */
export const isNewPage = (handshake: unknown): boolean => {
  const read = readHandshake(handshake);
  return read.ok && read.value.isNewPage === true;
};

/** A host that is one station itself takes screens of that station only. Refusals as of `bindCaller`. */
export function bindToStation(caller: Caller, handshake: unknown): Result<Caller, BridgeRefusal> {
  const read = readHandshake(handshake);
  if (!read.ok) return read;
  const { station } = read.value;
  const own = stationOf(caller);
  return station === undefined || station === own
    ? ok(caller)
    : refuse({ type: 'unknownName', detail: `this is ${own}, not "${station}"` });
}

/**
 * Binds a kiosk or display to the station it asks for, or to the location's first one. A counter's browser is bound
 * only if it asks for a counter. Refusals: `malformed`, `wrongVersion`, `unknownName` for a station the location lacks.
 */
export function bindCaller(
  role: MountedRole,
  handshake: unknown,
  config: LocationConfig | null,
): Result<Caller, BridgeRefusal> {
  const read = readHandshake(handshake);
  if (!read.ok) return read;
  const { station } = read.value;
  switch (role) {
    case 'kiosk': {
      const found = findStation(config?.kiosks, station, 'kiosk');
      return found.ok ? { ok: true, value: { role, kioskId: found.value.id } } : found;
    }
    case 'display': {
      const found = findStation(config?.displays, station, 'display');
      return found.ok ? { ok: true, value: { role, displayId: found.value.id } } : found;
    }
    case 'clerk': {
      if (station === undefined) return { ok: true, value: { role, counterId: null } };
      const found = findStation(config?.counters, station, 'counter');
      return found.ok ? { ok: true, value: { role, counterId: found.value.id } } : found;
    }
    case 'visitor':
      return { ok: true, value: { role } };
  }
}

function findStation<S extends { readonly id: string }>(
  stations: readonly S[] = [],
  wanted: string | undefined,
  kind: string,
): Result<S, BridgeRefusal> {
  const found = wanted === undefined ? stations[0] : stations.find((station) => station.id === wanted);
  if (found !== undefined) return { ok: true, value: found };
  const known = stations.map((station) => station.id).join(', ') || 'none';
  return refuse({
    type: 'unknownName',
    detail: `no ${kind}${wanted === undefined ? '' : ` "${wanted}"`} at this location; known: ${known}`,
  });
}

/** The station a caller is bound to, as the welcome says it. */
export function stationOf(caller: Caller): string | null {
  switch (caller.role) {
    case 'kiosk':
      return caller.kioskId;
    case 'display':
      return caller.displayId;
    case 'clerk':
      return caller.counterId;
    case 'visitor':
    case 'portal':
      return null;
  }
}
