/** `app`: the life of the application. */
import { mkdirSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { closeBrowser } from './browser.ts';
import { allWindows, watchWindows } from './browser-window.ts';
import { currentPhase, enterPhase, requireNotReady } from './lifecycle.ts';
import { settings } from './own-settings.ts';
import { record } from './records.ts';
import { createSingleInstance } from './single-instance.ts';
import { preventable, StandInLacks, strict, strictEmitter } from './strict.ts';

const EVENTS = [
  ...['will-finish-launching', 'ready', 'window-all-closed', 'before-quit', 'will-quit', 'quit', 'second-instance'],
  ...['browser-window-created', 'browser-window-focus', 'web-contents-created', 'render-process-gone'],
  'child-process-gone',
  // These cannot happen here by themselves; a test may emit them.
  ...['activate', 'open-file', 'open-url', 'certificate-error', 'select-client-certificate', 'login'],
];

/** What `electron <path>` found there. */
export interface AppManifest {
  readonly name: string;
  readonly version: string;
  readonly folder: string;
}

let manifest: AppManifest | null = null;
let name = '';
let exitCode = 0;
/** Whether somebody waits for `ready`; if it is the main module itself, it waits for ever. */
let isAwaited = false;
const paths = new Map<string, string>();
const ready = Promise.withResolvers<void>();

const instance = createSingleInstance(
  () => getPath('userData'),
  ({ argv, workingDirectory, additionalData }) =>
    app.emit('second-instance', preventable({}), argv, workingDirectory, additionalData),
);

function requireManifest(): AppManifest {
  if (manifest === null) throw new Error('The app is not known before its main is loaded.');
  return manifest;
}

function getPath(key: string): string {
  const path = paths.get(key) ?? usualPath(key);
  if (key === 'userData' || key === 'logs' || key === 'sessionData') mkdirSync(path, { recursive: true });
  return path;
}

function usualPath(key: string): string {
  switch (key) {
    case 'userData':
      return commandLine.getSwitchValue('user-data-dir') || settings.userData;
    case 'sessionData':
      return getPath('userData');
    case 'logs':
      return join(getPath('userData'), 'logs');
    case 'temp':
      return tmpdir();
    case 'home':
      return homedir();
    case 'exe':
      return process.execPath;
    default:
      throw new StandInLacks(`app.getPath('${key}')`);
  }
}

const switches = new Map<string, string>();
const commandLine = strict('app.commandLine', {
  appendSwitch(key: string, value = '') {
    requireNotReady(`app.commandLine.appendSwitch('${key}') has no effect after ready`);
    record('app.commandLine.appendSwitch', key, value);
    switches.set(key, value);
  },
  hasSwitch: (key: string) => switches.has(key),
  getSwitchValue: (key: string) => switches.get(key) ?? '',
});

/** Ends windows, tells the app, lets go of Chromium, ends the process. */
async function end(code: number): Promise<void> {
  enterPhase('ended');
  app.emit('quit', preventable({}), code);
  instance.release();
  await closeBrowser();
  process.exit(code);
}

function quit(): void {
  if (currentPhase() === 'quitting' || currentPhase() === 'ended') return;
  const event = preventable({});
  app.emit('before-quit', event);
  if (event.defaultPrevented) return;
  const previous = currentPhase();
  enterPhase('quitting');
  for (const window of allWindows()) {
    // One window that stays keeps the app.
    if (!window.close()) {
      enterPhase(previous);
      return;
    }
  }
  finishQuit();
}

function finishQuit(): void {
  const event = preventable({});
  app.emit('will-quit', event);
  if (event.defaultPrevented) enterPhase('ready');
  else void end(exitCode);
}

export const app = strictEmitter('app', EVENTS, {
  isPackaged: false,
  commandLine,
  get name() {
    return name;
  },
  set name(to: string) {
    name = to;
  },
  whenReady() {
    isAwaited = true;
    return ready.promise;
  },
  isReady: () => currentPhase() !== 'loading',
  quit,
  exit(code = 0) {
    exitCode = code;
    enterPhase('quitting');
    for (const window of allWindows()) window.destroy();
    void end(code);
  },
  relaunch: (options?: object) => record('app.relaunch', options),
  getPath,
  setPath(key: string, path: string) {
    getPath(key);
    paths.set(key, path);
  },
  getAppPath: () => requireManifest().folder,
  getName: () => name,
  setName(to: string) {
    name = to;
  },
  getVersion: () => requireManifest().version,
  getLocale: () => settings.locale,
  getSystemLocale: () => settings.locale,
  getPreferredSystemLanguages: () => [settings.locale],
  requestSingleInstanceLock: (additionalData: unknown = null) =>
    instance.request({ argv: process.argv, workingDirectory: process.cwd(), additionalData }),
  hasSingleInstanceLock: instance.isHeld,
  releaseSingleInstanceLock: instance.release,
  setAppUserModelId: (id: string) => record('app.setAppUserModelId', id),
  enableSandbox() {
    requireNotReady('app.enableSandbox() can only be called before app is ready');
    record('app.enableSandbox');
  },
  disableHardwareAcceleration() {
    requireNotReady('app.disableHardwareAcceleration() can only be called before app is ready');
    record('app.disableHardwareAcceleration');
  },
  focus: () => record('app.focus'),
});

watchWindows({
  made(window, contents) {
    app.emit('web-contents-created', preventable({}), contents);
    app.emit('browser-window-created', preventable({}), window);
  },
  focused: (window) => void app.emit('browser-window-focus', preventable({}), window),
  crashed: (contents, details) => void app.emit('render-process-gone', preventable({}), contents, details),
  allClosed() {
    if (currentPhase() !== 'ready') return;
    if (app.listenerCount('window-all-closed') > 0) app.emit('window-all-closed');
    else quit();
  },
});

/** Before the app's main is loaded. `args`: behind its path. */
export function prepareApp(of: AppManifest, args: readonly string[]): void {
  manifest = of;
  name = of.name;
  for (const arg of args) {
    const [, key, value = ''] = /^--([^=]+)(?:=(.*))?$/.exec(arg) ?? [];
    if (key !== undefined) switches.set(key, value);
  }
}

/** Whether somebody waits for `ready` already. */
export const isReadyAwaited = (): boolean => isAwaited || app.listenerCount('ready') > 0;

/** Once the app's main has been evaluated, as in Electron. */
export function becomeReady(): void {
  // It may have ended already: a second instance does.
  if (currentPhase() !== 'loading') return;
  app.emit('will-finish-launching');
  enterPhase('ready');
  app.emit('ready', preventable({}), {});
  ready.resolve();
}
