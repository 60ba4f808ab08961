/**
 * A hub that takes another one's place, or has lost its own (rule M5). Which hub orders is said by the configuration; a hub
 * that is not named there, or learns of its successor, writes nothing any more and hands on what it has like a device.
 *
 * Invariant: once `movedTo` is set it stays, over restarts too, until this hub takes its place back.
 */
import type { Platform } from '@aufruf/engine/platform/platform';
import { type EventStore, StorageFault } from '@aufruf/engine/store/event-store';
import type { CommandAnswer } from '@aufruf/engine/sync/command-answer';
import type { HubLink } from '@aufruf/engine/transport/transport';
import type { LocationConfig } from '@aufruf/shared/domain/location-config/schema';
import { type HubPlace, hubName } from '@aufruf/shared/takeover/hub-place';
import { followHub } from './hub-follower.ts';
import { HubElsewhere, ownName, withHubAt } from './hub-place.ts';
import { configurationAtStart } from './sequencer-day.ts';
import { type SuccessorWatch, watchForSuccessor } from './successor-watch.ts';

export interface Succession {
  /** The address of the hub that orders instead of this one; null while this one does. */
  movedTo(): string | null;
  /** Whether a place is being taken and the configuration that says so is not published yet. */
  isTakingOver(): boolean;
  /** Another hub is known to have taken this one's place, wherever it is: nothing is ordered here, over restarts too. */
  isReplaced(): boolean;
  /** Notes that; only taking the place back undoes it. Its successor is looked for. @throws StorageFault */
  noteReplaced(): void;
  /** Whether relays are to be asked for a successor before anything is decided. */
  mayBeSucceeded(): boolean;
  /** Begins to look for a successor, or to follow it. */
  start(): void;
  /** Looks for a successor now. */
  look(): void;
  /** Obeys the configuration; called after each commit. */
  obey(config: LocationConfig | null): void;
  /** The devices have been heard: names this machine as the hub's, if a place is being taken. Repetition does nothing. */
  publish(): void;
  close(): void;
}

export interface SuccessionOptions {
  readonly store: EventStore;
  readonly platform: Platform;
  /** The file's. */
  readonly config: LocationConfig;
  readonly takeOver: HubPlace | undefined;
  readonly openLink: ((address: string) => HubLink) | undefined;
  readonly epoch: () => number;
  /** In force; null before the first. */
  readonly inForce: () => LocationConfig | null;
  readonly publishConfiguration: (config: LocationConfig) => Promise<CommandAnswer>;
  /** The place is taken and published, or it could not be published. */
  readonly onTakeOver: (isDone: boolean) => void;
  /** From now on nothing is ordered here. */
  readonly onMoved: () => void;
  /** Relays were asked, as far as they could be reached, and none has become the hub. */
  readonly onNotSucceeded: () => void;
}

/**
 * @throws HubElsewhere when the configuration has the hub at another machine, and this store holds nothing to hand on
 * @throws StorageFault
 */
export function createSuccession(options: SuccessionOptions): Succession {
  const { store, platform, config, takeOver, openLink, epoch, inForce, publishConfiguration, onMoved } = options;
  const { onTakeOver, onNotSucceeded } = options;
  const { log } = platform;
  if (takeOver !== undefined) notePlace(takeOver.device, null);
  const atStart = configurationAtStart(store, config);
  let movedTo = store.readSetting('movedTo') || addressElsewhere();
  let isTakingOver = takeOver !== undefined;
  let isPublishing = false;
  let isClosed = false;
  let end = (): void => {};
  let watch: SuccessorWatch | null = null;

  function notePlace(device: string, address: string | null): void {
    store.transact(() => {
      store.writeSetting('hubDevice', device);
      store.writeSetting('movedTo', address ?? '');
      store.writeSetting('isReplaced', 'no');
    });
  }

  function addressElsewhere(): string | null {
    if (takeOver !== undefined || hubName(atStart) === ownName(store)) return null;
    const address = atStart.sync?.hub ?? null;
    if (address === null || store.readSetting('currentDay') === null) throw new HubElsewhere(hubName(atStart), address);
    return address;
  }

  const isReplaced = (): boolean => movedTo !== null || store.readSetting('isReplaced') === 'yes';

  const relaysOf = (known: LocationConfig): readonly string[] =>
    (known.sync?.relays ?? []).map(({ address }) => address);

  function follow(address: string): void {
    end();
    if (openLink !== undefined) end = followHub({ store, platform, link: openLink(address) });
  }

  function moveAway(address: string): void {
    if (isClosed || movedTo !== null) return;
    movedTo = address;
    try {
      notePlace(ownName(store), address);
    } catch (error) {
      if (!(error instanceof StorageFault)) throw error;
      log.error('where the hub is now could not be noted', { error });
    }
    log.warn('the hub of this location is elsewhere now: what was ordered here is handed on to it', { address });
    onMoved();
    follow(address);
  }

  return {
    movedTo: () => movedTo,
    isTakingOver: () => isTakingOver,
    isReplaced,
    noteReplaced: () => store.transact(() => store.writeSetting('isReplaced', 'yes')),
    mayBeSucceeded: () => openLink !== undefined && movedTo === null && relaysOf(atStart).length > 0,
    start() {
      if (movedTo !== null) follow(movedTo);
      else if (openLink !== undefined) {
        watch = watchForSuccessor({
          store,
          platform,
          addresses: () => relaysOf(inForce() ?? atStart).filter((address) => address !== takeOver?.address),
          // Whatever it was told of the other's: that one came after.
          epoch: () => (isReplaced() ? 0 : epoch()),
          openLink,
          onFound: moveAway,
          onNotFound: onNotSucceeded,
        });
        end = watch.stop;
      }
    },
    look: () => watch?.look(),
    obey(known) {
      const address = known?.sync?.hub;
      if (isTakingOver || movedTo !== null || !known || address === undefined) return;
      // Not from within the commit that brought it.
      if (hubName(known) !== ownName(store)) platform.schedule(0, () => moveAway(address));
    },
    publish() {
      const known = inForce();
      if (takeOver === undefined || !isTakingOver || isPublishing || known === null) return;
      if (hubName(known) === takeOver.device && known.sync?.hub === takeOver.address) {
        isTakingOver = false;
        return onTakeOver(true);
      }
      isPublishing = true;
      const next = withHubAt(known, takeOver);
      void publishConfiguration(next).then((answer) => {
        isPublishing = false;
        if (!answer.ok) {
          log.error('the hub\u2019s new place could not be published', { ...answer.refusal });
          return onTakeOver(false);
        }
        isTakingOver = false;
        onTakeOver(true);
        log.warn('the hub has moved here', { ...takeOver, version: next.version, epoch: epoch() });
      });
    },
    close() {
      isClosed = true;
      end();
    },
  };
}
