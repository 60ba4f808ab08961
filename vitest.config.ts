/**
 * Three kinds of tests: `unit` in Node, `ui` in a simulated page, `e2e` in a real browser against a real hub.
 * Run one: `npm test -- --project unit`; one file: `npm test -- calling-order`.
 */
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          environment: 'node',
          include: ['{packages,apps}/*/src/**/*.test.ts', 'tools/**/*.test.ts'],
        },
      },
      {
        oxc: { jsx: { runtime: 'automatic' } },
        test: {
          name: 'ui',
          environment: 'jsdom',
          include: ['packages/ui/src/**/*.test.tsx', 'apps/*/src/**/*.test.tsx'],
        },
      },
      {
        test: {
          name: 'e2e',
          environment: 'node',
          include: ['packages/dev/e2e/**/*.e2e.ts'],
          globalSetup: ['packages/dev/src/e2e-harness/global-setup.ts'],
          // Alone and after all others: a browser, a hub and the tests share what processors there are.
          sequence: { groupOrder: 1 },
          maxWorkers: 1,
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
