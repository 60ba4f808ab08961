import fc from 'fast-check';
import { expect, it } from 'vitest';
import { utf8Length } from './utf8-length.ts';

it('counts what an encoder would write, for any text', () => {
  expect(['a', 'ü', '€', '😀', ''].map(utf8Length)).toEqual([1, 2, 3, 4, 0]);
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(utf8Length(text)).toBe(new TextEncoder().encode(text).length);
    }),
  );
});
