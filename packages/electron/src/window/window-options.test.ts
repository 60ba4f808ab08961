import { describe, expect, it } from 'vitest';
import { type WindowOptions, windowOptions } from './window-options.ts';

const options: WindowOptions = {
  isLockedDown: true,
  playsSound: false,
  canBeBar: false,
  preload: '/app/out/preload/index.cjs',
  hasDevTools: false,
  bounds: null,
};
const kiosk = windowOptions(options);
const counter = windowOptions({ ...options, isLockedDown: false, canBeBar: true, hasDevTools: true });

describe.each([
  ['kiosk', kiosk],
  ['counter', counter],
])('the window of a %s', (_app, { webPreferences = {} }) => {
  it('Checklist 2: "Do not enable Node.js integration for remote content": it is on nowhere', () => {
    expect(webPreferences).toMatchObject({
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
    });
  });
  it('Checklist 3: "Enable Context Isolation in all renderers"', () => {
    expect(webPreferences.contextIsolation).toBe(true);
  });
  it('Checklist 4: "Enable Process Sandboxing"', () => {
    expect(webPreferences.sandbox).toBe(true);
  });
  it('Checklist 6: "Do not disable webSecurity"', () => {
    expect(webPreferences.webSecurity).toBe(true);
  });
  it('Checklist 8: "Do not set allowRunningInsecureContent to true"', () => {
    expect(webPreferences.allowRunningInsecureContent).toBe(false);
  });
  it('Checklist 9: "Do not enable experimental features"', () => {
    expect(webPreferences.experimentalFeatures).toBe(false);
  });
  it('Checklist 10: "Do not use enableBlinkFeatures"', () => {
    expect(webPreferences).not.toHaveProperty('enableBlinkFeatures');
  });
  it('Checklist 11: "Do not use allowpopups for WebViews": there are no web views', () => {
    expect(webPreferences.webviewTag).toBe(false);
  });
});

describe('windowOptions', () => {
  it('a kiosk fills the screen, without frame, dialogs or developer tools', () => {
    expect(kiosk).toMatchObject({ kiosk: true, fullscreen: true, frame: false });
    expect(kiosk.webPreferences).toMatchObject({ disableDialogs: true, devTools: false });
  });

  it('a display may sound without a touch, a kiosk may not', () => {
    expect(windowOptions({ ...options, playsSound: true }).webPreferences?.autoplayPolicy).toBe(
      'no-user-gesture-required',
    );
    expect(kiosk.webPreferences?.autoplayPolicy).toBe('user-gesture-required');
  });

  it('a counter stands where it stood', () => {
    const bounds = { x: 40, y: 30, width: 900, height: 700 };
    expect(windowOptions({ ...options, isLockedDown: false, bounds })).toMatchObject(bounds);
    expect(counter).toMatchObject({ width: 1_280, height: 800 });
    expect(counter).not.toHaveProperty('kiosk');
  });
});
