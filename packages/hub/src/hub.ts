/**
 * A location's hub (rules O2, P1): gives events their order, decides claims, tells devices. It is a device with a journal
 * of its own, and the host behind the bridge for browsers in web mode. One per location and store.
 */
import type { StateCheck } from '@aufruf/engine/ledger/day-ledger';
import type { Platform } from '@aufruf/engine/platform/platform';
import { type EventStore, type OrderedEntry, StorageFault } from '@aufruf/engine/store/event-store';
import type { CommandAnswer } from '@aufruf/engine/sync/command-answer';
import type { HubConnection, HubLink } from '@aufruf/engine/transport/transport';
import type { CommandHost } from '@aufruf/shared/bridge/host';
import type { Command } from '@aufruf/shared/domain/commands';
import type { LocationConfig } from '@aufruf/shared/domain/location-config/schema';
import type { DeviceId } from '@aufruf/shared/lib/ids';
import { refuse } from '@aufruf/shared/lib/result';
import { type EpochMs, type LocalDate, SECOND_MS } from '@aufruf/shared/lib/time';
import { HEAD_INTERVAL_MS } from '@aufruf/shared/protocol/limits';
import type { Position } from '@aufruf/shared/sync/order';
import type { HubPlace } from '@aufruf/shared/takeover/hub-place';
import { heardBefore } from './heard-before.ts';
import { createSuccession } from './hub-succession.ts';
import { withOpenAllDay } from './open-all-day.ts';
import { createPredecessor } from './predecessor.ts';
import { createRefill, HELLO_WAIT_MS } from './refill.ts';
import { noteHolder } from './retention.ts';
import { createSequencer } from './sequencer.ts';
import type { QueueStats } from './sequencer-queue.ts';
import { type ConnectedDevice, createSessions } from './sessions.ts';
import { LOOK_TIMEOUT_MS } from './successor-watch.ts';
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
  /** Takes the hub's place (M5): once the devices were heard, a configuration is published that names this machine. */
  readonly takeOver?: HubPlace;
  /** That configuration is published, or could not be. */
  readonly onTakeOver?: (isDone: boolean) => void;
  /** A link to an address of the configuration; without it, a hub learns of a successor from devices alone. */
  readonly openLink?: (address: string) => HubLink;
}

/** Longer than a device takes to come back to a hub that was there all the time. */
export const UNREACHED_MS = 10 * SECOND_MS;

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
  /** The address of the hub that has taken this one's place (M5); null while there is none. */
  movedTo(): string | null;
  /** Serves a device's connection. */
  attach(connection: HubConnection): void;
  /** Hash of the ordered state, to compare with a device's (O7). */
  stateHash(): string;
  stats(): HubStats;
  /** Commits what was begun, ends all connections and timers. The store stays open. Repetition does nothing. */
  close(): void;
}

/**
 * @throws HubElsewhere when the configuration has the hub at another machine, and this store is new
 * @throws ClockRefused when the clock is too far from the last business day (D1)
 * @throws StorageFault when the store refuses
 */
