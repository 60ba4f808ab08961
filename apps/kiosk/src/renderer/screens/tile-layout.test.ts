import { describe, expect, it } from 'vitest';
import { PAGER_REM, TILE_ROW_REM, tileLayout } from './tile-layout.ts';

describe('Kiosk: tiles on a page', () => {
  it('takes as many rows as fit when all fit', () => {
    expect(tileLayout(7, 40, 7 * TILE_ROW_REM)).toEqual({ columns: 1, perPage: 7 });
  });

  it('leaves room for the pager as soon as one tile too many is there', () => {
    expect(tileLayout(8, 40, 7 * TILE_ROW_REM)).toEqual({ columns: 1, perPage: 6 });
    expect(tileLayout(8, 40, 7 * TILE_ROW_REM + PAGER_REM)).toEqual({ columns: 1, perPage: 7 });
  });

  it('uses two and three columns where there is width', () => {
    expect(tileLayout(4, 45.9, 20).columns).toBe(1);
    expect(tileLayout(4, 46, 20).columns).toBe(2);
    expect(tileLayout(4, 66, 20).columns).toBe(3);
  });

  it('always shows at least one row', () => {
    expect(tileLayout(5, 20, 0)).toEqual({ columns: 1, perPage: 1 });
  });
});
