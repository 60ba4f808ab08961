import type * as Electron from 'electron';

/** The parts of Electron's main process that the shell uses; `start-desktop-app.ts` alone takes them from Electron. */
export type ElectronMain = Pick<
  typeof Electron,
  | 'app'
  | 'BrowserWindow'
  | 'ipcMain'
  | 'Menu'
  | 'powerSaveBlocker'
  | 'protocol'
  | 'screen'
  | 'session'
  | 'utilityProcess'
>;
