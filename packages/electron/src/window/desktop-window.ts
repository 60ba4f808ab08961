/** The one window of an app: made, shown when painted, locked down or remembered, and never left dark. */
import type { BrowserWindow } from 'electron';
import { pageUrl } from '../app-protocol.ts';
import type { ElectronMain } from '../electron-main.ts';
import { readJsonFile, writeJsonFile } from '../settings/json-file.ts';
import type { ShellPlatform } from '../shell-platform.ts';
import { type BarMode, createBarMode } from './bar-mode.ts';
import { lockDown } from './lock-down.ts';
import { recoverPage } from './recovery.ts';
import { type WindowKind, windowOptions } from './window-options.ts';
import { reachableBounds, windowStateSchema } from './window-state.ts';

/** A window that is being moved is kept once it rests. */
const SETTLE_MS = 500;

export interface DesktopWindowOptions {
  readonly electron: Pick<ElectronMain, 'BrowserWindow' | 'screen'>;
  /** The app's name in its pages' addresses. */
  readonly app: string;
  readonly kind: WindowKind;
  readonly preload: string;
  readonly hasDevTools: boolean;
  readonly hideCursor: boolean;
  /** Where the window's place is kept. */
  readonly stateFile: string;
  readonly onSetup: () => void;
  /** Whether the app is ending; until then a locked window does not close. */
  readonly isEnding: () => boolean;
  readonly platform: ShellPlatform;
}

export type Page = 'index.html' | 'setup.html';

export interface DesktopWindow {
  readonly bar: BarMode;
  /** Opens a page of the app, and opens it again whenever it breaks. */
  load(page: Page): void;
  /** In front of all others, wherever it was. */
  focus(): void;
}

export function openDesktopWindow(options: DesktopWindowOptions): DesktopWindow {
  const { electron, app, kind, preload, hasDevTools, hideCursor, stateFile, platform } = options;
  const kept = kind.isLockedDown ? null : readJsonFile(stateFile, windowStateSchema, platform.log);
  const screens = electron.screen.getAllDisplays().map(({ workArea }) => workArea);
  const bounds = kept === null ? null : reachableBounds(kept, screens);
  const window = new electron.BrowserWindow(windowOptions({ ...kind, preload, hasDevTools, bounds }));
  const { webContents } = window;
  const bar = createBarMode(window, electron.screen, kind.canBeBar);
  let page: Page = 'index.html';

  function load(): void {
    // A failure comes as an event, too, and is answered there.
    window.loadURL(pageUrl(app, page)).catch(() => {});
  }

  window.once('ready-to-show', () => {
    if (kept?.isMaximized) window.maximize();
    window.show();
  });
  lockDown(webContents, {
    isLockedDown: kind.isLockedDown,
    // Whoever sets a display up may do it with a mouse.
    hidesCursor: () => hideCursor && page !== 'setup.html',
    onSetup: options.onSetup,
  });
  recoverPage(webContents, { load, platform });
  if (kind.isLockedDown) keepOpen(window, options.isEnding);
  else keepPlace(window, bar, stateFile, platform);

  return {
    bar,
    load(wanted) {
      page = wanted;
      load();
    },
    focus() {
      if (window.isMinimized()) window.restore();
      window.show();
      window.focus();
    },
  };
}

/** No key and no window manager closes it; the app's own end and the system's do. */
function keepOpen(window: BrowserWindow, isEnding: () => boolean): void {
  let systemEnds = false;
  window.on('query-session-end', () => {
    systemEnds = true;
  });
  window.on('close', (event) => {
    if (!systemEnds && !isEnding()) event.preventDefault();
  });
}

function keepPlace(window: BrowserWindow, bar: BarMode, file: string, platform: ShellPlatform): void {
  let cancel = (): void => {};
  const write = (): void => {
    cancel();
    const { bounds, isMaximized } = bar.windowBounds();
    try {
      writeJsonFile(file, { ...bounds, isMaximized });
    } catch (error) {
      platform.log.warn('the place of the window could not be kept', { error });
    }
  };
  const writeLater = (): void => {
    cancel();
    cancel = platform.schedule(SETTLE_MS, write);
  };
  window.on('resize', writeLater);
  window.on('move', writeLater);
  window.on('close', write);
}
