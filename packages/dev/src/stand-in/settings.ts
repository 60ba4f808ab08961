/** What a process that stands in for Electron is told at its start, and what it and its starter say to one another. */

/** Name of the environment variable that carries the settings, as JSON. */
export const SETTINGS_VARIABLE = 'AUFRUF_STAND_IN';

export interface StandInSettings {
  /** DevTools endpoint of the Chromium that shows the pages. */
  readonly endpoint: string;
  /** The browser context (cookies, storage, screen) that belongs to this app; null: the browser's own. */
  readonly contextId: string | null;
  /** The app's data folder; it may be changed by `app.setPath` and `--user-data-dir`. */
  readonly userData: string;
  /** The only screen there is, px. */
  readonly screen: { readonly width: number; readonly height: number };
  /** As of the operating system: `de-DE`. */
  readonly locale: string;
}

export interface Bounds {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** An Electron API that was used, where the use has no effect in the stand-in that a test could see otherwise. */
export interface StandInRecord {
  /** `powerSaveBlocker.start`, `BrowserWindow.setAlwaysOnTop` ... */
  readonly api: string;
  /** Functions are replaced by `[function]`. */
  readonly args: readonly unknown[];
}

/** Starter -> stand-in. */
export type ToStandIn =
  /** The starter has prepared the page: it may be opened. */
  | { readonly type: 'pageReady'; readonly targetId: string }
  /** `source`: a function of `(electron, arg)`. */
  | { readonly type: 'evaluate'; readonly id: number; readonly source: string; readonly arg: unknown }
  | { readonly type: 'records'; readonly id: number };

/** Stand-in -> starter. */
export type FromStandIn =
  /** A page was made for a window and waits for `pageReady`; also the page that follows a crashed one. */
  | { readonly type: 'page'; readonly targetId: string; readonly windowId: number; readonly bounds: Bounds }
  /** The content of a window has another size now. */
  | { readonly type: 'resized'; readonly windowId: number; readonly bounds: Bounds }
  | { readonly type: 'answer'; readonly id: number; readonly value: unknown }
  | { readonly type: 'failed'; readonly id: number; readonly message: string };
