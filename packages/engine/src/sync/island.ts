/**
 * What a device does while the hub is silent and relays are configured (M2): it tries them in the order of the
 * configuration, one at a time, and is served by the first that answers; or it is the next in order itself, and serves. After
 * all of them, those that are heard at another address take their turn.
 *
 * Invariant: at most one of the two at a time, and neither once the hub has answered. The device's engine says what the
 * hub does and follows what is ordered.
 */
import type { LocationConfig } from '@aufruf/shared/domain/location-config/schema';
import type { DeviceId } from '@aufruf/shared/lib/ids';
import { MINUTE_MS } from '@aufruf/shared/lib/time';
import type { Log } from '../platform/platform.ts';
import type { HubLink } from '../transport/transport.ts';
import type { DeviceInput, DeviceSessionState } from './device-session-state.ts';
import { type Peer, service, startPeer } from './peer.ts';
import type { RelayService } from './relay-service.ts';
import type { Whereabouts } from './whereabouts.ts';

export interface Island {
  /** The relay this device is served by, or tries. */
  peer(): Peer | null;
  /** Set while this device is the relay. */
  serving(): RelayService | null;
  /** The relay that serves this device; null while none does, or this device is one. */
  servedBy(): DeviceId | null;
  /** Whether a relay has been tried, or this device is one. */
  isBegun(): boolean;
  /** Whether somebody, be it this device, stands in for the hub. */
  isServed(): boolean;
  /** A relay's clock, kept when it is left: the hub's, as it knew it. */
  clock(): DeviceSessionState['hubClock'];
  /** Looks what is to be done; called with each tick. */
  follow(): void;
  /** The hub answers, or the device stops. */
  leave(): void;
  /** This device serves and cannot be reached: for SERVE_AGAIN_MS it is a relay's device like any other. */
  giveUp(): void;
  /** While it stands aside, this device is a relay's device like any other: its address is a hub's. */
  standAside(isAside: boolean): void;
}

/** A relay that could not be reached, its port taken by another program, tries again so much later. */
const SERVE_AGAIN_MS = MINUTE_MS;

interface NamedRelay {
  readonly device: DeviceId;
  readonly address: string;
}

export interface IslandOptions {
  readonly device: string;
  readonly log: Log;
  readonly monoMs: () => number;
  readonly config: () => LocationConfig | null;
  /** Where relays of the configuration are heard at the moment (whereabouts.ts). */
  readonly hinted: Whereabouts['relays'];
  /** The hub is silent. */
  readonly isWanted: () => boolean;
  /** Whether the day followed is surely today's: a relay orders no other. */
  readonly isToday: () => boolean;
  readonly openLink: ((address: string) => HubLink) | undefined;
  readonly openPeer: (link: HubLink) => Peer;
  readonly feed: (input: DeviceInput, peer: Peer) => void;
  /** Begins to serve; null when this device cannot. */
  readonly serve: (config: LocationConfig) => RelayService | null;
  readonly onStopped: () => void;
}

export function createIsland(options: IslandOptions): Island {
  const { device, log, monoMs, config, hinted, isWanted, isToday, openLink, openPeer, feed, serve, onStopped } =
    options;
  let relay: Peer | null = null;
  let relayDevice: DeviceId | null = null;
  let lastClock: DeviceSessionState['hubClock'] = null;
  let serving: RelayService | null = null;
  /** Which of the relays is tried next. */
  let next = 0;
  /** Not served again before this monotonic time. */
  let servesFromMonoMs = Number.NEGATIVE_INFINITY;
  let isAside = false;

  function hangUp(): void {
    lastClock = relay?.state.hubClock ?? lastClock;
    const left = relay;
    relay = null;
    left?.link.close();
  }

  function leave(): void {
    hangUp();
    next = 0;
    const stopped = serving;
    if (stopped === null) return;
    stopped.close();
    serving = null;
    log.info('no longer a relay');
    onStopped();
  }

  function connect({ device: id, address }: NamedRelay): void {
    if (openLink === undefined) return;
    relayDevice = id;
    const peer = openPeer(openLink(address));
    relay = peer;
    startPeer(peer, (input) => feed(input, peer));
  }

  function candidateOf(named: readonly NamedRelay[]): NamedRelay | undefined {
    // The hub of this machine is at this device's own address; who stands in for the old one would keep it from there.
    const own = isAside ? named.find((each) => each.device === device) : undefined;
    const relays = next < named.length ? named : [...named, ...hinted()];
    return own ?? relays[next % Math.max(1, relays.length)];
  }

  const servedBy = (): DeviceId | null =>
    relay !== null && service(relay, monoMs()) === 'current' ? relayDevice : null;

  return {
    peer: () => relay,
    serving: () => serving,
    servedBy,
    isBegun: () => relay !== null || serving !== null,
    isServed: () => serving !== null || servedBy() !== null,
    clock: () => relay?.state.hubClock ?? lastClock,
    follow() {
      if (!isWanted()) return;
      if (serving !== null) {
        if (!isToday()) leave();
        return;
      }
      if (relay !== null) {
        if (service(relay, monoMs()) !== 'silent') return;
        hangUp();
        next += 1;
      }
      const known = config();
      const candidate = candidateOf(known?.sync?.relays ?? []);
      if (candidate === undefined || known === null) return;
      // Whoever has this device's own port may be the hub, which has moved here.
      if (candidate.device !== device || isAside || monoMs() < servesFromMonoMs) return connect(candidate);
      if (isToday()) serving = serve(known);
      if (serving === null) next += 1;
    },
    leave,
    standAside(isFromNow) {
      if (isFromNow === isAside) return;
      isAside = isFromNow;
      // Also from a relay that serves this one.
      if (isAside) leave();
    },
    giveUp() {
      servesFromMonoMs = monoMs() + SERVE_AGAIN_MS;
      leave();
    },
  };
}
