import { beforeEach, describe, expect, it } from 'vitest';
import { createFakeElectron, type FakeBrowserWindow } from '../test/fake-electron.ts';
import { BAR_SIZE, type BarMode, createBarMode } from './bar-mode.ts';

/** The page takes the bar's shape below this height (apps/counter, desk-screen.tsx). */
const BAR_BELOW_PX = 240;

describe('createBarMode', () => {
  let window: FakeBrowserWindow;
  let bar: BarMode;
  const before = { x: 100, y: 100, width: 1_280, height: 800 };
  async function open(canBeBar = true) {
    const fake = createFakeElectron({ appData: '/' });
    await fake.becomeReady();
    const { BrowserWindow, screen } = fake.electron;
    window = new BrowserWindow({}) as unknown as FakeBrowserWindow;
    bar = createBarMode(window as never, screen, canBeBar);
  }
  beforeEach(() => open());

  it('makes the window a bar on top of others in the corner of its screen, and back', () => {
    bar.toggle();
    expect(window.alwaysOnTop).toBe(true);
    const { x, y, width, height } = window.bounds;
    expect([x + width, y + height]).toEqual([1_920, 1_040]);
    expect(height).toBeLessThan(BAR_BELOW_PX);
    expect(width).toBeGreaterThanOrEqual(BAR_SIZE.width);
    expect(bar.value.get()).toEqual({ form: 'bar', canBeBar: true });
    bar.toggle();
    expect([window.alwaysOnTop, window.bounds]).toEqual([false, before]);
    expect(bar.value.get().form).toBe('window');
  });

  it('a maximized window is maximized again', () => {
    (window as { maximized: boolean }).maximized = true;
    bar.toggle();
    expect(window.maximized).toBe(false);
    bar.toggle();
    expect(window.maximized).toBe(true);
  });

  it('what is kept over restarts is the window, not the bar', () => {
    bar.toggle();
    expect(bar.windowBounds()).toEqual({ bounds: before, isMaximized: false });
  });

  it('a window that cannot be a bar stays as it is', async () => {
    await open(false);
    bar.toggle();
    expect([window.alwaysOnTop, window.bounds]).toEqual([false, before]);
  });
});
