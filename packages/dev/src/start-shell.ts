/**
 * How the apps come onto a screen once the hub runs: as windows of Electron where there is a desktop and Electron is here
 * or can be fetched, otherwise as the start page in the user's browser. The addresses stand in the terminal either way.
 */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import type { LocationConfig } from '@aufruf/shared/domain/location-config/schema';
import type { Result } from '@aufruf/shared/lib/result';
import type { FetchElectronOptions, NotFetched } from './windows/fetch-electron.ts';
import type { ElectronSearch } from './windows/find-electron.ts';
import { STARTED_MS, type WindowEnd, type Windows, type WindowsOptions } from './windows/open-windows.ts';

export type ShellWish = 'windows' | 'browser' | 'nothing';

/** Below the hub's data folder, which knows it as its own: what the windows' own devices keep. */
const WINDOWS_FOLDER = 'aufruf-windows';

export interface ShownOffice {
  /** The hub's address for this machine's browser, and for devices. */
  readonly url: string;
  readonly hubUrl: string;
  readonly config: Pick<LocationConfig, 'kiosks' | 'displays' | 'counters'>;
  readonly dataFolder: string;
}

export interface Shell {
  /** Whether the apps' main processes have to be built, not only their pages. */
  readonly needsDesktopApps: boolean;
  /** Never rejects. Resolves when windows or browser are on their way; does nothing where there is no desktop. */
  show(office: ShownOffice): Promise<void>;
  /** Resolves when no window is left. */
  stop(): Promise<void>;
}

export interface ShellMachine {
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly isRoot: boolean;
  /** Starts a program and leaves it to itself. */
  readonly launch: (command: string, args: readonly string[]) => void;
  /** One sentence for whoever sits there. */
  readonly say: (sentence: string) => void;
  /** Folder of the package `electron`; null where it is not installed. */
  readonly electronFolder: string | null;
  readonly findElectron: () => ElectronSearch;
  readonly fetchElectron: (options: FetchElectronOptions) => Promise<Result<null, NotFetched>>;
  readonly openWindows: (options: WindowsOptions) => Windows;
}

const NO_SHELL: Shell = { needsDesktopApps: false, show: async () => {}, stop: async () => {} };

export function chooseShell(wish: ShellWish, machine: ShellMachine): Shell {
  if (wish === 'nothing') return NO_SHELL;
  if (wish === 'browser') return browserShell(machine);
  if (hasDesktop(machine)) return windowShell(machine);
  return {
    ...NO_SHELL,
    show: async () => machine.say('There is no desktop here for windows: open the addresses above in a browser.'),
  };
}

const hasDesktop = ({ platform, env }: ShellMachine): boolean =>
  platform === 'win32' || platform === 'darwin' || Boolean(env.DISPLAY || env.WAYLAND_DISPLAY);

function browserShell(machine: ShellMachine): Shell {
  return hasDesktop(machine) ? { ...NO_SHELL, show: async ({ url }) => openBrowser(machine, url) } : NO_SHELL;
}

function openBrowser({ platform, launch }: ShellMachine, url: string): void {
  if (platform === 'win32') launch('rundll32', ['url.dll,FileProtocolHandler', url]);
  else launch(platform === 'darwin' ? 'open' : 'xdg-open', [url]);
}

function windowShell(machine: ShellMachine): Shell {
  const { env, isRoot, say } = machine;
  const ending = new AbortController();
  let windows: Windows | null = null;

  /** Why there can be no windows; the executable where there can. */
  async function electron(): Promise<{ readonly file: string } | { readonly reason: string }> {
    const found = machine.findElectron();
    if (found.ok) return { file: found.value };
    const { type, reason } = found.refusal;
    if (type !== 'notFetched' || machine.electronFolder === null) return { reason };
    const fetched = await machine.fetchElectron({
      folder: machine.electronFolder,
      env,
      signal: ending.signal,
      onBegin: () => say('Fetching Electron for the windows (once, about 100 MB) ...'),
    });
    if (!fetched.ok) return { reason: `Electron could not be fetched (${fetched.refusal.reason})` };
    const again = machine.findElectron();
    return again.ok ? { file: again.value } : { reason: again.refusal.reason };
  }

  function noWindows(reason: string, url: string): void {
    say(`No windows, since ${reason}: the screens open in the browser.`);
    openBrowser(machine, url);
  }

  return {
    needsDesktopApps: true,
    async show({ url, hubUrl, config, dataFolder }) {
      const here = await electron();
      if (ending.signal.aborted) return;
      if ('reason' in here) return noWindows(here.reason, url);
      const failed: WindowEnd[] = [];
      let hasOpened = false;
      const tell = ({ app, problem }: WindowEnd): void =>
        say(`The ${app} has ended (${problem}). It is also at ${url}/${app}`);
      const onEnd = (end: WindowEnd): void => {
        const { problem, isEarly, left } = end;
        // Held back until it is known whether all of them fail alike.
        if (problem !== null && isEarly) failed.push(end);
        else hasOpened = true;
        if (problem !== null && !isEarly) tell(end);
        if (left > 0) return;
        if (hasOpened) say(`All windows are closed; the hub goes on at ${url}`);
        else noWindows(`Electron does not start (${problem})`, url);
        failed.length = 0;
      };
      setTimeout(() => failed.splice(0).forEach(tell), STARTED_MS).unref();
      const folder = join(dataFolder, WINDOWS_FOLDER);
      windows = machine.openWindows({ electron: here.file, hubUrl, config, folder, env, isRoot, onEnd });
      say(`Opening ${windows.count} windows. Each can be closed by itself; Ctrl-C ends them all.`);
    },
    async stop() {
      ending.abort();
      await windows?.stop();
    },
  };
}

/** A browser that is missing is no reason to stop: the addresses are printed. */
export function launchDetached(command: string, args: readonly string[]): void {
  spawn(command, args, { detached: true, stdio: 'ignore' })
    .on('error', () => {})
    .unref();
}
