/**
 * How the apps come onto a screen once the hub runs. Web mode is the only way so far: the start page in the user's
 * browser. Windows of Electron will be another shell, chosen here.
 */
import { spawn } from 'node:child_process';

export interface Shell {
  /** Shows the apps of the hub at `url`; does nothing where there is no desktop. */
  show(url: string): void;
}

export interface ShellMachine {
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Starts a program and leaves it to itself. */
  readonly launch: (command: string, args: readonly string[]) => void;
}

const NO_SHELL: Shell = { show: () => {} };

export function chooseShell(wanted: boolean, machine: ShellMachine): Shell {
  return wanted ? webShell(machine) : NO_SHELL;
}

function webShell({ platform, env, launch }: ShellMachine): Shell {
  if (platform === 'win32') return { show: (url) => launch('rundll32', ['url.dll,FileProtocolHandler', url]) };
  if (platform === 'darwin') return { show: (url) => launch('open', [url]) };
  const hasDesktop = Boolean(env.DISPLAY || env.WAYLAND_DISPLAY);
  return hasDesktop ? { show: (url) => launch('xdg-open', [url]) } : NO_SHELL;
}

/** A browser that is missing is no reason to stop: the addresses are printed. */
export function launchDetached(command: string, args: readonly string[]): void {
  spawn(command, args, { detached: true, stdio: 'ignore' })
    .on('error', () => {})
    .unref();
}
