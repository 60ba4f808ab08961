import { describe, expect, it } from 'vitest';
import { middleDate, trueDate } from './true-date.ts';

describe('trueDate', () => {
  it.each([
    ['2020-12-30', '2019-12-30'],
    ['2020-12-31', '2019-12-31'],
    ['2012-01-07', '2020-01-07'],
    ['2012-12-30', '2019-12-30'],
    ['2020-01-13', '2020-01-13'],
    ['2019-12-30', '2019-12-30'],
  ])('%s means %s in a collection around January 2020', (fileDate, expected) => {
    expect(trueDate(fileDate, '2020-01-07')).toBe(expected);
  });

  it('never makes a 29 February of a year that has none', () => {
    expect(trueDate('2020-02-29', '2021-02-20')).toBe('2020-02-29');
    expect(trueDate('2012-02-29', '2020-03-01')).toBe('2020-02-29');
  });
});

describe('middleDate', () => {
  it('is not moved by a minority of wrong years', () => {
    expect(
      middleDate(
        new Map([
          ['2012-01-07', 40],
          ['2020-01-02', 30],
          ['2020-01-08', 80],
          ['2020-12-30', 20],
        ]),
      ),
    ).toBe('2020-01-08');
  });
});
