/** How each kind of window is made. Every switch that Electron's security checklist names is set here, by name. */
import type { BrowserWindowConstructorOptions, Rectangle } from 'electron';

export interface WindowKind {
  /** Fills the screen and can be left by nobody: a kiosk, a display. */
  readonly isLockedDown: boolean;
  /** Plays sound without a touch: a display. */
  readonly playsSound: boolean;
  /** Can be made a small bar on top of other programs: a counter. */
  readonly canBeBar: boolean;
}

export interface WindowOptions extends WindowKind {
  /** Path of the preload. */
  readonly preload: string;
  /** The developer tools can be opened: never in a packaged app. */
  readonly hasDevTools: boolean;
  /** Where the window was; null: in the middle, in the usual size. */
  readonly bounds: Rectangle | null;
}

const USUAL_SIZE = { width: 1_280, height: 800 };
/** Smallest size of a window; the bar of a counter is smaller. */
export const SMALLEST_WINDOW = { minWidth: 480, minHeight: 480 };
/** What is seen before the first page is painted: the ground of all screens. */
const GROUND = '#f2f5f7';

export function windowOptions(options: WindowOptions): BrowserWindowConstructorOptions {
  const { isLockedDown, playsSound, preload, hasDevTools, bounds } = options;
  return {
    ...(isLockedDown
      ? { kiosk: true, fullscreen: true, frame: false }
      : { ...USUAL_SIZE, ...SMALLEST_WINDOW, ...bounds }),
    // Shown when there is something to see.
    show: false,
    backgroundColor: GROUND,
    autoHideMenuBar: true,
    webPreferences: {
      preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webviewTag: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      navigateOnDragDrop: false,
      plugins: false,
      spellcheck: false,
      devTools: hasDevTools,
      disableDialogs: isLockedDown,
      autoplayPolicy: playsSound ? 'no-user-gesture-required' : 'user-gesture-required',
      // Clocks and calls go on behind another window.
      backgroundThrottling: false,
    },
  };
}
