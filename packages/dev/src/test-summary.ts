/** What a test run came to, for the closing lines of `npm test`. */
import type { TestCase } from 'vitest/node';

export interface TestSummary {
  readonly passed: number;
  readonly failed: number;
  /** Name of the test and why it did not run. */
  readonly skipped: readonly { readonly name: string; readonly reason: string }[];
}

/** The part of vitest's test module that matters here. */
export interface RanModule {
  state(): string;
  readonly children: { allTests(): Iterable<Pick<TestCase, 'fullName' | 'result'>> };
}

/** Counts tests; a file that failed before its first test, or around its tests, counts as one failed. */
export function summarize(modules: readonly RanModule[]): TestSummary {
  let passed = 0;
  let failed = 0;
  const skipped: { name: string; reason: string }[] = [];
  for (const module of modules) {
    const failedBefore = failed;
    for (const test of module.children.allTests()) {
      const result = test.result();
      if (result.state === 'passed') passed += 1;
      else if (result.state === 'skipped')
        skipped.push({ name: test.fullName, reason: result.note ?? 'marked as skipped' });
      // A test still pending when the run is over was cut short.
      else failed += 1;
    }
    if (module.state() === 'failed' && failed === failedBefore) failed += 1;
  }
  return { passed, failed, skipped };
}

/** The very last line: machines read it. */
export function lastLine({ passed, failed, skipped }: TestSummary): string {
  return `${passed} passed, ${failed} failed${skipped.length > 0 ? `, ${skipped.length} skipped` : ''}`;
}

/** Skipped tests under their reason, one line each; empty if none was skipped. */
export function skippedLines({ skipped }: TestSummary): readonly string[] {
  const namesByReason = Map.groupBy(skipped, ({ reason }) => reason);
  return [...namesByReason].flatMap(([reason, tests]) => [
    `Skipped: ${reason}`,
    ...tests.map(({ name }) => `  ${name}`),
  ]);
}
