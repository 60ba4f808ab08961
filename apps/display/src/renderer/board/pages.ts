/** How the current calls are laid out: what fits, and what turns in pages because it does not. */

/** Up to so many calls stand in one column, in the largest type. */
export const ONE_COLUMN = 5;
/** Most calls on one page, in two columns; more turn in pages. */
export const PAGE_SIZE = 12;
/** How long a page stands. */
export const PAGE_MS = 8_000;

export interface Page<T> {
  readonly items: readonly T[];
  readonly columns: 1 | 2;
  /** 1-based. */
  readonly current: number;
  readonly of: number;
}

/** The page to show at `now`. The first page is the newest calls; a single page never turns. */
export function pageAt<T>(items: readonly T[], now: number): Page<T> {
  const of = Math.max(1, Math.ceil(items.length / PAGE_SIZE));
  const index = of === 1 ? 0 : Math.floor(now / PAGE_MS) % of;
  return {
    items: items.slice(index * PAGE_SIZE, (index + 1) * PAGE_SIZE),
    columns: items.length > ONE_COLUMN ? 2 : 1,
    current: index + 1,
    of,
  };
}
