/**
 * How long to wait before something that broke is started again: at once the first time, longer each time it breaks
 * soon again, never so long that a screen stays dark for MAX_PAUSE_MS.
 */

/** The limit for a dark screen is 5 s; what is started needs a little of it. */
export const MAX_PAUSE_MS = 3_000;
const FIRST_PAUSE_MS = 100;
const FACTOR = 3;
/** What has run so long without breaking is sound: the next break is a first one. */
export const CALM_MS = 60_000;

/** `monoMs`: a monotonic clock. Returns the pause after a break that happened now, ms. */
export function createBackoff(monoMs: () => number): () => number {
  let nextMs = FIRST_PAUSE_MS;
  let lastBreakMs = Number.NEGATIVE_INFINITY;
  return () => {
    const nowMs = monoMs();
    if (nowMs - lastBreakMs > CALM_MS) nextMs = FIRST_PAUSE_MS;
    lastBreakMs = nowMs;
    const pauseMs = nextMs;
    nextMs = Math.min(nextMs * FACTOR, MAX_PAUSE_MS);
    return pauseMs;
  };
}
