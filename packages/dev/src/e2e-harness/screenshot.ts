/** Pictures of pages, below test-results/ of the checkout. */
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { root } from '../root.ts';

/** `name`: may contain folders; what a file name cannot hold is replaced. Returns the file. */
export async function screenshot(page: Page, name: string): Promise<string> {
  const path = join(root, 'test-results', `${name.replace(/[^\p{L}\p{N}/_.-]+/gu, '-')}.png`);
  await page.screenshot({ path });
  return path;
}
