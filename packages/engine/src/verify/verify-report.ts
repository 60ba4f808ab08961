/** What a check of a database found: what it holds, and what is wrong with it, in words for whoever runs the location. */

/** `file`: SQLite's own structure. `journal`: J1. `order`: O1. `state`: O7. */
type Check = 'file' | 'journal' | 'order' | 'state';

export interface Problem {
  readonly check: Check;
  readonly what: string;
}

export interface DayReport {
  readonly day: string;
  readonly rows: number;
  /** Events without a row. */
  readonly unordered: number;
  readonly status: 'open' | 'closed' | 'neverOpened';
  /** Whether it folds to the state on record at its close; a version of Aufruf may count otherwise than the one before. */
  readonly folds: 'asRecorded' | 'otherwise' | 'otherwiseByOtherVersion';
  /** Events that came after the day was closed. */
  readonly late: number;
}

export interface JournalReport {
  readonly journal: string;
  readonly isOwn: boolean;
  /** Of events deleted with their days; 0 = none. */
  readonly forgottenThrough: number;
  readonly through: number;
  readonly events: number;
}

export interface VerifyReport {
  readonly device: string;
  readonly incarnation: string;
  readonly events: number;
  readonly daysHeld: number;
  /** Empty where only the structure was checked; so is `days`. */
  readonly journals: readonly JournalReport[];
  readonly days: readonly DayReport[];
  /** Days of which only figures are left. */
  readonly figuresOnly: number;
  /** The first MAX_PROBLEMS. */
  readonly problems: readonly Problem[];
}
