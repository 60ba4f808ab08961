/**
 * A hub that takes another one's place, or has lost its own (rule M5). Which hub orders is said by the configuration; a hub
 * that is not named there, or learns of its successor, writes nothing any more and hands on what it has like a device.
 *
 * Invariant: once `movedTo` is set it is never null again, over restarts too, until this hub takes its place back; it says
 * where the latest hub was found, by epoch.
 */
import type { Platform } from '@aufruf/engine/platform/platform';
import { type EventStore, type OrderedEntry, StorageFault } from '@aufruf/engine/store/event-store';
import type { CommandAnswer } from '@aufruf/engine/sync/command-answer';
import type { HubLink } from '@aufruf/engine/transport/transport';
import type { LocationConfig } from '@aufruf/shared/domain/location-config/schema';
import { isOfHub, journalKey } from '@aufruf/shared/sync/event';
import { type HubPlace, hubName, hubPlaceSchema, otherPlaces } from '@aufruf/shared/takeover/hub-place';
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
  /** Another hub has asked: looks whether that one is the successor, if that was not just done. */
  noteAsked(): void;
  /**
   * Obeys the configuration; called after each commit, with what was ordered. What an earlier hub has published is heard of late,
   * and is answered by this one's place.
   */
  obey(config: LocationConfig | null, entries: readonly OrderedEntry[]): void;
  /** The devices have been heard: names this machine as the hub's, if that is to be said. Repetition does nothing. */
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
  /** What the other hub has ordered has been copied. @throws StorageFault */
  readonly onCopied: () => void;
  /** Relays were asked, as far as they could be reached, and none has become the hub. */
  readonly onNotSucceeded: () => void;
}

/**
 * @throws HubElsewhere when the configuration has the hub at another machine, and this store holds nothing to hand on
 * @throws StorageFault
 */
export function createSuccession(options: SuccessionOptions): Succession {
  const { store, platform, config, takeOver, openLink, epoch, inForce, publishConfiguration, onMoved } = options;
  const { onTakeOver, onCopied, onNotSucceeded } = options;
  const { log } = platform;
  if (takeOver !== undefined) notePlace(takeOver.device, null);
  const atStart = configurationAtStart(store, config);
  let movedTo = store.readSetting('movedTo') || addressElsewhere();
  let isTakingOver = takeOver !== undefined;
  /** Where devices reach this hub, if it has taken a place. */
  let place = takeOver ?? ownPlaceIn(atStart);
  let mustPublish = isTakingOver;
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

  function ownPlaceIn(known: LocationConfig): HubPlace | null {
    const found = hubPlaceSchema.safeParse({ device: hubName(known), address: known.sync?.hub });
    return found.success && found.data.device === ownName(store) ? found.data : null;
  }

  const isReplaced = (): boolean => movedTo !== null || store.readSetting('isReplaced') === 'yes';

  /** The order may have been dropped, to be fetched again from whoever is found. */
  const lastKnown = (): LocationConfig => inForce() ?? configurationAtStart(store, config);

  function follow(address: string): void {
    end();
    if (openLink === undefined) return;
    end = followHub({ store, platform, address, config: lastKnown, openLink, onServed: noteMoved, onCopied });
  }

  function noteMoved(address: string): void {
    if (movedTo === address) return;
    movedTo = address;
    try {
      notePlace(ownName(store), address);
    } catch (error) {
      if (!(error instanceof StorageFault)) throw error;
      log.error('where the hub is now could not be noted', { error });
    }
  }

  function moveAway(address: string): void {
    if (isClosed || movedTo !== null) return;
    noteMoved(address);
    log.warn('the hub of this location is elsewhere now: what was ordered here is handed on to it', { address });
    onMoved();
    follow(address);
  }

  function publish(): void {
    const known = inForce();
    if (place === null || !mustPublish || isPublishing || isClosed || movedTo !== null || known === null) return;
    if (hubName(known) === place.device && known.sync?.hub === place.address) {
      published();
      return;
    }
    isPublishing = true;
    const next = withHubAt(known, place);
    void publishConfiguration(next).then((answer) => {
      isPublishing = false;
      if (!answer.ok) {
        log.error('the hub\u2019s new place could not be published', { ...answer.refusal });
        return onTakeOver(false);
      }
      log.warn('the hub has moved here', { ...place, version: next.version, epoch: epoch() });
      published();
    });
  }

  function published(): void {
    mustPublish = false;
    if (!isTakingOver) return;
    isTakingOver = false;
    onTakeOver(true);
  }

  return {
    movedTo: () => movedTo,
    isTakingOver: () => isTakingOver,
    isReplaced,
    noteReplaced: () => store.transact(() => store.writeSetting('isReplaced', 'yes')),
    mayBeSucceeded: () => openLink !== undefined && movedTo === null && otherPlaces(atStart).length > 0,
    start() {
      if (movedTo !== null) follow(movedTo);
      else if (openLink !== undefined) {
        watch = watchForSuccessor({
          store,
          platform,
          addresses: () => otherPlaces(inForce() ?? atStart).filter((address) => address !== place?.address),
          epoch: () => {
            // Whoever answers meanwhile is the one whose place is taken.
            if (isTakingOver) return Number.POSITIVE_INFINITY;
            // Whatever it was told of the other's: that one came after.
            return isReplaced() ? 0 : epoch();
          },
          openLink,
          onFound: moveAway,
          onNotFound: onNotSucceeded,
        });
        end = watch.stop;
      }
    },
    look: () => watch?.look(),
    noteAsked: () => watch?.lookUnlessJust(),
    obey(known, entries) {
      if (isTakingOver || movedTo !== null || !known) return;
      if (hubName(known) === ownName(store)) {
        place = ownPlaceIn(known) ?? place;
        return;
      }
      const address = known.sync?.hub;
      const isHeardLate = entries.some(
        ({ event }) => isOfHub(journalKey(event)) && event.incarnation !== store.incarnation,
      );
      // Not from within the commit that brought it.
      if (place !== null && isHeardLate) {
        mustPublish = true;
        platform.schedule(0, publish);
      } else if (address !== undefined) platform.schedule(0, () => moveAway(address));
    },
    publish,
    close() {
      isClosed = true;
      end();
    },
  };
}
