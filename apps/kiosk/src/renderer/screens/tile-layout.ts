/** How many tiles fit: nobody should have to scroll a kiosk, so what does not fit turns in pages. */

/** Smallest height of a tile and the gap beneath it, in rem. */
export const TILE_ROW_REM = 6.5;
/** Height of the row with "previous" and "more", in rem. */
export const PAGER_REM = 5;
/** Widths from which tiles stand in two and three columns, in rem. */
const TWO_COLUMNS_REM = 46;
const THREE_COLUMNS_REM = 66;

export interface TileLayout {
  readonly columns: 1 | 2 | 3;
  readonly perPage: number;
}

/** The layout for `count` tiles in an area of the given size in rem; at least one row, however little room there is. */
export function tileLayout(count: number, widthRem: number, heightRem: number): TileLayout {
  const columns = widthRem >= THREE_COLUMNS_REM ? 3 : widthRem >= TWO_COLUMNS_REM ? 2 : 1;
  const rowsIn = (height: number) => Math.max(1, Math.floor(height / TILE_ROW_REM));
  const withoutPager = columns * rowsIn(heightRem);
  return { columns, perPage: count <= withoutPager ? withoutPager : columns * rowsIn(heightRem - PAGER_REM) };
}
