/**
 * Ms on the machine's monotonic clock, fractions included. All processes of one machine read the same clock, so that a
 * span may begin in one and end in another.
 */
export const nowMs = (): number => Number(process.hrtime.bigint()) / 1e6;
