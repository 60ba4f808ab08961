/** The preload of every app, and the only file that touches `ipcRenderer` and `contextBridge`. */
import { PRELOAD_KEY } from '@aufruf/shared/bridge/ipc';
import { contextBridge, ipcRenderer } from 'electron';
import { createPreloadApi } from './preload-api.ts';

export function exposeBridge(): void {
  contextBridge.exposeInMainWorld(PRELOAD_KEY, createPreloadApi(ipcRenderer));
}
