/** What a process holds in the end, to be compared with the others' and with what people saw. */
import { sha256 } from '@aufruf/engine/platform/sha256';
import { anewId } from '@aufruf/engine/sync/alone';
import type { CommandHost } from '@aufruf/shared/bridge/host';
import type { DayState } from '@aufruf/shared/domain/day/day-state';
import type { SyncStatus } from '@aufruf/shared/domain/views/view-schemas';
import type { CommandId } from '@aufruf/shared/lib/ids';

export interface Ticket {
  readonly visitId: string;
  readonly number: string | null;
  /** Taken back because nobody had it in hand. */
  readonly isVoid: boolean;
}

export interface HolderReport {
  readonly by: string;
  readonly mode: SyncStatus['mode'];
  /** Own events the hub lacks. */
  readonly waiting: number;
  readonly rows: number;
  readonly stateHash: string;
  readonly tickets: readonly Ticket[];
  /** What became of the commands asked for; one that was withdrawn and decided anew counts as what became of it then. */
  readonly outcomes: Readonly<Record<string, 'pending' | 'granted' | 'refused' | 'withdrawn' | 'unknown'>>;
  /** Reasons of events that did not fit when their turn came. */
  readonly rejections: readonly string[];
}

/** A hub or a device: a host that tells the hash of its ordered state. */
export type Holder = CommandHost & { stateHash(): string };

export function reportOf(by: string, holder: Holder, commandIds: readonly string[]): HolderReport {
  const state = holder.state();
  const { mode, eventsWaiting } = holder.syncStatus();
  return {
    by,
    mode,
    waiting: eventsWaiting,
    rows: state.info.rows,
    stateHash: holder.stateHash(),
    tickets: [...state.openVisits.values(), ...state.closedVisits.values()].map((visit) => ({
      visitId: visit.id,
      number: visit.number?.text ?? null,
      isVoid: visit.state === 'cancelled' && visit.cancelReason === 'withdrawn',
    })),
    outcomes: Object.fromEntries(commandIds.map((id) => [id, outcomeOf(state, id as CommandId)])),
    rejections: state.rejections.map(({ reason }) => reason),
  };
}

function outcomeOf(state: DayState, id: CommandId): HolderReport['outcomes'][string] {
  const outcome = state.commands.get(id);
  if (outcome?.status !== 'withdrawn') return outcome?.status ?? 'unknown';
  const anew = outcomeOf(state, anewId(id, sha256));
  return anew === 'unknown' ? 'withdrawn' : anew;
}
