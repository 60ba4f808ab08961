import fc from 'fast-check';
import { expect, it } from 'vitest';
import { utf8Length } from './utf8-length.ts';

it('counts what an encoder would write, for any text', { timeout: 30_000 }, () => {
  expect(['a', 'ü', '€', '😀', ''].map(utf8Length)).toEqual([1, 2, 3, 4, 0]);
  // Halves of a pair, alone or the wrong way round, are written as U+FFFD.
  expect(['\ud83d', '\ude00', '\ud83da', '\ude00\ud83d'].map(utf8Length)).toEqual([3, 3, 4, 6]);
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(utf8Length(text)).toBe(new TextEncoder().encode(text).length);
    }),
  );
});
