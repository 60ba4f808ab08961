/** Accessibility of a whole page as axe sees it: WCAG 2.2 A and AA and axe's own best practices. */
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** @throws with each finding and where it is */
export async function expectNoAxeFindings(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page })
    .withTags(TAGS)
    // Within the page, which has no frames from elsewhere: three times as fast as in a second page of axe's own.
    .setLegacyMode(true)
    .analyze();
  if (violations.length === 0) return;
  const findings = violations.map(
    ({ id, help, nodes }) =>
      `${id}: ${help}\n${nodes.map((node) => `    ${node.target.join(' ')}\n      ${node.failureSummary?.replaceAll('\n', '\n      ')}`).join('\n')}`,
  );
  throw new Error(`axe finds on ${page.url()}:\n${findings.join('\n')}`);
}
