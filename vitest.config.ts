/**
 * Kinds of tests: `unit` in Node, `ui` in a simulated page, `faults` with real processes that are killed and cut off, `e2e` in
 * a real browser against a real hub, and `stand-in`, which proves the stand-in for Electron in the same browser.
 * Run one: `npm test -- --project unit`; one file: `npm test -- calling-order`.
 */
import { availableParallelism } from 'node:os';
import { defineConfig, type TestProjectInlineConfiguration } from 'vitest/config';
import type { ShellKind } from './packages/dev/src/e2e-harness/shell.ts';

/**
 * Two even on two processors, where vitest would take one: much of the time is spent waiting for the disk. More than one
 * also keeps these first; vitest puts projects with a single worker and no place of their own last.
 */
const WORKERS = Math.max(2, availableParallelism() - 1);

/** The same end-to-end specs in another shell. `.desktop.` ones need desktop apps; the harness itself is proved once. */
function e2e(name: string, shell: ShellKind, groupOrder: number): TestProjectInlineConfiguration {
  return {
    test: {
      name,
      environment: 'node',
      include: ['packages/dev/e2e/**/*.e2e.ts'],
      exclude: [shell === 'web' ? '**/*.desktop.e2e.ts' : '**/harness.e2e.ts'],
      globalSetup: ['packages/dev/src/e2e-harness/global-setup.ts'],
      provide: { shell },
      // After all others. Two at a time: people take their time, and so do these, while the processors would wait.
      sequence: { groupOrder },
      maxWorkers: 2,
      testTimeout: 60_000,
      hookTimeout: 60_000,
    },
  };
}

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          environment: 'node',
          include: ['{packages,apps}/*/src/**/*.test.ts', 'tools/**/*.test.ts'],
          exclude: ['packages/dev/src/stand-in/**'],
          maxWorkers: WORKERS,
        },
      },
      {
        oxc: { jsx: { runtime: 'automatic' } },
        test: {
          name: 'ui',
          environment: 'jsdom',
          include: ['packages/ui/src/**/*.test.tsx', 'apps/*/src/**/*.test.tsx'],
          maxWorkers: WORKERS,
        },
      },
      {
        test: {
          name: 'faults',
          environment: 'node',
          include: ['packages/dev/src/faults/**/*.fault.ts'],
          // Beside nothing else: each test has several processes of its own.
          sequence: { groupOrder: 2 },
          // They wait, most of the time, for processes of their own.
          maxWorkers: 3,
          // For a machine that is busy with other things; each usually takes a few seconds.
          testTimeout: 240_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'stand-in',
          environment: 'node',
          include: ['packages/dev/src/stand-in/**/*.test.ts'],
          globalSetup: ['packages/dev/src/e2e-harness/global-setup.ts'],
          sequence: { groupOrder: 1 },
          // As of `faults`: projects of one group share their workers.
          maxWorkers: 3,
          expect: { poll: { timeout: 10_000 } },
          testTimeout: 30_000,
          hookTimeout: 30_000,
        },
      },
      e2e('e2e', 'web', 3),
      e2e('e2e-desktop', 'stand-in', 4),
      e2e('e2e-electron', 'electron', 5),
    ],
  },
});
