/** Tests that need a browser, one for each file. Where none is to be had they are skipped and say why. */
import type { Page } from 'playwright-core';
import { inject, test } from 'vitest';
import type { ChromiumSearch } from '../browser/find-chromium.ts';
import { launchBrowser } from '../browser/launch-browser.ts';

declare module 'vitest' {
  interface ProvidedContext {
    readonly chromium: ChromiumSearch;
  }
}

export const browserTest = test
  // biome-ignore lint/correctness/noEmptyPattern: vitest reads from the pattern what is needed
  .extend('lazyBrowser', { scope: 'file' }, async ({}, { onCleanup }) => {
    const chromium = inject('chromium');
    if (!chromium.ok) return chromium;
    const browser = await launchBrowser(chromium.value, { hasDebuggingPort: true });
    onCleanup(() => browser.close());
    return { ok: true, browser } as const;
  })
  .extend('browser', ({ lazyBrowser, skip }) =>
    lazyBrowser.ok ? lazyBrowser.browser : skip(lazyBrowser.refusal.reason),
  )
  /** An empty page of its own. */
  .extend('page', async ({ browser }, { onCleanup }): Promise<Page> => {
    const context = await browser.newContext();
    onCleanup(() => context.close());
    return context.newPage();
  });
