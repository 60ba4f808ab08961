/** Where a counter's window stood, kept over restarts, and brought back onto a screen that is really there. */
import type { Rectangle } from 'electron';
import { z } from 'zod';

const MAX_PIXELS = 100_000;
const pixels = z.int().min(-MAX_PIXELS).max(MAX_PIXELS);

export const windowStateSchema = z.strictObject({
  x: pixels,
  y: pixels,
  width: z.int().min(1).max(MAX_PIXELS),
  height: z.int().min(1).max(MAX_PIXELS),
  isMaximized: z.boolean(),
});
export type WindowState = z.infer<typeof windowStateSchema>;

/** So much of a window has to be on a screen for a hand to reach it. */
export const REACHABLE_PX = 96;

/** Null where the window would be out of reach: its screen is gone, or smaller now. `screens`: their work areas. */
export function reachableBounds({ x, y, width, height }: WindowState, screens: readonly Rectangle[]): Rectangle | null {
  const isReachable = screens.some((screen) => {
    const acrossPx = Math.min(x + width, screen.x + screen.width) - Math.max(x, screen.x);
    const downPx = Math.min(y + height, screen.y + screen.height) - Math.max(y, screen.y);
    // The title bar is what a hand needs.
    return acrossPx >= REACHABLE_PX && downPx >= REACHABLE_PX && y >= screen.y;
  });
  return isReachable ? { x, y, width, height } : null;
}
