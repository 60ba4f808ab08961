/** `webPreferences` of a window: what an app says of its pages, and what no page here may be. */
import { readFileSync } from 'node:fs';
import { isAbsolute } from 'node:path';
import { StandInLacks } from './strict.ts';

export interface WebPreferences {
  readonly preload?: string;
  readonly sandbox?: boolean;
  readonly contextIsolation?: boolean;
  readonly nodeIntegration?: boolean;
  readonly webviewTag?: boolean;
  readonly webSecurity?: boolean;
  readonly [name: string]: unknown;
}

/** Electron's, where an app does not say. */
const DEFAULTS = {
  sandbox: true,
  contextIsolation: true,
  nodeIntegration: false,
  webviewTag: false,
  webSecurity: true,
} as const;

/** @throws StandInLacks for pages less safe than any of ours */
export function refuseUnsafe(preferences: WebPreferences): void {
  const { sandbox, contextIsolation, nodeIntegration, webviewTag, webSecurity } = { ...DEFAULTS, ...preferences };
  const unsafe = Object.entries({
    'sandbox: false': !sandbox,
    'contextIsolation: false': !contextIsolation,
    'nodeIntegration: true': nodeIntegration,
    'webviewTag: true': webviewTag,
    'webSecurity: false': !webSecurity,
  }).find(([, isSet]) => isSet);
  if (unsafe) throw new StandInLacks(`pages with ${unsafe[0]}`);
}

/** @throws Error for a path that is not absolute, or leads nowhere */
export function readPreload(file: string | undefined): { readonly code: string; readonly file: string } | null {
  if (file === undefined) return null;
  if (!isAbsolute(file)) throw new Error(`The path of a preload must be absolute, which ${file} is not.`);
  return { file, code: readFileSync(file, 'utf8') };
}
