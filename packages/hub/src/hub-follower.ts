/**
 * What a hub does once another one has taken its place (M5): it is a device like any other. It hands on what it has, its
 * own journal included, keeps a copy of what the other orders, and follows when that one moves on. Nobody is served here;
 * its database serves only this.
 */
import type { Platform } from '@aufruf/engine/platform/platform';
import { type EventStore, StorageFault } from '@aufruf/engine/store/event-store';
import type { DeviceInput, DeviceOutput } from '@aufruf/engine/sync/device-session-state';
import { createMovingLink } from '@aufruf/engine/sync/moving-link';
import { createPeer, isWelcome, service, startPeer } from '@aufruf/engine/sync/peer';
import { createWhereabouts } from '@aufruf/engine/sync/whereabouts';
import type { HubLink } from '@aufruf/engine/transport/transport';
import type { LocationConfig } from '@aufruf/shared/domain/location-config/schema';
import { SECOND_MS } from '@aufruf/shared/lib/time';
import { hubName, otherPlaces } from '@aufruf/shared/takeover/hub-place';
import { ownName } from './hub-place.ts';

const TICK_MS = SECOND_MS / 2;

export interface FollowerOptions {
  readonly store: EventStore;
  readonly platform: Platform;
  /** Where the other hub was found last. */
  readonly address: string;
  /** In force, as far as this store has it. */
  readonly config: () => LocationConfig;
  readonly openLink: (address: string) => HubLink;
  /** The hub of this location is at that address, under an epoch as high as any that has been heard of. */
  readonly onServed: (address: string) => void;
  /** The store holds more of the order than before, or another one. @throws StorageFault */
  readonly onCopied: () => void;
}

/** Returns how to stop. */
export function followHub(options: FollowerOptions): () => void {
  const { store, platform, address, config, openLink, onServed, onCopied } = options;
  const { sha256, log } = platform;
  let at = address;
  const open = (next: string): HubLink => {
    at = next;
    return openLink(next);
  };
  const link = createMovingLink({
    home: address,
    homeLink: open(address),
    named: () => {
      const known = config();
      return hubName(known) === ownName(store) ? null : (known.sync?.hub ?? null);
    },
    others: () => otherPlaces(config()),
    whereabouts: createWhereabouts({ store, discovery: undefined, config }),
    open,
  });
  const peer = createPeer({ store, sha256, link, monoMs: platform.monoMs() });
  let cancelTick = (): void => {};
  let isStopped = false;

  function feed(input: DeviceInput): void {
    if (isStopped) return;
    try {
      const now = { wallAt: platform.now(), monoMs: platform.monoMs() };
      const { state, outputs } = peer.session.step(peer.state, input, now);
      peer.state = state;
      if (isWelcome(input) && state.link === 'live') onServed(at);
      if (outputs.some(({ type }) => type === 'ordered' || type === 'dropped' || type === 'dayEntered')) onCopied();
      for (const output of outputs) carryOut(output);
    } catch (error) {
      if (!(error instanceof StorageFault)) throw error;
      log.error('the store refuses', { error });
      link.reset();
    }
  }

  function carryOut(output: DeviceOutput): void {
    switch (output.type) {
      case 'request': {
        const { name, id } = output;
        link.request(name, output.body, (body) => feed({ type: 'answer', name, id, body }));
        break;
      }
      case 'reset':
        link.reset();
        break;
      case 'alarm':
        link.noteAlarm(output.alarm);
        if (output.alarm === 'notHub') log.info('no hub here', { detail: output.detail });
        else log.error('sync alarm', { alarm: output.alarm, detail: output.detail });
        break;
      case 'work':
        feed({ type: 'work' });
        break;
      case 'ordered':
      case 'diskRefused':
      case 'dropped':
      case 'dayEntered':
      case 'check':
        // In the store by now, and nobody looks at it here.
        break;
    }
  }

  function tick(): void {
    cancelTick = platform.schedule(TICK_MS, () => {
      tick();
      feed({ type: 'tick' });
      const nowMonoMs = platform.monoMs();
      if (!isStopped) link.follow(service(peer, nowMonoMs) === 'silent', nowMonoMs);
    });
  }

  tick();
  startPeer(peer, feed);
  return () => {
    isStopped = true;
    cancelTick();
    link.close();
  };
}
