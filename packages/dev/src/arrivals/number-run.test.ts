import { describe, expect, it } from 'vitest';
import { believableGrowth, ownRuns } from './number-run.ts';

const every5 = (values: readonly number[]) => values.map((value, index) => ({ atMin: 480 + index * 5, value }));
const runsOf = (values: readonly number[]) => ownRuns(every5(values)).map((run) => run.map((reading) => reading.value));

describe('ownRuns', () => {
  it('keeps a run that only rises', () => {
    expect(runsOf([1, 1, 2, 5, 5, 9])).toEqual([[1, 1, 2, 5, 5, 9]]);
  });
  it('skips an earlier number called again', () => {
    expect(runsOf([1, 4, 11, 7, 12, 15])).toEqual([[1, 4, 11, 12, 15]]);
  });
  it('skips a visit to another span and back', () => {
    expect(runsOf([26, 905, 28, 29, 916, 916, 31, 40])).toEqual([[26, 28, 29, 31, 40]]);
  });
  it('skips another span that stays on show in the evening', () => {
    expect(runsOf([140, 143, 145, 146, 915, 915, 915, 915, 915])).toEqual([[140, 143, 145, 146]]);
  });
  it('skips a number left over from the day before', () => {
    expect(runsOf([57, 57, 57, 1, 2, 3, 5])).toEqual([[1, 2, 3, 5]]);
  });
  it('goes on with the next lap when numbers begin again', () => {
    expect(runsOf([990, 993, 996, 999, 2, 5, 7, 9, 12])).toEqual([
      [990, 993, 996, 999],
      [2, 5, 7, 9, 12],
    ]);
    expect(runsOf([80, 85, 91, 97, 99, 3, 6, 8])).toEqual([
      [80, 85, 91, 97, 99],
      [3, 6, 8],
    ]);
  });
  it('has nothing without readings', () => {
    expect(ownRuns([])).toEqual([]);
  });
  it('believes 20 numbers at once and 5 a minute, no more', () => {
    expect(believableGrowth(20, 0)).toBe(true);
    expect(believableGrowth(21, 0)).toBe(false);
    expect(believableGrowth(45, 5)).toBe(true);
    expect(believableGrowth(46, 5)).toBe(false);
  });
});
