import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createMemoryShelf, type Shelf } from './shelf.ts';
import { createShelvedCollection, SHELVED_AT } from './shelved-collection.ts';

interface Thing {
  readonly revision: number;
}
const create = (shelf: Shelf) => createShelvedCollection<string, Thing>(shelf, 'visits');
const names = (count: number) => Array.from({ length: count }, (_, i) => `visit-${i}`);

/** Few keys, so that they are changed, removed and put again often, on either side of a trip to the shelf. */
const writes = fc.array(
  fc.record({
    key: fc.integer({ min: 0, max: 2 * SHELVED_AT }).map((n) => `visit-${n}`),
    value: fc.option(fc.record({ revision: fc.nat() }), { freq: 4 }),
  }),
  { maxLength: 6 * SHELVED_AT, size: 'max' },
);

describe('shelved collection', () => {
  it('S5, X5: answers and iterates like a Map, whether or not the shelf has room', () => {
    fc.assert(
      fc.property(writes, fc.infiniteStream(fc.boolean()), (list, coin) => {
        const shelf = createMemoryShelf();
        const moody: Shelf = { ...shelf, change: (...args) => coin.next().value === true && shelf.change(...args) };
        const map = new Map<string, Thing>();
        const collection = create(moody);
        for (const { key, value } of list) {
          if (value === null) {
            map.delete(key);
            collection.delete(key);
          } else {
            map.set(key, value);
            collection.set(key, value);
          }
          if (collection.has(key) !== map.has(key)) throw new Error(`${key} is there for one of them only`);
          if (collection.get(key)?.revision !== map.get(key)?.revision) throw new Error(`${key} is another`);
        }
        expect([...collection.entries()]).toEqual([...map]);
        expect([...collection.values()]).toEqual([...map.values()]);
        expect(collection.size).toBe(map.size);
      }),
      { numRuns: 30, seed: 20_261_130 },
    );
  });

  it(`S5: holds fewer than ${SHELVED_AT} changes in the heap`, () => {
    const shelf = createMemoryShelf();
    const collection = create(shelf);
    for (const [index, name] of names(10 * SHELVED_AT).entries()) {
      collection.set(name, { revision: 1 });
      expect(collection.size - shelf.size('visits')).toBeLessThan(SHELVED_AT);
      expect(collection.size).toBe(index + 1);
    }
    for (const name of names(10 * SHELVED_AT)) collection.delete(name);
    expect(shelf.size('visits')).toBe(0);
  });

  it(`S5: where the shelf has no room, keeps everything and tries again after ${SHELVED_AT} more`, () => {
    const shelf = createMemoryShelf();
    let tries = 0;
    let isFull = true;
    const change: Shelf['change'] = (...args) => {
      tries += 1;
      return !isFull && shelf.change(...args);
    };
    const collection = create({ ...shelf, change });
    for (const name of names(3 * SHELVED_AT - 1)) collection.set(name, { revision: 1 });
    expect([tries, shelf.size('visits'), collection.size]).toEqual([2, 0, 3 * SHELVED_AT - 1]);
    isFull = false;
    collection.set('visit-last', { revision: 1 });
    expect([tries, shelf.size('visits'), collection.size]).toEqual([3, 3 * SHELVED_AT, 3 * SHELVED_AT]);
  });
});
