/**
 * A device's link to its hub, wherever that is (rule M5): at the address the configuration names, or at the one the device
 * was set up with, or, once these were tried in vain, where it is heard in the network, or at a relay's, on whose machine
 * it may have its place by now, or where it was before. Whoever answers as a hub serves; while nobody does, one is tried
 * after the other. Epochs keep a hub that is none any more from being followed (O3), so trying the old address does no harm,
 * and a slip in a configuration can be corrected by the hub that published it.
 */
import { SECOND_MS } from '@aufruf/shared/lib/time';
import type { HubLink, LinkHandlers } from '../transport/transport.ts';
import type { Whereabouts } from './whereabouts.ts';

/** So long an address is tried before the next one, if nobody there says that it is no hub; longer than a connection takes. */
export const TRY_ADDRESS_MS = 3 * SECOND_MS;

export interface MovingLink extends HubLink {
  /** Called with each tick: tries the next address when it is time. */
  follow(isSilent: boolean, monoMs: number): void;
  /** Whoever answers says, maybe, that it is no hub, or is none any more. */
  noteAlarm(alarm: string): void;
}

export interface MovingLinkOptions {
  /** The address the device was set up with, and the link there, not started. */
  readonly home: string;
  readonly homeLink: HubLink;
  /** The address of the configuration in force; null where it names none. */
  readonly named: () => string | null;
  /** Where else it says that the hub may be: on relays' machines, and where it was before. */
  readonly others: () => readonly string[];
  /** Where it is heard; listened to and closed with the link. */
  readonly whereabouts: Pick<Whereabouts, 'follow' | 'hubs' | 'close'>;
  readonly open: (address: string) => HubLink;
}

export function createMovingLink({ home, homeLink, named, others, whereabouts, open }: MovingLinkOptions): MovingLink {
  let handlers: LinkHandlers | null = null;
  let lastNamed: string | null = null;
  let address = home;
  let link = homeLink;
  let triedSinceMonoMs: number | null = null;
  /** Addresses tried since the hub fell silent. */
  const tried: string[] = [];
  let isRefused = false;
  let rounds = 0;

  function moveTo(next: string): void {
    if (isSame(next, address)) return;
    link.close();
    address = next;
    link = open(next);
    if (handlers === null) return;
    handlers.onDown();
    link.start(handlers);
  }

  /**
   * In turns: the address named, home, then hints and one of the others, which wait until each of these has been tried.
   * Whoever only restarts is back where it was.
   */
  function nextAfter(current: string, wanted: string | null): string {
    const configured = wanted === null || isSame(wanted, home) ? [home] : [wanted, home];
    const isLooking = configured.every((each) => isAmong(tried, each));
    const hints = isLooking ? whereabouts.hubs() : [];
    const known = [...configured, ...hints.filter((hint) => !isAmong(configured, hint))];
    const further = isLooking ? others().filter((other) => !isAmong(known, other)) : [];
    const at = known.findIndex((each) => isSame(each, current));
    const isRound = at === known.length - 1 && further.length > 0;
    if (isRound) rounds += 1;
    return (isRound ? further[rounds % further.length] : known[(at + 1) % known.length]) ?? home;
  }

  return {
    follow(isSilent, monoMs) {
      whereabouts.follow(isSilent);
      const wanted = named();
      const isNews = wanted !== lastNamed;
      lastNamed = wanted;
      if (!isSilent) {
        triedSinceMonoMs = null;
        tried.length = 0;
        isRefused = false;
        return;
      }
      triedSinceMonoMs ??= monoMs;
      if (!isNews && !isRefused && monoMs - triedSinceMonoMs < TRY_ADDRESS_MS) return;
      triedSinceMonoMs = monoMs;
      isRefused = false;
      if (!isAmong(tried, address)) tried.push(address);
      moveTo(wanted !== null && isNews ? wanted : nextAfter(address, wanted));
    },
    noteAlarm(alarm) {
      if (alarm === 'notHub' || alarm === 'epochTooLow') isRefused = true;
    },
    start(given) {
      lastNamed = named();
      moveTo(lastNamed ?? home);
      handlers = given;
      link.start(given);
    },
    isUp: () => link.isUp(),
    request: (name, body, onAnswer) => link.request(name, body, onAnswer),
    reset: () => link.reset(),
    close() {
      whereabouts.close();
      link.close();
    },
  };
}

/** Addresses as people write them, perhaps with a slash at the end. */
const isSame = (a: string, b: string): boolean => a.replace(/\/$/, '') === b.replace(/\/$/, '');
const isAmong = (all: readonly string[], one: string): boolean => all.some((each) => isSame(each, one));
