/** What every shelf must do: the memory one and the one on the disk give the same answers. */
import { SHELF_KINDS } from '@aufruf/shared/domain/day/shelf';
import { fnv1a } from '@aufruf/shared/lib/fnv1a';
import type { DeviceId } from '@aufruf/shared/lib/ids';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EventStore } from './event-store.ts';
import { HUB } from './test/sample-events.ts';

const adding = (texts: Readonly<Record<string, string>>) => ({
  removed: [],
  changed: [],
  added: Object.entries(texts),
});

export function shelfContract(name: string, openStore: (device: DeviceId) => EventStore): void {
  const open = () => openStore(HUB).openShelf();

  describe(`shelf: ${name}`, () => {
    it('begins empty', () => {
      const shelf = open();
      expect(SHELF_KINDS.map((kind) => [shelf.get(kind, 'a'), shelf.has(kind, 'a'), shelf.size(kind)])).toEqual(
        SHELF_KINDS.map(() => [undefined, false, 0]),
      );
      expect([...shelf.entries('visits')]).toEqual([]);
    });

    it('gives back what was put last, in the order in which keys came first', () => {
      const shelf = open();
      expect(shelf.change('visits', adding({ b: '1', a: '2' }))).toBe(true);
      shelf.change('visits', { ...adding({ c: '3' }), changed: [['b', '{"ä":"\\u0000"}']] });
      expect([...shelf.entries('visits')]).toEqual(Object.entries({ b: '{"ä":"\\u0000"}', a: '2', c: '3' }));
      shelf.change('visits', { ...adding({ b: '4' }), removed: ['c', 'b'] });
      expect([...shelf.entries('visits')]).toEqual(Object.entries({ a: '2', b: '4' }));
      expect([shelf.get('visits', 'b'), shelf.has('visits', 'c'), shelf.size('visits')]).toEqual(['4', false, 2]);
    });

    it('keeps keys of equal hash apart', () => {
      const [a, b] = ['costarring', 'liquid'];
      expect(fnv1a(a)).toBe(fnv1a(b));
      const shelf = open();
      shelf.change('codes', adding({ [a]: '1', [b]: '2' }));
      shelf.change('codes', { ...adding({}), changed: [[a, '3']], removed: [b] });
      expect([shelf.get('codes', a), shelf.get('codes', b), shelf.has('codes', b)]).toEqual(['3', undefined, false]);
    });

    it('keeps kinds, and other shelves of the same store, apart', () => {
      const store = openStore(HUB);
      const [first, second] = [store.openShelf(), store.openShelf()];
      first.change('visits', adding({ a: '1' }));
      second.change('visits', adding({ a: '2' }));
      first.change('commands', adding({ b: '3' }));
      expect([first.get('visits', 'a'), first.get('commands', 'a'), second.get('visits', 'a')]).toEqual([
        '1',
        undefined,
        '2',
      ]);
      first.close();
      first.close();
      expect(second.get('visits', 'a')).toBe('2');
    });

    it('can be changed while it is being read, by what was read', () => {
      const shelf = open();
      const keys = Array.from({ length: 1_000 }, (_, n) => `key-${n}`);
      shelf.change('codes', adding(Object.fromEntries(keys.map((key) => [key, key]))));
      const seen: string[] = [];
      for (const [key] of shelf.entries('codes')) {
        seen.push(key);
        shelf.change('codes', { ...adding({}), changed: [[key, 'seen']] });
      }
      expect(seen).toEqual(keys);
    });

    it('X5: is what a Map would be after any changes', () => {
      const store = openStore(HUB);
      const key = fc.integer({ min: 0, max: 20 }).map(String);
      const change = fc.record({ removed: fc.array(key), put: fc.array(fc.tuple(key, fc.string())) });
      fc.assert(
        fc.property(fc.array(change), (changes) => {
          const shelf = store.openShelf();
          const map = new Map<string, string>();
          for (const { removed, put } of changes) {
            const gone = [...new Set(removed)].filter((at) => map.delete(at));
            const texts = [...new Map(put)];
            const changed = texts.filter(([at]) => map.has(at));
            const added = texts.filter(([at]) => !map.has(at));
            for (const [at, text] of texts) map.set(at, text);
            shelf.change('commands', { removed: gone, changed, added });
          }
          expect([...shelf.entries('commands')]).toEqual([...map]);
          expect(shelf.size('commands')).toBe(map.size);
          shelf.close();
        }),
        { numRuns: 30, seed: 20_261_130 },
      );
    });
  });
}
