/** The module `electron` as an app's main sees it: what the stand-in has, and by name all that it lacks. */
import { app } from './app.ts';
import { BrowserWindow } from './browser-window.ts';
import { ipcMain } from './ipc-main.ts';
import { protocol } from './protocol.ts';
import { screen } from './screen.ts';
import { session } from './session.ts';
import { dialog, globalShortcut, Menu, net, powerSaveBlocker, shell } from './small-modules.ts';
import { absent, strict } from './strict.ts';
import { utilityProcess } from './utility-process.ts';

const present = {
  app,
  BrowserWindow: strict('BrowserWindow', BrowserWindow),
  dialog,
  globalShortcut,
  ipcMain: ipcMain.api,
  Menu: strict('Menu', Menu),
  net,
  powerSaveBlocker,
  protocol,
  screen,
  session,
  shell,
  utilityProcess,
} satisfies Partial<Record<keyof typeof import('electron'), unknown>>;

const LACKING = [
  ...['autoUpdater', 'BaseWindow', 'BrowserView', 'clipboard', 'contentTracing', 'crashReporter', 'desktopCapturer'],
  ...['inAppPurchase', 'MenuItem', 'MessageChannelMain', 'nativeImage', 'nativeTheme', 'netLog', 'Notification'],
  ...['powerMonitor', 'pushNotifications', 'safeStorage', 'ServiceWorkerMain', 'ShareMenu', 'sharedTexture'],
  ...['systemPreferences', 'TouchBar', 'Tray', 'View', 'ImageView', 'webContents', 'WebContentsView', 'webFrameMain'],
];

export const electron: Readonly<Record<string, unknown>> = strict('electron', {
  ...present,
  ...Object.fromEntries(LACKING.map((name) => [name, absent(name)])),
});
