import { describe, expect, it } from 'vitest';
import { lastLine, type RanModule, skippedLines, summarize } from './test-summary.ts';

type Outcome = 'passed' | 'failed' | 'pending' | { readonly skipped: string | undefined };

/** A module as vitest hands it over, with tests named by their place. */
function ran(outcomes: readonly Outcome[], state = 'passed'): RanModule {
  const tests = outcomes.map((outcome, index) => ({
    fullName: `test ${index + 1}`,
    result: () => (typeof outcome === 'string' ? { state: outcome } : { state: 'skipped', note: outcome.skipped }),
  }));
  return { state: () => state, children: { allTests: () => tests } } as unknown as RanModule;
}

describe('the summary of a test run', () => {
  it('counts what passed and failed over all files', () => {
    expect(lastLine(summarize([ran(['passed', 'failed'], 'failed'), ran(['passed'])]))).toBe('2 passed, 1 failed');
  });

  it('counts a file that could not be loaded as failed', () => {
    expect(lastLine(summarize([ran([], 'failed'), ran(['passed'])]))).toBe('1 passed, 1 failed');
  });

  it('counts a failure around passing tests, as in afterAll', () => {
    expect(lastLine(summarize([ran(['passed'], 'failed')]))).toBe('1 passed, 1 failed');
  });

  it('counts a test that never ended as failed', () => {
    expect(lastLine(summarize([ran(['pending'])]))).toBe('0 passed, 1 failed');
  });

  it('names skipped tests with their reason', () => {
    const summary = summarize([
      ran(['passed', { skipped: 'no browser' }, { skipped: undefined }, { skipped: 'no browser' }]),
    ]);
    expect(lastLine(summary)).toBe('1 passed, 0 failed, 3 skipped');
    expect(skippedLines(summary)).toEqual([
      'Skipped: no browser',
      '  test 2',
      '  test 4',
      'Skipped: marked as skipped',
      '  test 3',
    ]);
  });
});
