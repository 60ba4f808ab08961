/** How much a bench measures. Everything is counted, so that it ends; nothing is measured until it looks good. */

export interface BenchSizes {
  /** Devices connected, by kind. */
  readonly kiosks: number;
  readonly displays: number;
  readonly counters: number;
  /** Times each command is given, and each raw figure measured beside it. */
  readonly rounds: number;
  /** Unmeasured ones before: the first ones pay for compilation. */
  readonly warmUps: number;
  /** Calls watched in the browser. */
  readonly paints: number;
  readonly starts: number;
  /** Events of the long day. */
  readonly dayEvents: number;
  /** Where in that day the cost of an event is measured: so many events before each mark, rising. */
  readonly costMarks: readonly number[];
  readonly costSpan: number;
  /** Events that everybody lacks who comes back at once. */
  readonly missed: number;
}

/** 50 devices, and the longest day a location is made for. */
export const FULL_SIZES: BenchSizes = {
  kiosks: 4,
  displays: 6,
  counters: 40,
  rounds: 100,
  warmUps: 10,
  paints: 40,
  starts: 3,
  dayEvents: 50_000,
  costMarks: [1_000, 50_000],
  costSpan: 1_000,
  missed: 500,
};

/** 100 devices, all of which come back at once. */
export const CROWD_SIZES: BenchSizes = { ...FULL_SIZES, displays: 16, counters: 80, rounds: 20 };

/** To see whether the bench itself works; its figures say nothing. */
export const QUICK_SIZES: BenchSizes = {
  kiosks: 1,
  displays: 2,
  counters: 2,
  rounds: 3,
  warmUps: 1,
  paints: 2,
  starts: 1,
  dayEvents: 400,
  costMarks: [200, 400],
  costSpan: 100,
  missed: 100,
};
