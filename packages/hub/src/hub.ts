/**
 * A location's hub (rules O2, P1): gives events their order, decides claims, tells devices. It is a device with a journal
 * of its own, and the host behind the bridge for browsers in web mode. One per location and store.
 */
import type { StateCheck } from '@aufruf/engine/ledger/day-ledger';
import type { Platform } from '@aufruf/engine/platform/platform';
import { type EventStore, type OrderedEntry, StorageFault } from '@aufruf/engine/store/event-store';
import type { HubConnection } from '@aufruf/engine/transport/transport';
import type { CommandHost } from '@aufruf/shared/bridge/host';
import type { LocationConfig } from '@aufruf/shared/domain/location-config/schema';
import { refuse } from '@aufruf/shared/lib/result';
import type { EpochMs, LocalDate } from '@aufruf/shared/lib/time';
import { HEAD_INTERVAL_MS } from '@aufruf/shared/protocol/limits';
import { journalKey } from '@aufruf/shared/sync/event';
import type { Position } from '@aufruf/shared/sync/order';
import { heardBefore } from './heard-before.ts';
import type { HubView } from './hub-core.ts';
import { HUB_DEVICE } from './hub-core-rights.ts';
import { withOpenAllDay } from './open-all-day.ts';
import { createRefill } from './refill.ts';
import { noteHolder } from './retention.ts';
import { createSequencer } from './sequencer.ts';
import type { QueueStats } from './sequencer-queue.ts';
import { type ConnectedDevice, createSessions } from './sessions.ts';
import { createWaitingCommands } from './waiting-commands.ts';

export interface HubOptions {
  /** Opened by the caller with device id `hub`, and closed by it after `close`. */
  readonly store: EventStore;
  readonly platform: Platform;
  readonly config: LocationConfig;
  /** Ignores opening hours: for demonstrations and tests at night. */
  readonly openAllDay?: boolean;
  /** Somebody has checked the clock: whatever day it shows is opened, however far from the last one. */
  readonly acceptClock?: boolean;
  /**
   * If the store is a new one, an earlier one may have been lost with its disk: devices are waited for, and believed when
   * they tell of it (O3). Absent: nothing was here before.
   */
  readonly mayHavePredecessor?: boolean;
}

export interface HubStats extends QueueStats {
  readonly epoch: number;
  readonly day: LocalDate;
  readonly head: Position;
  readonly startedAt: EpochMs;
  /** False once another hub with a higher epoch was heard of (O3): nothing is ordered any more. */
  readonly isOrdering: boolean;
  readonly devices: readonly ConnectedDevice[];
}

export interface Hub extends CommandHost {
  /** Serves a device's connection. */
  attach(connection: HubConnection): void;
  /** Hash of the ordered state, to compare with a device's (O7). */
  stateHash(): string;
  stats(): HubStats;
  /** Commits what was begun, ends all connections and timers. The store stays open. Repetition does nothing. */
  close(): void;
}

/**
 * @throws ClockRefused when the clock is too far from the last business day (D1)
 * @throws StorageFault when the store refuses
 */
