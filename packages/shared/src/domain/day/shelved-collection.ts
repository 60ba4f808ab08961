/**
 * A keyed collection of which the heap holds only what was written last; the rest is on the shelf. To its users it is a
 * Map: same answers, same order of iteration, whenever something was shelved.
 *
 * A layer over the shelf that is laid down on it when it has grown thick enough. Where the shelf has no room, the layer
 * stays and grows: memory then, but nothing lost.
 */
import { createKeyFilter, type KeyFilter } from './key-filter.ts';
import { createLayeredCollection, type WriteCollection } from './layered-collection.ts';
import type { Shelf, ShelfKind } from './shelf.ts';

/** Changes that gather in the heap. Fewer would cost more trips to the disk, more would show in memory. */
export const SHELVED_AT = 64;

export function createShelvedCollection<K extends string, V>(shelf: Shelf, kind: ShelfKind): WriteCollection<K, V> {
  /** Of what stands on the shelf. Null while that is nothing. */
  let filter: KeyFilter | null = null;
  const parse = (text: string): V => JSON.parse(text) as V;
  function* entries(): Generator<readonly [K, V]> {
    for (const [key, text] of shelf.entries(kind)) yield [key as K, parse(text)];
  }
  const isShelved = (key: string): boolean => filter?.mayHold(key) === true && shelf.has(kind, key);
  const layer = createLayeredCollection<K, V>({
    get(key) {
      const text = filter?.mayHold(key) ? shelf.get(kind, key) : undefined;
      return text === undefined ? undefined : parse(text);
    },
    has: isShelved,
    entries,
    get size() {
      return shelf.size(kind);
    },
  });
  let shelvedAt = SHELVED_AT;

  function shelve(): void {
    const changes = layer.changes();
    const count = changes.removed.size + changes.set.size;
    if (count < shelvedAt) return;
    const removed = [...changes.removed].filter(isShelved);
    const changed: [string, string][] = [];
    const added: [string, string][] = [];
    for (const [key, value] of changes.set) {
      const keepsItsPlace = !changes.removed.has(key) && isShelved(key);
      (keepsItsPlace ? changed : added).push([key, JSON.stringify(value)]);
    }
    const isTaken = shelf.change(kind, { removed, changed, added });
    // Not tried again with every single change.
    shelvedAt = isTaken ? SHELVED_AT : count + SHELVED_AT;
    if (!isTaken) return;
    filter ??= createKeyFilter();
    for (const [key] of added) filter.add(key);
    layer.forgetChanges();
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
