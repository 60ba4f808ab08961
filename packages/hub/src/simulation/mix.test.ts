import { describe, expect, it } from 'vitest';
import { mixOf, optionsOf } from './mix.ts';
import { SMALL } from './plan.ts';

describe('mixOf', () => {
  const mix = Array.from({ length: 140 }, (_, index) => mixOf(index + 1));
  const count = (suits: (options: ReturnType<typeof mixOf>) => boolean) => mix.filter(suits).length;

  it('has small locations and, every seventh, one of any size', () => {
    expect(
      count(({ devices, days, squeeze }) => devices === undefined && days === undefined && squeeze === undefined),
    ).toBe(20);
    expect(count(({ devices, squeeze }) => devices === SMALL.devices && squeeze === SMALL.squeeze)).toBe(120);
  });

  it('loses the hub’s disk or its place, never both, at every size', () => {
    expect(count(({ hubDisk }) => hubDisk === 'once')).toBe(28);
    expect(count(({ takeover }) => takeover === 'once')).toBe(28);
    expect(count(({ takeover, hubDisk }) => takeover === 'once' && hubDisk !== undefined)).toBe(0);
    for (const name of ['takeover', 'hubDisk'] as const)
      expect(count((options) => options[name] !== undefined && options.devices === undefined)).toBeGreaterThan(0);
  });
});

describe('optionsOf', () => {
  it('is the mix where nothing is wished for, and what is wished for otherwise', () => {
    expect(optionsOf(28, null)).toEqual(mixOf(28));
    expect(optionsOf(28, {})).toEqual({ seed: 28 });
    expect(optionsOf(28, { days: 3 })).toEqual({ seed: 28, days: 3 });
  });
});
