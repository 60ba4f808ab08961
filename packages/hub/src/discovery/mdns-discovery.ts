/**
 * DNS-SD over mDNS (RFC 6762, 6763) in earnest. Port 5353 is shared with the operating system's own responder. Each
 * announcement and each search has a socket of its own, which goes with it.
 *
 * A convenience: a port or a network that cannot be had is said in the log, once, and is no reason to stop anything.
 */
import type { Platform } from '@aufruf/engine/platform/platform';
import { MINUTE_MS, SECOND_MS } from '@aufruf/shared/lib/time';
import type { Discovery } from '@aufruf/shared/protocol/discovery';
import openMdns, { type MulticastDNS } from 'multicast-dns';
import { createHeardServices } from './heard-services.ts';
import { isLocalAddress } from './local-address.ts';
import { isAskedFor, readServices, SERVICE_TYPE, toRecords } from './service-records.ts';

/** An announcement is repeated once, so much later: datagrams get lost. */
const ANNOUNCE_AGAIN_MS = SECOND_MS;
/** Whoever asks all the time makes nobody send more often than this. */
export const ANSWER_PAUSE_MS = SECOND_MS;
/** Those who search ask again after this, and each time after twice as long. */
const ASK_AGAIN_MIN_MS = SECOND_MS;
const ASK_AGAIN_MAX_MS = MINUTE_MS / 2;

export interface MdnsOptions {
  readonly platform: Pick<Platform, 'monoMs' | 'schedule' | 'log'>;
  /** Another port, and one network alone, by this machine's address in it: for tests. */
  readonly only?: { readonly port: number; readonly address: string };
}

export function createMdnsDiscovery({ platform, only }: MdnsOptions): Discovery {
  const { monoMs, schedule, log } = platform;
  let hasComplained = false;

  /** `onFailed`: nothing can be sent or heard, and the socket is closed. */
  function open(onFailed: () => void): MulticastDNS {
    // A socket bound to an address of its own would hear nothing that is sent to the group.
    const mdns = openMdns(only && { port: only.port, interface: only.address, bind: '0.0.0.0' });
    // Told twice by the library.
    mdns.on('error', (error: Error) => {
      if (!hasComplained) log.warn('mDNS is not to be had: hubs are found by their addresses alone', { error });
      hasComplained = true;
      mdns.destroy();
      onFailed();
    });
    mdns.on('warning', (error: Error) => log.debug('mDNS', { reason: error.message }));
    return mdns;
  }

  return {
    announce(announcement, addresses) {
      let isOver = false;
      let lastMonoMs = Number.NEGATIVE_INFINITY;
      let cancelNext: (() => void) | null = null;

      function say(): void {
        cancelNext = null;
        lastMonoMs = monoMs();
        // Without a network there is nobody to tell; the next question may find one.
        mdns.respond({ answers: toRecords(announcement, addresses()) });
      }
      function sayAfter(delayMs: number): void {
        cancelNext ??= schedule(delayMs, say);
      }
      function end(): void {
        isOver = true;
        cancelNext?.();
      }
      const mdns = open(end);
      mdns.on('query', ({ questions }, { address }) => {
        if (isOver || !isLocalAddress(address) || !questions?.some(({ name }) => isAskedFor(announcement, name)))
          return;
        sayAfter(Math.max(0, lastMonoMs + ANSWER_PAUSE_MS - monoMs()));
      });
      say();
      sayAfter(ANNOUNCE_AGAIN_MS);
      return () => {
        if (isOver) return;
        end();
        mdns.respond({ answers: toRecords(announcement, addresses(), 0) }, () => mdns.destroy());
      };
    },

    browse(onHeard) {
      const services = createHeardServices();
      let isOver = false;
      let cancelNext = (): void => {};

      function ask(againMs: number): void {
        if (services.expire(monoMs())) onHeard(services.list());
        if (isOver) return;
        mdns.query(SERVICE_TYPE, 'PTR');
        cancelNext = schedule(againMs, () => ask(Math.min(2 * againMs, ASK_AGAIN_MAX_MS)));
      }
      function end(): void {
        isOver = true;
        cancelNext();
      }
      const mdns = open(end);
      mdns.on('response', ({ answers, additionals }, { address }) => {
        if (isOver || !isLocalAddress(address)) return;
        if (services.note(readServices([...(answers ?? []), ...(additionals ?? [])], address), monoMs()))
          onHeard(services.list());
      });
      ask(ASK_AGAIN_MIN_MS);
      return () => {
        if (isOver) return;
        end();
        mdns.destroy();
      };
    },
  };
}
