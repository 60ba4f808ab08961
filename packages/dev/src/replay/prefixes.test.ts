import { describe, expect, it } from 'vitest';
import { assignPrefixes } from './prefixes.ts';

describe('assignPrefixes', () => {
  it('keeps own letters and maps I, O, Q, lower case, duplicates and none to free ones', () => {
    expect(assignPrefixes(['A', 'O', 'B', 'a', 'B', null, 'I', 'Q', 'C'])).toEqual([
      'A',
      'D',
      'B',
      'E',
      'F',
      'G',
      'H',
      'J',
      'C',
    ]);
  });
  it('has 23 letters and no more', () => {
    const given = assignPrefixes(Array.from({ length: 25 }, () => 'A'));
    expect(new Set(given.slice(0, 23)).size).toBe(23);
    expect(given.slice(23)).toEqual([null, null]);
  });
});
