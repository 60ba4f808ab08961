/**
 * A keyed collection of which the heap holds only what was written last; the rest is on the shelf. To its users it is a
 * Map: same answers, same order of iteration, whenever something was shelved.
 *
 * A layer over the shelf that is laid down on it when it has grown thick enough. Where the shelf has no room, the layer
 * stays and grows: memory then, but nothing lost.
 */
import { createLayeredCollection, type WriteCollection } from './layered-collection.ts';
import type { Shelf, ShelfKind } from './shelf.ts';

/** Changes that gather in the heap. Fewer would cost more trips to the disk, more would show in memory. */
export const SHELVED_AT = 64;

export function createShelvedCollection<K extends string, V>(shelf: Shelf, kind: ShelfKind): WriteCollection<K, V> {
  const parse = (text: string): V => JSON.parse(text) as V;
  function* entries(): Generator<readonly [K, V]> {
    for (const [key, text] of shelf.entries(kind)) yield [key as K, parse(text)];
  }
  const layer = createLayeredCollection<K, V>({
    get(key) {
      const text = shelf.get(kind, key);
      return text === undefined ? undefined : parse(text);
    },
    has: (key) => shelf.has(kind, key),
    entries,
    get size() {
      return shelf.size(kind);
    },
  });
  let shelvedAt = SHELVED_AT;

  function* texts(changed: Iterable<readonly [K, V]>): Generator<readonly [string, string]> {
    for (const [key, value] of changed) yield [key, JSON.stringify(value)];
  }
  function shelve(): void {
    const { removed, set } = layer.changes();
    const count = removed.size + set.size;
    if (count < shelvedAt) return;
    const isShelved = shelf.change(kind, { removed, put: texts(set) });
    if (isShelved) layer.forgetChanges();
    // Not tried again with every single change.
    shelvedAt = isShelved ? SHELVED_AT : count + SHELVED_AT;
  }

  return {
    get: layer.get,
    has: layer.has,
    values: layer.values,
    entries: layer.entries,
    get size() {
      return layer.size;
    },
    set(key, value) {
      layer.set(key, value);
      shelve();
    },
    delete(key) {
      layer.delete(key);
      shelve();
    },
  };
}
