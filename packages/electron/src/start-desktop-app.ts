/** The one place in main that takes Electron itself. Called once, by an app's main, while its module is evaluated. */
import { networkInterfaces } from 'node:os';
import {
  app,
  BrowserWindow,
  ipcMain,
  Menu,
  powerSaveBlocker,
  protocol,
  screen,
  session,
  utilityProcess,
} from 'electron';
import { builtFiles } from './built-files.ts';
import { networkAddress } from './network-address.ts';
import { type DesktopAppOptions, runDesktopApp } from './run-desktop-app.ts';
import { askStations } from './setup/ask-stations.ts';

type FromTheApp = 'app' | 'kind' | 'openDevice' | 'discovery' | 'platform' | 'logFile';

export interface StartOptions extends Pick<DesktopAppOptions, FromTheApp> {
  /** `import.meta.dirname` of the app's built main. */
  readonly mainFolder: string;
}

export function startDesktopApp({ mainFolder, ...options }: StartOptions): void {
  const electron = {
    app,
    BrowserWindow,
    ipcMain,
    Menu,
    powerSaveBlocker,
    protocol,
    screen,
    session,
    utilityProcess,
  };
  runDesktopApp(electron, {
    ...options,
    ...builtFiles(options.app, mainFolder),
    ask: askStations,
    networkAddress: () => networkAddress(networkInterfaces()),
    launch: { args: process.argv.slice(1), env: process.env, from: process.cwd() },
  });
}
