/** What the figures of a bench should keep. A bench says so and fails nothing: another machine, another load. */

/** Over one raw fsync, at p50. */
export const MAX_DRAW_OVER_FLUSH_MS = 3;
/** "Next" to the last display, by a raw broadcast to as many clients as there are devices, at p50. */
export const MAX_NEXT_BY_BROADCAST = 3;
export const MAX_BENCH_CATCH_UP_S = 5;
/** "Next" while a hundred devices come back, at p99: longer, and a clerk presses again. */
export const MAX_CALL_IN_CROWD_MS = 1_000;
/** Noise allowed; a cost that grew with the day would grow fifty times. */
export const MAX_COST_GROWTH = 1.5;
