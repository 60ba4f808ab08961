import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CounterId, DeviceId, KioskId, SeriesId } from '../../lib/ids.ts';
import type { UsedSpan } from '../day/day-state.ts';
import type { LocationConfig, NumberSeries } from '../location-config/schema.ts';
import { config as fixtureConfig } from '../views/test/fixtures.ts';
import { BLOCK_SIZE, blocksOf, type LaneUse, lanesOf, nextLaneNumber } from './lanes.ts';
import { addUsed, hubOverflow, nextNumber } from './number-series.ts';

const KIOSK = 'kiosk-1' as DeviceId;
const A = 'a' as SeriesId;
const config = fixtureConfig();
const series = config.series[0] as NumberSeries;
const use = (last: number | null, over: Partial<LaneUse> = {}): LaneUse => ({
  device: KIOSK,
  lastGiven: () => last,
  blocksLeftFree: () => 0,
  ...over,
});
const NEWCOMER: Partial<LaneUse> = { blocksLeftFree: () => 1 };
const given = (last: number | null, used: readonly number[] = [], over: Partial<LaneUse> = {}) =>
  nextLaneNumber(config, series, used.reduce(addUsed, [] as readonly UsedSpan[]), use(last, over))?.value ?? null;
const values = ({ first, last }: UsedSpan): number[] =>
  Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => first + i);

/** Disjoint spans of any size, in any order, and any number of kiosks and counters. */
const anyConfig = fc
  .record({
    cuts: fc.uniqueArray(fc.integer({ min: 1, max: 9_999 }), { minLength: 6, maxLength: 6 }),
    order: fc.shuffledSubarray([0, 1, 2], { minLength: 3, maxLength: 3 }),
    kiosks: fc.integer({ min: 0, max: 10 }),
    counters: fc.integer({ min: 1, max: 100 }),
  })
  .map(({ cuts, order, kiosks, counters }): LocationConfig => {
    const points = cuts.sort((a, b) => a - b);
    const span = (i: number) => ({ first: points[i * 2] as number, last: points[i * 2 + 1] as number });
    const [main, reserve, overflow] = order.map(span) as [UsedSpan, UsedSpan, UsedSpan];
    const [kiosk, counter] = [config.kiosks[0], config.counters[0]];
    if (kiosk === undefined || counter === undefined) throw new Error('the fixture has a kiosk and a counter');
    return {
      ...config,
      series: [{ ...series, digits: 4, main, reserve, overflow }],
      kiosks: Array.from({ length: kiosks }, (_, i) => ({ ...kiosk, id: `kiosk-${i}` as KioskId })),
      counters: Array.from({ length: counters }, (_, i) => ({ ...counter, id: `counter-${i}` as CounterId })),
    };
  });

describe('lanes', () => {
  it('N1, X2: no number stands in two lanes, whatever the spans and however many devices', () => {
    fc.assert(
      fc.property(anyConfig, (any) => {
        const one = any.series[0] as NumberSeries;
        const all = [one.main, hubOverflow(one), ...[...lanesOf(any, one).values()].flat()].flatMap(values);
        expect(new Set(all).size).toBe(all.length);
        for (const value of all) {
          const spans = [one.main, one.reserve, one.overflow];
          expect(spans.some(({ first, last }) => first <= value && value <= last)).toBe(true);
        }
      }),
      { seed: 20_261_123, numRuns: 40 },
    );
  });

  it('N1: kiosks share the reserve, counters the second half of the overflow, in turn', () => {
    const lanes = lanesOf(config, series);
    expect(lanes.get(KIOSK)?.map(({ first }) => first)).toEqual([600, 640, 680, 720, 760]);
    expect(lanes.get('kiosk-2' as DeviceId)?.map(({ first }) => first)).toEqual([620, 660, 700, 740, 780]);
    expect(hubOverflow(series)).toEqual({ first: 800, last: 899 });
    expect(lanes.get('counter-1' as DeviceId)).toEqual([
      { first: 900, last: 919 },
      { first: 960, last: 979 },
    ]);
    expect(lanes.get('counter-3' as DeviceId)).toEqual([{ first: 940, last: 959 }]);
    expect(lanes.get('display-1' as DeviceId)).toBeUndefined();
  });

  it('N2: a block has BLOCK_SIZE numbers; what is left of a span is nobody’s', () => {
    expect(blocksOf({ first: 1, last: BLOCK_SIZE - 1 })).toEqual([]);
    expect(blocksOf({ first: 1, last: BLOCK_SIZE })).toEqual([{ first: 1, last: BLOCK_SIZE }]);
    expect(blocksOf({ first: 1, last: 2 * BLOCK_SIZE - 1 })).toHaveLength(1);
    expect(blocksOf({ first: 2, last: 1 })).toEqual([]);
  });

  it('N2: an incarnation rises within its block, then takes the next that nobody has touched', () => {
    expect(given(null)).toBe(600);
    expect(given(600, [600])).toBe(601);
    // What it gave may be unordered still, or refused: it goes on after it all the same.
    expect(given(605)).toBe(606);
    expect(given(619, [619])).toBe(640);
    expect(given(619, [619, 645])).toBe(680);
    expect(given(779, [779])).toBeNull();
  });

  it('N2: a new incarnation leaves a block free for what the dead disk may have given unheard', () => {
    expect(given(null, [], NEWCOMER)).toBe(640);
    expect(given(null, [600, 601], NEWCOMER)).toBe(680);
    expect(given(null, [600, 601])).toBe(640);
    expect(given(680, [600, 680], NEWCOMER)).toBe(681);
    expect(given(null, [725], NEWCOMER)).toBeNull();
  });

  it('N2: as many more as others began today; none at all while that is not known', () => {
    expect(given(null, [], { blocksLeftFree: () => 3 })).toBe(720);
    expect(given(null, [600], { blocksLeftFree: () => 3 })).toBe(760);
    expect(given(null, [], { blocksLeftFree: () => null })).toBeNull();
    expect(given(600, [600], { blocksLeftFree: () => null })).toBe(601);
  });

  it('N1, N2: a device without blocks gives nothing', () => {
    expect(given(null, [], { device: 'display-1' as DeviceId })).toBeNull();
  });

  it('N1: what other lanes give moves the hub neither on nor back', () => {
    const state = { id: A, lastMain: 599, lastOverflow: 0, issued: 2, used: [{ first: 599, last: 600 }] };
    expect(nextNumber(series, state)?.value).toBe(800);
    expect(nextNumber(series, { ...state, used: [{ first: 900, last: 900 }] })?.value).toBe(800);
  });
});
