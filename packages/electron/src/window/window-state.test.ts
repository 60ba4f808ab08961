import { describe, expect, it } from 'vitest';
import { REACHABLE_PX, reachableBounds, windowStateSchema } from './window-state.ts';

const screen = { x: 0, y: 0, width: 1_920, height: 1_040 };
const state = { x: 100, y: 50, width: 1_000, height: 700, isMaximized: false };
const { isMaximized: _, ...bounds } = state;

describe('reachableBounds', () => {
  it('brings a window back to where it was', () => {
    expect(reachableBounds(state, [screen])).toEqual(bounds);
    expect(reachableBounds({ ...state, x: 2_000 }, [screen, { ...screen, x: 1_920 }])).toEqual({ ...bounds, x: 2_000 });
  });

  it.each([
    ['its screen is gone', { ...state, x: 2_000 }],
    ['it is above the screen', { ...state, y: -1 }],
    ['it is below the screen', { ...state, y: 1_040 - REACHABLE_PX + 1 }],
    ['too little is left of it', { ...state, x: -(state.width - REACHABLE_PX + 1) }],
  ])('not where a hand cannot reach it: %s', (_why, out) => {
    expect(reachableBounds(out, [screen])).toBeNull();
  });

  it('at the edge of REACHABLE_PX it is still within reach', () => {
    expect(reachableBounds({ ...state, x: REACHABLE_PX - state.width }, [screen])).not.toBeNull();
    expect(reachableBounds({ ...state, y: 1_040 - REACHABLE_PX }, [screen])).not.toBeNull();
  });

  it('without a screen there is no place', () => {
    expect(reachableBounds(state, [])).toBeNull();
  });
});

it.each([
  ['no number', { ...state, x: null }],
  ['a fraction', { ...state, width: 1.5 }],
  ['no width', { ...state, width: 0 }],
  ['far away', { ...state, y: 1e9 }],
  ['more than it knows', { ...state, extra: 1 }],
])('Bad input: a kept state with %s counts as none', (_what, kept) => {
  expect(windowStateSchema.safeParse(kept).success).toBe(false);
});
