/**
 * A keyed collection laid over another one, live: reads fall through to the base, writes stay in the layer. Made for a
 * device's own events that have no order yet: the ordered state below stays untouched.
 *
 * Invariant: iteration yields what a single Map would yield after the base's writes followed by the layer's, so that
 * folding over a layer equals folding straight through (rule X5).
 */
import type { ReadCollection } from './day-state.ts';

/** A Map, or a layer. */
export interface WriteCollection<K, V> extends ReadCollection<K, V> {
  entries(): Iterable<readonly [K, V]>;
  set(key: K, value: V): unknown;
  delete(key: K): unknown;
}

export interface LayeredCollection<K, V> extends WriteCollection<K, V> {
  /** What the layer does to the base: removes keys, whether they stand there or not, then sets others. */
  changes(): { readonly removed: ReadonlySet<K>; readonly set: ReadonlyMap<K, V> };
  /** Done to the base by now. */
  forgetChanges(): void;
}

type Base<K, V> = Pick<WriteCollection<K, V>, 'get' | 'has' | 'entries' | 'size'>;

export function createLayeredCollection<K, V>(base: Base<K, V>): LayeredCollection<K, V> {
  const own = new Map<K, V>();
  /** Keys whose base entry is gone. A key in `own` as well was added again, and so stands at the end. */
  const removed = new Set<K>();
  const standsInBase = (key: K): boolean => base.has(key) && !removed.has(key);

  function* entries(): Generator<readonly [K, V]> {
    for (const [key, value] of base.entries()) if (!removed.has(key)) yield [key, own.get(key) ?? value];
    for (const entry of own) if (!standsInBase(entry[0])) yield entry;
  }
  function* values(): Generator<V> {
    for (const [, value] of entries()) yield value;
  }

  return {
    get: (key) => own.get(key) ?? (removed.has(key) ? undefined : base.get(key)),
    has: (key) => own.has(key) || standsInBase(key),
    entries,
    values,
    get size() {
      let size = base.size;
      for (const key of removed) if (base.has(key)) size--;
      for (const key of own.keys()) if (!standsInBase(key)) size++;
      return size;
    },
    set: (key, value) => own.set(key, value),
    delete: (key) => {
      own.delete(key);
      removed.add(key);
    },
    changes: () => ({ removed, set: own }),
    forgetChanges: () => {
      own.clear();
      removed.clear();
    },
  };
}
