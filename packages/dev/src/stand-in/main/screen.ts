/** `screen`: the one screen of the settings. */
import type { Bounds } from '../settings.ts';
import { requireReady } from './lifecycle.ts';
import { settings } from './own-settings.ts';
import { strictEmitter } from './strict.ts';

const area: Bounds = { x: 0, y: 0, ...settings.screen };
const display = { id: 1, bounds: area, workArea: area, workAreaSize: settings.screen, scaleFactor: 1, rotation: 0 };

const whenReady =
  <A extends unknown[], R>(act: (...args: A) => R) =>
  (...args: A): R => {
    requireReady("The 'screen' module can't be used before the app 'ready' event");
    return act(...args);
  };

export const screen = strictEmitter('screen', ['display-added', 'display-removed', 'display-metrics-changed'], {
  getPrimaryDisplay: whenReady(() => display),
  getAllDisplays: whenReady(() => [display]),
  getDisplayMatching: whenReady((_bounds: Bounds) => display),
});
