/** What a series of measurements says. Pure. */

export interface Summary {
  /** How many were measured. */
  readonly count: number;
  readonly p50: number;
  readonly p99: number;
}

/**
 * Nearest rank: a value that was measured, never one between two.
 * @throws when there is nothing to summarise
 */
export function summarise(values: readonly number[]): Summary {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number): number => {
    const value = sorted[Math.ceil(share * sorted.length) - 1];
    if (value === undefined) throw new Error('nothing was measured');
    return value;
  };
  return { count: sorted.length, p50: at(0.5), p99: at(0.99) };
}
