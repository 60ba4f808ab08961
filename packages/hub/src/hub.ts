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
import type { Position } from '@aufruf/shared/sync/order';
import { heardBefore } from './heard-before.ts';
import { withOpenAllDay } from './open-all-day.ts';
import { createSequencer } from './sequencer.ts';
import type { QueueStats } from './sequencer-queue.ts';
import { type ConnectedDevice, createSessions } from './sessions.ts';

export interface HubOptions {
  /** Opened by the caller with device id `hub`, and closed by it after `close`. */
  readonly store: EventStore;
  readonly platform: Platform;
  readonly config: LocationConfig;
  /** Ignores opening hours: for demonstrations and tests at night. */
  readonly openAllDay?: boolean;
  /** Somebody has checked the clock: whatever day it shows is opened, however far from the last one. */
  readonly acceptClock?: boolean;
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
  const { store, platform, openAllDay = false, acceptClock = false } = options;
  const config = openAllDay ? withOpenAllDay(options.config) : options.config;
  const startedAt = platform.now();
  const listeners = new Set<() => void>();
  let hasSteppedDown = false;
  let steppedDownAt: EpochMs | null = null;
  let cancelTick = (): void => {};
  let isClosed = false;

  const sequencer = createSequencer({ store, platform, config, acceptClock, onCommitted: announce });
  const sessions = createSessions({
    platform,
    heardBefore: heardBefore(store, sequencer.day()),
    view: () => ({
      epoch: sequencer.epoch,
      hasSteppedDown,
      isRelay: false,
      day: sequencer.day(),
      config: sequencer.state().info.config,
      store,
    }),
    onPush: sequencer.push,
    onHigherEpoch: stepDown,
  });

  function head(): { readonly position: Position; readonly check: StateCheck | null } {
    return { position: store.head(sequencer.day()), check: sequencer.latestCheck() };
  }

  function announce(entries: readonly OrderedEntry[]): void {
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
    hasSteppedDown = true;
    steppedDownAt = platform.now();
    platform.log.error('a device has seen a higher epoch: this hub steps down until it is started again', { epoch });
    for (const listener of listeners) listener();
  }

  function tick(): void {
    cancelTick = platform.schedule(HEAD_INTERVAL_MS, () => {
      tick();
      if (hasSteppedDown) return;
      sequencer.followClock();
      const { position, check } = head();
      sessions.sendHeads(position, check, []);
    });
  }

  tick();
  return {
    execute: async (command) =>
      hasSteppedDown || isClosed
        ? refuse({ type: 'unreachable', detail: 'this hub does not order' })
        : sequencer.execute(command),
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
      epoch: sequencer.epoch,
      day: sequencer.day(),
      head: head().position,
      startedAt,
      isOrdering: !hasSteppedDown,
      devices: sessions.connected(),
    }),
    close() {
      if (isClosed) return;
      cancelTick();
      sequencer.close();
      isClosed = true;
      sessions.close();
      listeners.clear();
    },
  };
}
