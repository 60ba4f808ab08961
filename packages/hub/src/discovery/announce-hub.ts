/**
 * Makes a hub known in its network as long as it orders: one that has stepped down, or whose place another has taken,
 * says goodbye, and nobody looks for it there any more (O3, M5).
 */
import { isIP } from 'node:net';
import type { EventStore } from '@aufruf/engine/store/event-store';
import type { Announcement, Discovery } from '@aufruf/shared/protocol/discovery';
import type { Hub } from '../hub.ts';
import { isLoopback } from '../listen.ts';
import { networkAddresses } from '../network-addresses.ts';

export interface AnnounceHubOptions {
  readonly hub: Pick<Hub, 'state' | 'syncStatus' | 'onChange'>;
  readonly store: Pick<EventStore, 'device' | 'incarnation'>;
  readonly port: number;
  readonly discovery: Pick<Discovery, 'announce'>;
  readonly addresses: () => readonly string[];
}

/** Returns how to stop. */
export function announceHub({ hub, store, port, discovery, addresses }: AnnounceHubOptions): () => void {
  let announced: string | null = null;
  let sayGoodbye = (): void => {};

  function wanted(): Announcement | null {
    const { config } = hub.state().info;
    if (config === null || hub.syncStatus().mode !== 'ORDERED') return null;
    const { id: locationId, name } = config;
    return { role: 'hub', locationId, device: store.device, incarnation: store.incarnation, name, port };
  }

  function follow(): void {
    const announcement = wanted();
    const text = JSON.stringify(announcement);
    if (text === announced) return;
    announced = text;
    sayGoodbye();
    sayGoodbye = announcement === null ? () => {} : discovery.announce(announcement, addresses);
  }

  follow();
  const stopWatching = hub.onChange(follow);
  return () => {
    stopWatching();
    sayGoodbye();
  };
}

/** Where others reach what listens at `host`; null where only its own machine does. */
export function announcedAddresses(host: string | undefined): (() => readonly string[]) | null {
  if (host !== undefined && isLoopback(host)) return null;
  const isOne = host !== undefined && isIP(host) !== 0 && host !== '0.0.0.0' && host !== '::';
  return isOne ? () => [host] : networkAddresses;
}
