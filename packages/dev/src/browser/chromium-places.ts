/** Where Chrome, Chromium and Edge are usually installed, best first. Pure; nothing is looked at. */
import { posix, win32 } from 'node:path';

const LINUX_NAMES = [
  'chromium',
  'chromium-browser',
  'google-chrome-stable',
  'google-chrome',
  'microsoft-edge-stable',
  'microsoft-edge',
];
const MAC_NAMES = ['Google Chrome', 'Chromium', 'Microsoft Edge'];
const WINDOWS_PATHS = [
  'Google/Chrome/Application/chrome.exe',
  'Chromium/Application/chrome.exe',
  'Microsoft/Edge/Application/msedge.exe',
];

export function chromiumPlaces(env: NodeJS.ProcessEnv, platform: NodeJS.Platform): readonly string[] {
  const folders = (names: readonly (string | undefined)[]) =>
    names.filter((name) => name !== undefined && name !== '') as string[];
  switch (platform) {
    case 'darwin':
      return folders(['/Applications', env.HOME && `${env.HOME}/Applications`]).flatMap((folder) =>
        MAC_NAMES.map((name) => `${folder}/${name}.app/Contents/MacOS/${name}`),
      );
    case 'win32':
      return folders([env.PROGRAMFILES, env['PROGRAMFILES(X86)'], env.LOCALAPPDATA]).flatMap((folder) =>
        WINDOWS_PATHS.map((path) => win32.join(folder, path)),
      );
    default:
      return folders((env.PATH ?? '').split(':')).flatMap((folder) =>
        LINUX_NAMES.map((name) => posix.join(folder, name)),
      );
  }
}