export function createHub(options: HubOptions): Hub {
  const { store, platform, openAllDay = false, acceptClock = false, mayHavePredecessor = false } = options;
  const config = openAllDay ? withOpenAllDay(options.config) : options.config;
  const startedAt = platform.now();
  const listeners = new Set<() => void>();
  let hasSteppedDown = false;
  let steppedDownAt: EpochMs | null = null;
  let cancelTick = (): void => {};
  let isClosed = false;

  const isNew = (store.versionVector()[journalKey(store)] ?? 0) === 0;
  const refill = createRefill({
    store,
    platform,
    awaitsDevices: mayHavePredecessor && isNew,
    onDeciding: () => {
      sequencer.settleHeld();
      commands.settle();
    },
  });
  const sequencer = createSequencer({
    store,
    platform,
    config,
    acceptClock,
    isDeciding: refill.isDeciding,
    onCommitted: announce,
  });
  const commands = createWaitingCommands(sequencer.execute, refill.isDeciding);
  const sessions = createSessions({
    platform,
    heardBefore: heardBefore(store, sequencer.day()),
    view: () => ({
      epoch: sequencer.epoch(),
      hasSteppedDown,
      isRelay: false,
      ...predecessor(),
      day: sequencer.day(),
      config: sequencer.state().info.config,
      store,
    }),
    onPush: sequencer.push,
    onHigherEpoch: stepDown,
    onHolder,
    onPredecessor: succeed,
    onGreeted: refill.announce,
    onRolledBack: () => {
      if (hasSteppedDown) return;
      endOrdering();
      platform.log.error(
        'devices hold more of this hub\u2019s journal than its disk: it was set back and must be restored',
      );
    },
  });
  // Restored from a copy: what is missing behind it the devices know.
  if (mayHavePredecessor && isNew && Object.keys(store.versionVector()).some(isOfOtherHub)) succeed(0);

  function isOfOtherHub(journal: string): boolean {
    return journal.startsWith(`${HUB_DEVICE}/`) && journal !== journalKey(store);
  }

  /** Once a device has been heard, nothing more can be learned of a hub before. */
  function predecessor(): Pick<HubView, 'predecessor'> {
    if (store.readSetting('succeedsOn') !== null) return { predecessor: 'known' };
    const isAlone = Object.keys(store.versionVector()).every((journal) => journal === journalKey(store));
    return mayHavePredecessor && isAlone ? { predecessor: 'possible' } : {};
  }

  function succeed(told: number): boolean {
    try {
      sequencer.succeed(told);
      return true;
    } catch (error) {
      if (!(error instanceof StorageFault)) throw error;
      // The device will say it again.
      platform.log.error('another hub\u2019s epoch could not be remembered', { epoch: told, error });
      return false;
    }
  }

  function head(): { readonly position: Position; readonly check: StateCheck | null } {
    return { position: store.head(sequencer.day()), check: sequencer.latestCheck() };
  }

  function announce(entries: readonly OrderedEntry[]): void {
    refill.noteProgress();
    const { position, check } = head();
    sessions.sendHeads(position, check, entries);
    for (const listener of listeners) listener();
  }

  function stepDown(epoch: number): void {
    try {
      // Seen is seen: the next start takes a higher one still (O3).
      store.transact(() => store.writeSetting('epoch', String(epoch)));
    } catch (error) {
      if (!(error instanceof StorageFault)) throw error;
      // The device will say it again.
      platform.log.error('a higher epoch could not be remembered', { epoch, error });
    }
    if (hasSteppedDown) return;
    endOrdering();
    platform.log.error('a device has seen a higher epoch: this hub steps down until it is started again', { epoch });
  }

  function endOrdering(): void {
    hasSteppedDown = true;
    steppedDownAt = platform.now();
    for (const listener of listeners) listener();
  }

  function onHolder(day: LocalDate, device: DeviceId): void {
    unlessDiskRefuses('who holds a day could not be noted', () => noteHolder(store, day, device));
  }

  /** For what can wait: the next time comes. */
  function unlessDiskRefuses(message: string, work: () => void): void {
    try {
      work();
    } catch (error) {
      if (!(error instanceof StorageFault)) throw error;
      platform.log.error(message, { error });
    }
  }

  function tick(): void {
    cancelTick = platform.schedule(HEAD_INTERVAL_MS, () => {
      tick();
      if (hasSteppedDown) return;
      sequencer.followClock();
      unlessDiskRefuses('an old day could not be deleted', sequencer.forgetOldDay);
      const { position, check } = head();
      sessions.sendHeads(position, check, []);
    });
  }

  tick();
  return {
    execute: async (command) =>
      hasSteppedDown || isClosed
        ? refuse({ type: 'unreachable', detail: 'this hub does not order' })
        : commands.execute(command),
    state: sequencer.state,
    syncStatus: () => ({
      mode: hasSteppedDown ? 'CONNECTING' : 'ORDERED',
      since: steppedDownAt ?? startedAt,
      eventsWaiting: 0,
      hostAt: platform.now(),
    }),
    now: () => platform.now(),
    onChange: (listener) => {
      // A function of its own for each call, so that two with the same listener are two.
      const own = (): void => listener();
      listeners.add(own);
      return () => void listeners.delete(own);
    },
    attach: (connection) => (isClosed ? connection.close() : sessions.attach(connection)),
    stateHash: sequencer.stateHash,
    stats: () => ({
      ...sequencer.stats(),
      epoch: sequencer.epoch(),
      day: sequencer.day(),
      head: head().position,
      startedAt,
      isOrdering: !hasSteppedDown,
      devices: sessions.connected(),
    }),
    close() {
      if (isClosed) return;
      cancelTick();
      refill.close();
      sequencer.close();
      isClosed = true;
      // Refused: nothing of them has happened.
      commands.settle();
      sessions.close();
      listeners.clear();
    },
  };
}
