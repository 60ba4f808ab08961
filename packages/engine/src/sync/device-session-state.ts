/** What a device's session remembers, hears and wants: the values `device-session.ts` steps between. */
import type { EpochMs, LocalDate } from '@aufruf/shared/lib/time';
import type { OkAnswer, RequestName, WireError } from '@aufruf/shared/protocol/messages';
import type { EventKey } from '@aufruf/shared/sync/event';
import type { Position, VersionVector } from '@aufruf/shared/sync/order';
import type { StateCheck } from '../ledger/day-ledger.ts';
import type { OrderedEntry } from '../store/event-store.ts';

export interface DeviceNow {
  readonly wallAt: EpochMs;
  readonly monoMs: number;
}

export interface InFlight {
  readonly id: number;
  readonly sentMonoMs: number;
}

export interface DeviceSessionState {
  readonly link: 'down' | 'greeting' | 'live';
  /** The day whose order is followed; null before the first contact. */
  readonly day: LocalDate | null;
  /** The hub's current day; later than `day` while the old day is read to its end. */
  readonly hubDay: LocalDate | null;
  /** Highest epoch seen (O3). */
  readonly epoch: number;
  /** How much of the own journal the last hello announced. */
  readonly announcedSeq: number;
  /** What the hub holds of this device's journals, as it last said. */
  readonly hubHolds: VersionVector;
  /** What the hub lacked at the hello of what was ordered without it, in that order: handed on first (J6). */
  readonly handOn: readonly EventKey[];
  /** How many of `handOn` are in the push under way; refused ones are not tried again. */
  readonly handingOn: number;
  /** Newest head heard of; a hint. */
  readonly hubHead: Position | null;
  readonly requests: Readonly<Partial<Record<RequestName, InFlight>>>;
  readonly nextRequest: number;
  /** There may be more to pull than the heads say. */
  readonly mustPull: boolean;
  /** A batch that is here and has not been looked at: the next one was asked for first. */
  readonly received: OkAnswer<'sync:pull'> | null;
  /** Since the last hello, everything the hub had then has been pulled. */
  readonly isCaughtUp: boolean;
  /** The hub refuses what this device has: pulling goes on, pushing is tried again with the next connection. */
  readonly pushRefused: WireError | null;
  /** Monotonic time when a hub last served this device: an answer other than a refusal, or a head; null = never. */
  readonly heardMonoMs: number | null;
  /** Monotonic time since when the hub cannot store what it is sent (S3); null = it can, as far as is known. */
  readonly unstoredMonoMs: number | null;
  /** Hub time at a monotonic time: the hub's clock without this device's wall clock (T1). */
  readonly hubClock: { readonly hubAt: EpochMs; readonly monoMs: number } | null;
  /** Monotonic time since when the number of events waiting has not shrunk; null when there are none. */
  readonly backlog: { readonly sinceMonoMs: number; readonly count: number; readonly isAlarmed: boolean } | null;
}

export type DeviceInput =
  | { readonly type: 'up' }
  | { readonly type: 'down' }
  | { readonly type: 'answer'; readonly name: RequestName; readonly id: number; readonly body: unknown }
  | { readonly type: 'hint'; readonly name: string; readonly body: unknown }
  /** Own events have been journaled. */
  | { readonly type: 'journaled' }
  /** This device has opened the day by itself (D1); the setting is written. */
  | { readonly type: 'dayOpened'; readonly day: LocalDate }
  /** The answer to the output of that name. */
  | { readonly type: 'work' }
  /** Time has passed. */
  | { readonly type: 'tick' };

export type AlarmType =
  | WireError['type']
  /** The hub's answer cannot be read. */
  | 'unreadable'
  | 'backlog';

export type DeviceOutput =
  | { readonly type: 'request'; readonly name: RequestName; readonly id: number; readonly body: unknown }
  /** Hang up; the link tries again by itself. */
  | { readonly type: 'reset'; readonly reason: string }
  /** There is a batch to look at: feed `work`, now that the outputs before this one are carried out. */
  | { readonly type: 'work' }
  /** New entries of the day are in the store. `through`: where the hub's order ends, as far as is known. */
  | {
      readonly type: 'ordered';
      readonly day: LocalDate;
      readonly entries: readonly OrderedEntry[];
      readonly through: number;
    }
  /** The day's order rows are gone from the store and will come again (O4). */
  | { readonly type: 'dropped'; readonly day: LocalDate }
  | { readonly type: 'dayEntered'; readonly day: LocalDate }
  /** The hub's recorded state hash, to be compared (O7). */
  | { readonly type: 'check'; readonly day: LocalDate; readonly check: StateCheck }
  | { readonly type: 'alarm'; readonly alarm: AlarmType; readonly detail: string }
  /** J3: this disk is not what the other side knows of it; what it writes will never be taken. */
  | { readonly type: 'diskRefused' };

export interface DeviceStep {
  readonly state: DeviceSessionState;
  readonly outputs: readonly DeviceOutput[];
}
