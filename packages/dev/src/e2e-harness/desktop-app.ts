/** A desktop app that runs in a test: its windows and its main process, on the stand-in or on real Electron alike. */
import type { Page } from 'playwright-core';

export interface DesktopApp {
  readonly pid: number;
  /** The page now in its window; waits for it. A page that crashed may be followed by another. */
  page(): Promise<Page>;
  /**
   * Runs a function in the main process: it can use nothing from outside but `electron` and `arg`, and its result must
   * be clonable. @throws Error with its words
   */
  evaluate<R, A>(work: (electron: typeof import('electron'), arg: A) => R | Promise<R>, arg?: A): Promise<R>;
  /** What it has written to both outputs so far. */
  log(): string;
  /** Resolves with its exit code, null after a signal. */
  readonly ended: Promise<number | null>;
  /** As the operating system ends a program; resolves when it is gone. Repetition does nothing. */
  stop(): Promise<void>;
  /** `kill -9`: it has no chance to tidy up. */
  kill(): Promise<void>;
}

export interface DesktopStart {
  /** The app's folder, whose package.json names its built main. */
  readonly path: string;
  readonly args: readonly string[];
  /** Done to each page before the app opens it; on real Electron as soon as Playwright sees it. */
  readonly preparePage: (page: Page) => Promise<void>;
}
