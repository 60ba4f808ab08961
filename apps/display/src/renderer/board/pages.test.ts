import { describe, expect, it } from 'vitest';
import { ONE_COLUMN, PAGE_MS, PAGE_SIZE, pageAt } from './pages.ts';

const numbers = (count: number) => Array.from({ length: count }, (_, index) => index);

describe('Display: pages of calls', () => {
  it('shows an empty board as one page', () => {
    expect(pageAt([], 0)).toEqual({ items: [], columns: 1, current: 1, of: 1 });
  });

  it('changes to two columns beyond one column, and to pages beyond one page', () => {
    expect(pageAt(numbers(ONE_COLUMN), 0).columns).toBe(1);
    expect(pageAt(numbers(ONE_COLUMN + 1), 0).columns).toBe(2);
    expect(pageAt(numbers(PAGE_SIZE), 0).of).toBe(1);
    expect(pageAt(numbers(PAGE_SIZE + 1), 0).of).toBe(2);
  });

  it('turns through all pages, so that every call is shown', () => {
    const calls = numbers(PAGE_SIZE * 2 + 1);
    const seen = [0, 1, 2].flatMap((turn) => pageAt(calls, turn * PAGE_MS).items);
    expect(seen).toEqual(calls);
    expect(pageAt(calls, 3 * PAGE_MS).current).toBe(1);
  });
});
