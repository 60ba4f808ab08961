/** Accessibility of a whole page as axe sees it: WCAG 2.2 A and AA and axe's own best practices. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults, RunOptions } from 'axe-core';
import type { Page } from 'playwright-core';

const OPTIONS = {
  runOnly: { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] },
  // What is in order is neither described nor sent back: that takes longer than looking for what is not.
  resultTypes: ['violations'],
} as const satisfies RunOptions;

declare global {
  interface Window {
    axe?: typeof import('axe-core');
  }
}

let source: string | undefined;

/** Half a megabyte: read once, and given to a page once for all that it shows. */
function axeSource(): string {
  source ??= readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
  return source;
}

/** @throws with each finding and where it is */
export async function expectNoAxeFindings(page: Page): Promise<void> {
  const violations = await findViolations(page);
  if (violations.length === 0) return;
  const findings = violations.map(
    ({ id, help, nodes }) =>
      `${id}: ${help}\n${nodes.map((node) => `    ${node.target.join(' ')}\n      ${node.failureSummary?.replaceAll('\n', '\n      ')}`).join('\n')}`,
  );
  throw new Error(`axe finds on ${page.url()}:\n${findings.join('\n')}`);
}

async function findViolations(page: Page): Promise<AxeResults['violations']> {
  if (!(await page.evaluate(() => window.axe !== undefined))) await page.evaluate(axeSource());
  // Within the page, which has no frames from elsewhere.
  return page.evaluate(async (options) => {
    const results = await window.axe?.run(document, options as RunOptions);
    if (results === undefined) throw new Error('axe is not here');
    return results.violations;
  }, OPTIONS);
}
