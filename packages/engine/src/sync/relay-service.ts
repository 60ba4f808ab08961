/**
 * What a device does while it serves its island as a relay (M2). The hub's code orders and decides, over this device's own
 * store; it is handed in from outside, since an engine knows nothing of hubs.
 */
import type { Command } from '@aufruf/shared/domain/commands';
import type { LocationConfig } from '@aufruf/shared/domain/location-config/schema';
import type { Platform } from '../platform/platform.ts';
import type { EventStore, OrderedEntry } from '../store/event-store.ts';
import type { CommandAnswer } from './command-answer.ts';

export interface RelayService {
  /** Decides and orders a command of this device itself. */
  execute(command: Command): Promise<CommandAnswer>;
  /** Commits what was begun, hangs up on everybody. Repetition does nothing. */
  close(): void;
}

export interface RelayServiceOptions {
  readonly store: EventStore;
  /** `now` is the hub's time, as far as this device knows it. */
  readonly platform: Platform;
  readonly config: LocationConfig;
  /** The day's new entries, after each commit, those ordered at the start included. */
  readonly onOrdered: (entries: readonly OrderedEntry[]) => void;
  /** A device has seen a higher epoch: it is remembered, and this service has closed itself. */
  readonly onHigherEpoch: () => void;
  /** Nobody can reach this service, so it is to be closed. Not called from within its opening. */
  readonly onUnreachable: () => void;
}

/** @throws StorageFault when the store refuses */
export type OpenRelayService = (options: RelayServiceOptions) => RelayService;
