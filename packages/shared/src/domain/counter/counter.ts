/** A counter (Platz, Schalter, Zimmer) as the day's log shows it: who is there, which visit, what can be undone. */
import type { CommandId, CounterId, SessionId, VisitId } from '../../lib/ids.ts';
import type { EpochMs } from '../../lib/time.ts';
import type { Visit } from '../visit/visit.ts';

/** The clerk's session at a counter, and what can be undone there. */
export type CounterPresence = 'closed' | 'open' | 'break';

export const BREAK_REASONS = ['pause', 'meeting', 'backOffice', 'other'] as const;
export type BreakReason = (typeof BREAK_REASONS)[number];

export interface CounterState {
  readonly id: CounterId;
  readonly presence: CounterPresence;
  readonly sessionId: SessionId | null;
  /** Since when `presence` holds. */
  readonly since: EpochMs;
  readonly breakReason: BreakReason | null;
  /** The visit called to or served at this counter. */
  readonly visitId: VisitId | null;
  /** The newest call of this counter that another one’s took precedence over (rule O8); null = none in this session. */
  readonly superseded: SupersededCall | null;
  /** Calls made by "next" at this counter in a row that were appointments; for the policy's ratio. */
  readonly appointmentsInARow: number;
  /** Newest last; at most MAX_UNDO_DEPTH. */
  readonly undoable: readonly UndoableAction[];
}

/** A call that was made while counters were cut off from each other, and lost when the order was settled. */
export interface SupersededCall {
  readonly callId: CommandId;
  readonly number: string | null;
}

/** How many actions of a counter can be undone one after another. */
export const MAX_UNDO_DEPTH = 8;

/** How long an action can be undone, ms. PRODUCT: at least 60 s. */
export const UNDO_WINDOW_MS = 5 * 60_000;

/** What an undo restores: the visit and the counter as they were before the action. */
export interface UndoableAction {
  readonly commandId: CommandId;
  /** Event type of the action, for the clerk's "undo ..." text. */
  readonly type: string;
  readonly at: EpochMs;
  readonly visitId: VisitId | null;
  /** null when the action created the visit: its undo cancels it. */
  readonly visitBefore: Visit | null;
  /** The visit's revision after the action; another one now means somebody else changed it. */
  readonly visitRevisionAfter: number;
  readonly counterBefore: Omit<CounterState, 'undoable'>;
}
