/**
 * Kinds of tests: `unit` in Node, `ui` in a simulated page, `faults` with real processes that are killed and cut off, `e2e` in
 * a real browser against a real hub, and `stand-in`, which proves the stand-in for Electron in the same browser.
 * Run one: `npm test -- --project unit`; one file: `npm test -- calling-order`.
 */
import { availableParallelism } from 'node:os';
import { defineConfig, type TestProjectInlineConfiguration } from 'vitest/config';
import type { ShellKind } from './packages/dev/src/e2e-harness/shell.ts';
import { SlowFirst } from './packages/dev/src/slow-first.ts';

/**
 * Three even on two processors, where vitest would take one: much of the time is spent waiting, for the disk, for processes
 * of a test's own, for people who take their time. All kinds share them, so that nobody waits for another kind's straggler.
 */
const WORKERS = Math.max(3, availableParallelism() - 1);
/** Most tests take milliseconds. A busy machine whose disk stalls must not fail one that takes a second. */
const PATIENCE_MS = 20_000;

/**
 * Not isolated: a worker takes one file after the other, and reads what they have in common once, which halves the work of
 * small files. So no file may leave anything behind in its process; our code keeps no state but what it is handed.
 */
const SHARED = false;

/** The same end-to-end specs in another shell. `.desktop.` ones need desktop apps; the harness itself is proved once. */
function e2e(name: string, shell: ShellKind): TestProjectInlineConfiguration {
  return {
    test: {
      name,
      environment: 'node',
      include: ['packages/dev/e2e/**/*.e2e.ts'],
      exclude: [shell === 'web' ? '**/*.desktop.e2e.ts' : '**/harness.e2e.ts'],
      globalSetup: ['packages/dev/src/e2e-harness/global-setup.ts'],
      provide: { shell },
      isolate: SHARED,
      maxWorkers: WORKERS,
      // As long as a page waits for what it is to show: a second is short for a process that has just been started.
      expect: { poll: { timeout: 30_000 } },
      testTimeout: 60_000,
      hookTimeout: 60_000,
    },
  };
}

export default defineConfig({
  test: {
    sequence: { sequencer: SlowFirst },
    projects: [
      {
        test: {
          name: 'unit',
          environment: 'node',
          include: ['{packages,apps}/*/src/**/*.test.ts', 'tools/**/*.test.ts'],
          exclude: ['packages/dev/src/stand-in/**'],
          isolate: SHARED,
          maxWorkers: WORKERS,
          testTimeout: PATIENCE_MS,
          hookTimeout: 60_000,
        },
      },
      {
        oxc: { jsx: { runtime: 'automatic' } },
        test: {
          name: 'ui',
          environment: 'jsdom',
          include: ['packages/ui/src/**/*.test.tsx', 'apps/*/src/**/*.test.tsx'],
          isolate: SHARED,
          maxWorkers: WORKERS,
          testTimeout: PATIENCE_MS,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'faults',
          environment: 'node',
          include: ['packages/dev/src/faults/**/*.fault.ts'],
          maxWorkers: WORKERS,
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
          maxWorkers: WORKERS,
          expect: { poll: { timeout: 10_000 } },
          testTimeout: 30_000,
          hookTimeout: 30_000,
        },
      },
      e2e('e2e', 'web'),
      e2e('e2e-desktop', 'stand-in'),
      e2e('e2e-electron', 'electron'),
    ],
  },
});