export function createHub(options: HubOptions): Hub {
  const { store, platform, openAllDay = false, acceptClock = false, mayHavePredecessor = false } = options;
  const { takeOver, onTakeOver = () => {}, openLink } = options;
  const config = openAllDay ? withOpenAllDay(options.config) : options.config;
  const startedAt = platform.now();
  const listeners = new Set<() => void>();
  let cancelTick = (): void => {};
  let isClosed = false;

  const succession = createSuccession({
    store,
    platform,
    config,
    takeOver,
    openLink,
    epoch: () => sequencer.epoch(),
    inForce: () => sequencer.state().info.config,
    publishConfiguration: (next) =>
      sequencer.execute({
        name: 'publishConfiguration',
        commandId: platform.newCommandId(),
        input: { config: next },
      }),
    onTakeOver,
    onMoved: endOrdering,
    onCopied: () => sequencer.follow(),
    onNotSucceeded: () => {
      mayServe = true;
    },
  });
  let hasSteppedDown = succession.isReplaced();
  let steppedDownAt: EpochMs | null = hasSteppedDown ? startedAt : null;
  let hasSucceeded = false;
  /** Nobody has been heard since the place was taken: whoever is the first tells of a hub before, not of one after. */
  let isUnheard = takeOver !== undefined;
  /** False while it is found out whether another hub has taken this one's place: no device is greeted. */
  let mayServe = true;
  let reachedMonoMs = platform.monoMs();
  const before = createPredecessor(store, platform.log, mayHavePredecessor);
  const refill = createRefill({
    store,
    platform,
    waitMs: firstWaitMs(),
    onDeciding: () => {
      if (hasSteppedDown) return;
      before.noteHeard();
      if (succession.isTakingOver() && !hasSucceeded) succeed(0);
      succession.publish();
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
    isPassive: hasSteppedDown,
    onCommitted: announce,
  });
  const commands = createWaitingCommands(execute, refill.isDeciding);
  const sessions = createSessions({
    platform,
    heardBefore: heardBefore(store, sequencer.day()),
    view: () => ({
      epoch: sequencer.epoch(),
      hasSteppedDown,
      isAsking: !mayServe,
      isRelay: false,
      ...before.view(sequencer.day(), isUnheard),
      day: sequencer.day(),
      config: sequencer.state().info.config,
      store,
    }),
    onPush: sequencer.push,
    onAsk: sequencer.ask,
    onHigherEpoch: stepDown,
    onHolder,
    onPredecessor(told) {
      const isNoted = succeed(told);
      if (isNoted) isUnheard = false;
      return isNoted;
    },
    onGreeted(greeting) {
      if (!succession.isTakingOver()) isUnheard = false;
      refill.announce(greeting.announced);
      if (greeting.isFirst) sequencer.meetEnd(greeting.end);
    },
    onAskedByHub: succession.noteAsked,
    onRolledBack: () => {
      if (hasSteppedDown) return;
      endOrdering();
      platform.log.error(
        'devices hold more of this hub\u2019s journal than its disk: it was set back and must be restored',
      );
    },
  });
  succession.start();
  // Restored from a copy: what is missing behind it the devices know.
  if (before.isCopy) succeed(0);

  /** Who may have been here before is waited for, and who may be the hub by now. */
  function firstWaitMs(): number {
    if (takeOver !== undefined || before.isUnheard) return HELLO_WAIT_MS;
    return succession.mayBeSucceeded() ? LOOK_TIMEOUT_MS : 0;
  }

  function succeed(told: number): boolean {
    try {
      sequencer.succeed(told);
      hasSucceeded = true;
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
    succession.obey(sequencer.state().info.config, entries);
    const { position, check } = head();
    sessions.sendHeads(position, check, entries);
    for (const listener of listeners) listener();
  }

  function stepDown(epoch: number, isReplaced: boolean): void {
    try {
      if (isReplaced) succession.noteReplaced();
      // Seen is seen: the next start takes a higher one still (O3).
      store.transact(() => store.writeSetting('epoch', String(epoch)));
    } catch (error) {
      if (!(error instanceof StorageFault)) throw error;
      // The device will say it again.
      platform.log.error('a higher epoch could not be remembered', { epoch, error });
    }
    if (hasSteppedDown) return;
    endOrdering();
    succession.look();
    platform.log.error('a device has seen a higher epoch: this hub steps down until it is started again', { epoch });
  }

  function endOrdering(): void {
    hasSteppedDown = true;
    steppedDownAt = platform.now();
    // Refused: nothing of them has happened.
    commands.settle();
    for (const listener of listeners) listener();
  }

  async function execute(command: Command): Promise<CommandAnswer> {
    if (hasSteppedDown || isClosed) return refuse({ type: 'unreachable', detail: 'this hub does not order' });
    return sequencer.execute(command);
  }

  /** Whom no device has reached for long, as after a cut, may have been replaced meanwhile, and asks before it serves. */
  function attach(connection: HubConnection): void {
    const nowMonoMs = platform.monoMs();
    if (sessions.connected().length > 0) reachedMonoMs = nowMonoMs;
    else if (nowMonoMs - reachedMonoMs > UNREACHED_MS && mayServe && succession.mayBeSucceeded()) {
      mayServe = false;
      reachedMonoMs = nowMonoMs;
      succession.look();
    }
    sessions.attach(connection);
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
      if (sessions.connected().length > 0) reachedMonoMs = platform.monoMs();
      // What a full disk did not take; whoever wants to be told has given the takeover up.
      if (options.onTakeOver === undefined && refill.isDeciding()) succession.publish();
      sequencer.followClock();
      unlessDiskRefuses('an old day could not be deleted', sequencer.forgetOldDay);
      const { position, check } = head();
      sessions.sendHeads(position, check, []);
    });
  }

  tick();
  return {
    movedTo: succession.movedTo,
    execute: (command) => (hasSteppedDown || isClosed ? execute(command) : commands.execute(command)),
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
    attach: (connection) => (isClosed ? connection.close() : attach(connection)),
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
      succession.close();
      sequencer.close();
      isClosed = true;
      // Refused: nothing of them has happened.
      commands.settle();
      sessions.close();
      listeners.clear();
    },
  };
}
