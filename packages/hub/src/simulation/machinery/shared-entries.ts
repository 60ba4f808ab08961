/**
 * One copy in memory of what the disks of a location hold in common: entries of the order. Each device has received, read
 * and verified its own by then; only what its disk remembers is shared, and an entry that differs in anything stays apart.
 * Otherwise every entry is kept once for each device, and moving them about is most of what the garbage collector does.
 */
import type { VerifiedEntry } from '@aufruf/engine/store/verified-entry';
import type { Hash } from '@aufruf/shared/sync/event';

/** The entry to remember in the place of the given one: an equal one that is remembered already, or itself. */
export type ShareEntry = (entry: VerifiedEntry) => VerifiedEntry;

export function createSharedEntries(): ShareEntry {
  const known = new Map<Hash, VerifiedEntry>();
  return (entry) => {
    // Of an event that is held only the row is new.
    if (entry.sealed === null) return entry;
    const found = known.get(entry.row.chain);
    if (found !== undefined) return isSame(found, entry) ? found : entry;
    known.set(entry.row.chain, Object.freeze(entry));
    return entry;
  };
}

/** The payload by its canonical text, everything else field by field. */
const isSame = (a: VerifiedEntry, b: VerifiedEntry): boolean =>
  a.sealed?.payloadJson === b.sealed?.payloadJson &&
  hasSameFields(a.row, b.row) &&
  hasSameFields(a.after, b.after) &&
  hasSameFields({ ...a.event, payload: null }, { ...b.event, payload: null });

function hasSameFields<T extends object>(a: T, b: T): boolean {
  const names = Object.keys(a) as (keyof T)[];
  return names.length === Object.keys(b).length && names.every((name) => a[name] === b[name]);
}
