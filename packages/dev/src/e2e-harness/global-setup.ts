/** Before the end-to-end tests, once: looks for a browser. Without one they are skipped, and say why. */
import type { TestProject } from 'vitest/node';
import { findChromium } from '../browser/find-chromium.ts';

declare module 'vitest' {
  interface ProvidedContext {
    readonly chromium: { readonly path: string } | { readonly missing: string };
  }
}

export async function setup(project: TestProject): Promise<void> {
  const found = await findChromium();
  project.provide('chromium', found.ok ? { path: found.value } : { missing: found.refusal.reason });
}
