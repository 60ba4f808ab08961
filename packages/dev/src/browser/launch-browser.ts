/** Starts a Chromium for tests and pictures: no window, no first-run pages, no calls home, sound allowed to play. */
import { type Browser, chromium } from 'playwright-core';

const FLAGS = [
  '--autoplay-policy=no-user-gesture-required',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-quic',
  '--disable-sync',
  '--mute-audio',
  '--no-default-browser-check',
  '--no-first-run',
  '--font-render-hinting=none',
];

export interface LaunchOptions {
  /** A free port of this machine alone, on which a second client may join: the apps' stand-in for Electron does. */
  readonly hasDebuggingPort?: boolean;
}

export async function launchBrowser(
  executablePath: string,
  { hasDebuggingPort = false }: LaunchOptions = {},
): Promise<Browser> {
  // Chromium refuses its sandbox to root.
  const isRoot = process.getuid?.() === 0;
  const args = [
    ...FLAGS,
    ...(isRoot ? ['--no-sandbox'] : []),
    ...(hasDebuggingPort ? ['--remote-debugging-port=0'] : []),
  ];
  return chromium.launch({ executablePath, headless: true, args });
}
