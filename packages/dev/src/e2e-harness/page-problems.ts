/** What goes wrong inside a page without anybody seeing it: errors, warnings of the browser, files that are missing. */
import type { Page } from 'playwright-core';

export interface PageProblems {
  /** All so far, but for those that are allowed. */
  list(): readonly string[];
  /** From now on, and looking back, messages that match are expected. */
  allow(message: RegExp): void;
}

export function watchPageProblems(page: Page, name: string): PageProblems {
  const problems: string[] = [];
  const allowed: RegExp[] = [];
  page.on('pageerror', (error) => problems.push(`${name}: ${error.stack ?? error.message}`));
  page.on('console', (message) => {
    if (message.type() !== 'error' && message.type() !== 'warning') return;
    problems.push(`${name}: ${message.text()} (${message.location().url})`);
  });
  page.on('response', (response) => {
    if (response.status() >= 400) problems.push(`${name}: ${response.status()} ${response.url()}`);
  });
  return {
    list: () => problems.filter((problem) => !allowed.some((message) => message.test(problem))),
    allow: (message) => allowed.push(message),
  };
}
