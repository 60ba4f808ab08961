import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SeriesId } from '../../lib/ids.ts';
import type { SeriesState } from '../day/day-state.ts';
import type { NumberSeries } from '../location-config/schema.ts';
import { addUsed, isUsed, nextNumber, numberText, useNumber } from './number-series.ts';

const series = (over: Partial<NumberSeries> = {}): NumberSeries => ({
  id: 'b' as SeriesId,
  prefix: 'B',
  digits: 3,
  main: { first: 1, last: 3 },
  reserve: { first: 4, last: 6 },
  overflow: { first: 7, last: 8 },
  ...over,
});

const use = (state: SeriesState | undefined, value: number, config: NumberSeries | null = series()) =>
  useNumber({ seriesId: 'b' as SeriesId, value, text: 'B000' }, state, config) ?? undefined;

/** Draws until nothing is left. */
function drawAll(config: NumberSeries, state: SeriesState | undefined): number[] {
  const drawn: number[] = [];
  for (let number = nextNumber(config, state); number !== null; number = nextNumber(config, state)) {
    drawn.push(number.value);
    state = useNumber(number, state, config) ?? undefined;
  }
  return drawn;
}

describe('number series', () => {
  it('Numbers: prefix and padded digits', () => {
    expect(numberText(series(), 7)).toBe('B007');
    expect(numberText(series({ digits: 1 }), 207)).toBe('B207');
  });

  it('N1: the main span rising, then the first half of the overflow span, then none; the rest is for others', () => {
    expect(drawAll(series(), undefined)).toEqual([1, 2, 3, 7]);
  });

  it('X2: a number used by another lane is passed over, not drawn again', () => {
    const reserved = use(use(undefined, 2), 8);
    expect(drawAll(series(), reserved)).toEqual([3, 7]);
    expect(use(reserved, 2)).toBeUndefined();
  });

  it('N2: numbers left free lie in the span that the next one is from; a span with fewer left is passed over', () => {
    const config = series({ overflow: { first: 7, last: 16 } });
    const leaving = (count: number) => nextNumber(config, use(undefined, 1, config), () => count)?.value;
    expect([leaving(0), leaving(1), leaving(2), leaving(4), leaving(5)]).toEqual([2, 3, 9, 11, undefined]);
    expect(nextNumber(config, use(undefined, 1, config), ({ first }) => (first === 1 ? 2 : 0))?.value).toBe(7);
  });

  it('N1: a reserve number leaves the hub’s lane where it was', () => {
    expect(use(use(undefined, 1), 5)).toEqual({
      id: 'b',
      lastMain: 1,
      lastOverflow: 0,
      issued: 2,
      used: [
        { first: 1, last: 1 },
        { first: 5, last: 5 },
      ],
    });
  });

  it('N2: spans changed by a new configuration never bring a number back', () => {
    const used = use(use(undefined, 4), 5);
    expect(drawAll(series({ main: { first: 3, last: 6 }, overflow: { first: 7, last: 7 } }), used)).toEqual([3, 6, 7]);
  });

  it('O5: a number of a series that left the configuration counts as used all the same', () => {
    expect(use(undefined, 2, null)).toMatchObject({ lastMain: 0, issued: 1, used: [{ first: 2, last: 2 }] });
  });

  it('N2: spans of used numbers hold exactly the numbers used, rising, neither touching nor overlapping', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: 1, max: 40 })), (values) => {
        const used = values.reduce(addUsed, [] as ReturnType<typeof addUsed>);
        for (let value = 0; value <= 41; value++) expect(isUsed(used, value)).toBe(values.includes(value));
        for (const [i, span] of used.entries()) {
          expect(span.first).toBeLessThanOrEqual(span.last);
          expect(used[i + 1]?.first ?? Number.POSITIVE_INFINITY).toBeGreaterThan(span.last + 1);
        }
      }),
      { seed: 1, numRuns: 300 },
    );
  });
});
