/** Before the end-to-end tests, once: looks for a browser. */
import type { TestProject } from 'vitest/node';
import { findChromium } from '../browser/find-chromium.ts';
import type {} from './browser-test.ts';

export async function setup(project: TestProject): Promise<void> {
  project.provide('chromium', await findChromium());
}
