/**
 * The state of one business day: what a fold of the day's log yields (rule 3: it can be thrown away and rebuilt).
 *
 * Read through `DayState`, which nobody can write. `evolve` is pure: it takes a state and a log entry and returns the
 * entities that changed, as `DayChanges`; `day-store.ts` owns the maps and applies changes to them, at a cost that does
 * not grow with the day. An overlay of the same shape holds a device's own events that are not ordered yet.
 */
import type { CommandId, CounterId, DeviceId, SeriesId, VisitId } from '../../lib/ids.ts';
import type { EpochMs, LocalDate } from '../../lib/time.ts';
import type { Command, CommandRefusal, Receipt } from '../commands.ts';
import type { CounterState } from '../counter/counter.ts';
import type { CommandFact, Fact } from '../facts.ts';
import type { LocationConfig } from '../location-config/schema.ts';
import type { Visit } from '../visit/visit.ts';

/** What became of a command; a retry is answered from here (rule O6). */
export type CommandOutcome =
  | {
      readonly status: 'pending';
      readonly command: Command;
      readonly author?: DeviceId;
      /** The relay that is to decide it (M2); absent = the hub. */
      readonly to?: DeviceId;
      /** Facts that rest on what the relay granted, in their order (`waiting-facts.ts`). */
      readonly waiting?: readonly WaitingFact[];
    }
  | {
      readonly status: 'granted';
      readonly receipt: Receipt;
      readonly facts: readonly Fact[];
      /** Of the claim, where one was made: nobody else may take it back. */
      readonly author?: DeviceId;
    }
  | { readonly status: 'refused'; readonly refusal: CommandRefusal }
  | { readonly status: 'withdrawn' };

/** A fact that came before the decision it rests on, to be folded behind it as if it had come then. */
export interface WaitingFact {
  readonly row: number;
  readonly effectiveAt: EpochMs;
  readonly author?: DeviceId;
  readonly fact: CommandFact;
}

/** A run of ticket numbers, both ends included. */
export interface UsedSpan {
  readonly first: number;
  readonly last: number;
}

/** Numbers of a series used today. */
export interface SeriesState {
  readonly id: SeriesId;
  /** Highest value given from the main span; 0 before the first. */
  readonly lastMain: number;
  /** Highest value given from the hub's part of the overflow span; 0 before the first. */
  readonly lastOverflow: number;
  /** Tickets issued from this series, voided ones included. */
  readonly issued: number;
  /** The values themselves, as rising spans that neither touch nor overlap: few, however many tickets (rule N2). */
  readonly used: readonly UsedSpan[];
}

/**
 * An event that did not fit the state when its turn came (rule O7): kept for the record, changes nothing; but a fact that
 * came before the relay's decision it rests on is folded behind that one.
 */
export interface Rejection {
  /** Row of the day's log. */
  readonly row: number;
  readonly type: string;
  readonly reason: string;
}

export interface DayInfo {
  readonly day: LocalDate;
  readonly status: 'notOpened' | 'open' | 'closed';
  readonly config: LocationConfig | null;
  /** Rows folded so far. */
  readonly rows: number;
  /** Walk-in tickets issued per service, for contingents. */
  readonly walkInsByService: Readonly<Record<string, number>>;
  /** Claims made to relays, in order; some of them may have ended. Absent = none was made today. */
  readonly atRelays?: readonly CommandId[];
  /** Days through this one may be deleted (D2); null until the hub says so. */
  readonly releasedThrough: LocalDate | null;
}

/** Read access to a keyed collection; iteration is in order of insertion, the same on every device. */
export interface ReadCollection<K, V> {
  get(key: K): V | undefined;
  has(key: K): boolean;
  values(): Iterable<V>;
  readonly size: number;
}

export interface DayState {
  readonly info: DayInfo;
  /** Visits that are not finished, cancelled or expired: what queues and boards iterate over. */
  readonly openVisits: ReadCollection<VisitId, Visit>;
  readonly closedVisits: ReadCollection<VisitId, Visit>;
  /** Which visit an appointment code was last booked for; the visit may be closed. */
  readonly visitIdsByCode: ReadCollection<string, VisitId>;
  readonly counters: ReadCollection<CounterId, CounterState>;
  readonly series: ReadCollection<SeriesId, SeriesState>;
  readonly commands: ReadCollection<CommandId, CommandOutcome>;
  readonly rejections: readonly Rejection[];
}

/** Entities as they are after an event. Absent = unchanged. A visit moves between open and closed by its state. */
export interface DayChanges {
  readonly info?: DayInfo;
  readonly visits?: readonly Visit[];
  readonly counters?: readonly CounterState[];
  readonly series?: readonly SeriesState[];
  readonly commands?: readonly { readonly id: CommandId; readonly outcome: CommandOutcome }[];
  readonly rejection?: Rejection;
}

/** One entry of the day's log as `evolve` sees it: typed or unknown, with its place and its time. */
export interface LogEntry {
  /** 1, 2, 3 … within the day. */
  readonly row: number;
  /** The time the event counts from (rule T1). */
  readonly effectiveAt: EpochMs;
  /** Who wrote it; absent where nobody can have forged it. */
  readonly author?: DeviceId;
  readonly type: string;
  readonly payload: unknown;
}
