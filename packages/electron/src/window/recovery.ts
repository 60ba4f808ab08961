/**
 * A page that crashed, hangs or could not be loaded is loaded again: a screen is never dark for more than five seconds,
 * and nobody has to come. The pause grows while it keeps breaking, so that a broken page does not fill the processor.
 */
import type { WebContents } from 'electron';
import { createBackoff } from '../backoff.ts';
import type { ShellPlatform } from '../shell-platform.ts';

/** A page that hangs gets so long to come back before it is ended, which is a crash like any other. */
export const UNRESPONSIVE_PATIENCE_MS = 2_000;

/** Chromium's code for a load that was replaced by another one: nothing is wrong. */
const ABORTED = -3;

export interface RecoveryOptions {
  /** Loads the page anew. */
  readonly load: () => void;
  readonly platform: ShellPlatform;
}

export function recoverPage(contents: WebContents, { load, platform }: RecoveryOptions): void {
  const { log } = platform;
  const pause = createBackoff(platform.monoMs);
  let cancelLoad = (): void => {};
  let cancelPatience = (): void => {};

  function loadLater(): void {
    cancelLoad();
    cancelLoad = platform.schedule(pause(), () => {
      if (!contents.isDestroyed()) load();
    });
  }

  contents.on('render-process-gone', (_event, { reason, exitCode }) => {
    cancelPatience();
    // A page that ends because its window is closed.
    if (reason === 'clean-exit') return;
    log.error('the page is gone', { reason, code: exitCode });
    loadLater();
  });
  contents.on('unresponsive', () => {
    log.warn('the page does not respond');
    cancelPatience();
    cancelPatience = platform.schedule(UNRESPONSIVE_PATIENCE_MS, () => {
      if (!contents.isDestroyed()) contents.forcefullyCrashRenderer();
    });
  });
  contents.on('responsive', () => cancelPatience());
  contents.on('did-fail-load', (_event, code, description, url, isMainFrame) => {
    if (!isMainFrame || code === ABORTED) return;
    log.error('the page could not be loaded', { code, reason: description, url });
    loadLater();
  });
  contents.on('preload-error', (_event, file, error) => log.error('the preload failed', { file, error }));
  contents.once('destroyed', () => {
    cancelLoad();
    cancelPatience();
  });
}
