/**
 * A hub asks the addresses of its relays whether one of them has become the hub (M5): a broken hub that comes back, or was
 * only cut off, learns so that it is none any more. It says hello there as a device would that looks for its hub; a relay
 * refuses that, a hub that has taken this one's place does not.
 */
import type { Platform } from '@aufruf/engine/platform/platform';
import type { EventStore } from '@aufruf/engine/store/event-store';
import type { HubLink } from '@aufruf/engine/transport/transport';
import { type LocalDate, SECOND_MS } from '@aufruf/shared/lib/time';
import { PROTOCOL_MINIMUM, PROTOCOL_VERSION, type RequestBody, requestSchemas } from '@aufruf/shared/protocol/messages';

/** An address that has not answered by then is asked again with the next round. */
export const LOOK_TIMEOUT_MS = 2 * SECOND_MS;
const LOOK_PAUSE_MS = 10 * SECOND_MS;

export interface SuccessorWatchOptions {
  readonly store: EventStore;
  readonly platform: Platform;
  /** Asked for with each round. */
  readonly addresses: () => readonly string[];
  /** A hub that orders under a higher one came after. */
  readonly epoch: () => number;
  readonly openLink: (address: string) => HubLink;
  /** Another hub has taken this one's place; not called from within a call to the watch. */
  readonly onFound: (address: string) => void;
  /** All were asked, and none is. */
  readonly onNotFound: () => void;
}

export interface SuccessorWatch {
  /** Looks now; there is reason to believe that there is one. */
  look(): void;
  /** The same, at most once in LOOK_TIMEOUT_MS: two hubs that look because they are asked would do nothing else. */
  lookUnlessJust(): void;
  stop(): void;
}

/** Looks at once and every LOOK_PAUSE_MS. */
export function watchForSuccessor(options: SuccessorWatchOptions): SuccessorWatch {
  const { store, platform, addresses, epoch, openLink, onFound, onNotFound } = options;
  const open = new Set<HubLink>();
  let isStopped = false;
  let cancel = (): void => {};
  let lookedMonoMs = Number.NEGATIVE_INFINITY;

  function hello(): RequestBody<'sync:hello'> {
    const day = store.readSetting('currentDay') as LocalDate | null;
    return {
      protocol: PROTOCOL_VERSION,
      protocolMinimum: PROTOCOL_MINIMUM,
      device: store.device,
      incarnation: store.incarnation,
      versionVector: store.versionVector(),
      position: day === null ? null : store.head(day),
      // Nobody is to step down for a question.
      epoch: 0,
      deviceAt: platform.now(),
      to: 'hub',
    };
  }

  function ask(address: string): void {
    const link = openLink(address);
    open.add(link);
    const onAnswer = (body: unknown): void => {
      const answer = requestSchemas['sync:hello'].answer.safeParse(body);
      open.delete(link);
      link.close();
      if (isStopped) return;
      if (answer.success && answer.data.ok && answer.data.epoch > epoch()) {
        stop();
        onFound(address);
      } else if (open.size === 0) endRound();
    };
    link.start({
      onUp: () => link.request('sync:hello', hello(), onAnswer),
      onDown: () => {},
      onHint: () => {},
    });
  }

  function hangUp(): void {
    for (const link of open) link.close();
    open.clear();
  }

  function look(): void {
    lookedMonoMs = platform.monoMs();
    for (const address of addresses()) ask(address);
    cancel = platform.schedule(LOOK_TIMEOUT_MS, endRound);
  }

  function endRound(): void {
    cancel();
    hangUp();
    cancel = platform.schedule(LOOK_PAUSE_MS, look);
    onNotFound();
  }

  function stop(): void {
    isStopped = true;
    cancel();
    hangUp();
  }

  function lookSoon(): void {
    if (isStopped) return;
    cancel();
    hangUp();
    cancel = platform.schedule(0, look);
  }

  lookSoon();
  return {
    look: lookSoon,
    lookUnlessJust() {
      if (platform.monoMs() - lookedMonoMs > LOOK_TIMEOUT_MS) lookSoon();
    },
    stop,
  };
}
