/**
 * The counter as a small bar on top of other programs, and back. The page is the same: it takes the bar's shape when its
 * window is low.
 */
import type { WindowValue } from '@aufruf/shared/bridge/shell-table';
import type { BrowserWindow, Rectangle, Screen } from 'electron';
import { createWatchedValue, type WatchedValue } from '../watched-value.ts';
import { SMALLEST_WINDOW } from './window-options.ts';

/** Content of the bar, px: low enough for the page to take the bar's shape, wide enough for its buttons. */
export const BAR_SIZE = { width: 760, height: 140 };

export type BarWindow = Pick<
  BrowserWindow,
  | 'getBounds'
  | 'setBounds'
  | 'setContentSize'
  | 'setMinimumSize'
  | 'setAlwaysOnTop'
  | 'isMaximized'
  | 'maximize'
  | 'unmaximize'
>;

export interface BarMode {
  readonly value: Pick<WatchedValue<WindowValue>, 'get' | 'watch'>;
  /** Does nothing where the window cannot be a bar. */
  toggle(): void;
  /** Where the window is when it is no bar: what is kept over restarts. */
  windowBounds(): { readonly bounds: Rectangle; readonly isMaximized: boolean };
}

export function createBarMode(
  window: BarWindow,
  screen: Pick<Screen, 'getDisplayMatching'>,
  canBeBar: boolean,
): BarMode {
  const value = createWatchedValue<WindowValue>({ form: 'window', canBeBar });
  let before: ReturnType<BarMode['windowBounds']> | null = null;
  const current = () => ({ bounds: window.getBounds(), isMaximized: window.isMaximized() });

  function toBar(): void {
    before = current();
    if (before.isMaximized) window.unmaximize();
    window.setMinimumSize(1, 1);
    window.setContentSize(BAR_SIZE.width, BAR_SIZE.height);
    // Bottom right of the screen it is on: where it hides least of a form that is being filled in.
    const { width, height } = window.getBounds();
    const { workArea } = screen.getDisplayMatching(before.bounds);
    window.setBounds({
      x: workArea.x + workArea.width - width,
      y: workArea.y + workArea.height - height,
      width,
      height,
    });
    // `floating` stays above programs and below what the system itself shows.
    window.setAlwaysOnTop(true, 'floating');
    value.set({ form: 'bar', canBeBar });
  }

  function toWindow({ bounds, isMaximized }: ReturnType<BarMode['windowBounds']>): void {
    before = null;
    window.setAlwaysOnTop(false);
    window.setMinimumSize(SMALLEST_WINDOW.minWidth, SMALLEST_WINDOW.minHeight);
    window.setBounds(bounds);
    if (isMaximized) window.maximize();
    value.set({ form: 'window', canBeBar });
  }

  return {
    value,
    toggle() {
      if (before !== null) toWindow(before);
      else if (canBeBar) toBar();
    },
    windowBounds: () => before ?? current(),
  };
}
