/**
 * What a hub does once another one has taken its place (M5): it is a device like any other. It hands on what it has, its
 * own journal included, and keeps a copy of what the other orders. Nobody is served here; its database serves only this.
 */
import type { Platform } from '@aufruf/engine/platform/platform';
import { type EventStore, StorageFault } from '@aufruf/engine/store/event-store';
import type { DeviceInput, DeviceOutput } from '@aufruf/engine/sync/device-session-state';
import { createPeer, startPeer } from '@aufruf/engine/sync/peer';
import type { HubLink } from '@aufruf/engine/transport/transport';
import { SECOND_MS } from '@aufruf/shared/lib/time';

const TICK_MS = SECOND_MS / 2;

export interface FollowerOptions {
  readonly store: EventStore;
  readonly platform: Platform;
  readonly link: HubLink;
}

/** Returns how to stop. */
export function followHub({ store, platform, link }: FollowerOptions): () => void {
  const { sha256, log } = platform;
  const peer = createPeer({ store, sha256, link, monoMs: platform.monoMs() });
  let cancelTick = (): void => {};
  let isStopped = false;

  function feed(input: DeviceInput): void {
    if (isStopped) return;
    try {
      const now = { wallAt: platform.now(), monoMs: platform.monoMs() };
      const { state, outputs } = peer.session.step(peer.state, input, now);
      peer.state = state;
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
        log.error('sync alarm', { alarm: output.alarm, detail: output.detail });
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
