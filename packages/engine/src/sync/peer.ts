/** One conversation of a device: with the hub, or with a relay that stands in for it (M2). */
import type { Sha256 } from '@aufruf/shared/lib/hash';
import { SILENCE_MS } from '@aufruf/shared/protocol/limits';
import type { EventStore } from '../store/event-store.ts';
import type { HubLink } from '../transport/transport.ts';
import { createDeviceSession, type DeviceSession, type DeviceSessionOptions } from './device-session.ts';
import type { DeviceInput, DeviceSessionState } from './device-session-state.ts';

export interface Peer {
  readonly session: DeviceSession;
  readonly link: HubLink;
  readonly startedMonoMs: number;
  state: DeviceSessionState;
}

export interface PeerOptions extends DeviceSessionOptions {
  readonly store: EventStore;
  readonly sha256: Sha256;
  readonly link: HubLink;
  readonly monoMs: number;
}

export function createPeer({ store, sha256, link, monoMs, ...options }: PeerOptions): Peer {
  const session = createDeviceSession(store, sha256, options);
  return { session, link, startedMonoMs: monoMs, state: session.initial() };
}

/** Whether the other side serves (M1): up to date with it, still getting there, or silent. */
export function service({ state, startedMonoMs }: Peer, monoMs: number): 'current' | 'catchingUp' | 'silent' {
  // A hub that is heard and does not answer, or cannot store, is as good as none. Whoever catches up for long is not alone: it answers.
  const asked = Object.values(state.requests).map(({ sentMonoMs }) => sentMonoMs);
  const quietSince = Math.min(state.heardMonoMs ?? startedMonoMs, state.unstoredMonoMs ?? monoMs, ...asked);
  if (monoMs - quietSince > SILENCE_MS) return 'silent';
  return state.link === 'live' && state.isCaughtUp ? 'current' : 'catchingUp';
}

/** Feeds what a link says. */
export function startPeer({ link }: Peer, feed: (input: DeviceInput) => void): void {
  link.start({
    onUp: () => feed({ type: 'up' }),
    onDown: () => feed({ type: 'down' }),
    onHint: (name, body) => feed({ type: 'hint', name, body }),
  });
}

/** The other side serves again. Read before the step, which may drop the order that a relay is still adding to. */
export const isWelcome = (input: DeviceInput): boolean =>
  input.type === 'answer' &&
  input.name === 'sync:hello' &&
  (input.body as { readonly ok?: unknown } | null)?.ok === true;

/** The other side says something, to whoever it has greeted. */
export const isHeard = (input: DeviceInput): boolean =>
  input.type === 'hint' || (input.type === 'answer' && input.name !== 'sync:hello');
