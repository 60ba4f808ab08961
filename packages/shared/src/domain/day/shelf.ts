/**
 * Where a day keeps what is hardly asked for any more: closed visits, outcomes of commands, booked codes. They grow with
 * the day and would fill the heap, so a device puts them on its disk, as text, and reads one when somebody asks for it.
 *
 * Part of the state and as disposable: a shelf belongs to one `DayStore`, begins empty and is never read by anybody else
 * (rule 3). What stands where makes no difference to the state or its hash (X5).
 */
export const SHELF_KINDS = ['visits', 'commands', 'codes'] as const;
export type ShelfKind = (typeof SHELF_KINDS)[number];

type Entries = readonly (readonly [key: string, text: string])[];

export interface ShelfChanges {
  /** Keys that stand there. */
  readonly removed: readonly string[];
  /** Others that stand there, and keep their place. */
  readonly changed: Entries;
  /** Keys that do not, or have just been removed; they go to the end. */
  readonly added: Entries;
}

export interface Shelf {
  get(kind: ShelfKind, key: string): string | undefined;
  has(kind: ShelfKind, key: string): boolean;
  size(kind: ShelfKind): number;
  /** In the order in which they were added. */
  entries(kind: ShelfKind): Iterable<readonly [key: string, text: string]>;
  /** All of it or nothing. False: there was no room, and nothing has changed. */
  change(kind: ShelfKind, changes: ShelfChanges): boolean;
}

/** A shelf in memory, for the memory store and tests. */
export function createMemoryShelf(): Shelf {
  const boards: Record<ShelfKind, Map<string, string>> = { visits: new Map(), commands: new Map(), codes: new Map() };
  return {
    get: (kind, key) => boards[kind].get(key),
    has: (kind, key) => boards[kind].has(key),
    size: (kind) => boards[kind].size,
    entries: (kind) => boards[kind].entries(),
    change(kind, { removed, changed, added }) {
      for (const key of removed) boards[kind].delete(key);
      for (const [key, text] of [...changed, ...added]) boards[kind].set(key, text);
      return true;
    },
  };
}
