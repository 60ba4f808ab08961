/**
 * What stands behind the bridge on the host's side: a hub, or a device's engine. `dispatch` checks name, role and
 * input and then talks to this.
 */
import type { Command, CommandRefusal, Receipt } from '../domain/commands.ts';
import type { DayState } from '../domain/day/day-state.ts';
import type { SyncStatus } from '../domain/views/view-schemas.ts';
import type { Result } from '../lib/result.ts';
import type { EpochMs } from '../lib/time.ts';
import type { Machine } from '../takeover/machine.ts';
import type { BridgeRefusal } from './bridge.ts';

export interface CommandHost {
  /** Carries a valid command out, once per command id; answers after commit (rule 7, J4). Never rejects. */
  execute(command: Command): Promise<Result<Receipt, CommandRefusal | BridgeRefusal>>;
  /** The state shown: ordered events and the device's own pending ones on top. Valid until the next change. */
  state(): DayState;
  syncStatus(): SyncStatus;
  /** Hub time as this host knows it. */
  now(): EpochMs;
  /** Told after each change of state or status; many changes may come as one. */
  onChange(listener: () => void): () => void;
  /** A device's machine; absent: the host is a hub. */
  readonly machine?: Machine;
}
