/** How many visitors walk through the office at once: as many as the machine keeps up with. Pure. */

/** More would only wait for each other. */
export const MOST_AT_ONCE = 8;

/**
 * How long the slowest device may take to catch up with what has just happened, ms. A device that cannot listen for three
 * seconds must think that the hub is gone, and on a busy machine the next round may take several times as long as the last.
 */
export const CALM_MS = 400;

/** `behindMs`: what the slowest device took after the round before. */
export const nextPace = (atOnce: number, behindMs: number): number =>
  behindMs > CALM_MS ? Math.max(1, Math.floor(atOnce / 2)) : Math.min(MOST_AT_ONCE, atOnce + 1);
