/**
 * A hub asks the addresses of its relays whether one of them has become the hub (M5): a broken hub that comes back, or was
 * only cut off, learns so that it is none any more. It says hello there as a device would; a relay knows no such device,
 * a hub that has taken this one's place does.
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
  readonly epoch: () => number;
  readonly openLink: (address: string) => HubLink;
  /** Another hub has taken this one's place; not called from within a call to the watch. */
  readonly onFound: (address: string) => void;
}

/** Looks at once and every LOOK_PAUSE_MS. Returns how to stop. */
export function watchForSuccessor(options: SuccessorWatchOptions): () => void {
  const { store, platform, addresses, epoch, openLink, onFound } = options;
  const open = new Set<HubLink>();
  let isStopped = false;
  let cancel = (): void => {};

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
    };
  }

  function ask(address: string): void {
    const link = openLink(address);
    open.add(link);
    const onAnswer = (body: unknown): void => {
      const answer = requestSchemas['sync:hello'].answer.safeParse(body);
      open.delete(link);
      link.close();
      if (isStopped || !answer.success || !answer.data.ok || answer.data.epoch <= epoch()) return;
      stop();
      onFound(address);
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
    for (const address of addresses()) ask(address);
    cancel = platform.schedule(LOOK_TIMEOUT_MS, () => {
      hangUp();
      cancel = platform.schedule(LOOK_PAUSE_MS, look);
    });
  }

  function stop(): void {
    isStopped = true;
    cancel();
    hangUp();
  }

  cancel = platform.schedule(0, look);
  return stop;
}
