/**
 * Dead files, dead exports and undeclared dependencies, for `npm run check`. Each package is private, so an export
 * counts as used only where something imports it; types may be exported for their own file's signatures alone.
 */
import type { KnipConfig } from 'knip';

const importing = (specifiers: Iterable<RegExpExecArray>) =>
  [...specifiers].map(([, specifier]) => `import '${specifier}';`).join('\n');

const config: KnipConfig = {
  includeEntryExports: true,
  ignoreExportsUsedInFile: { interface: true, type: true },
  compilers: {
    html: (text: string) => importing(text.matchAll(/<script[^>]* src="([^"]+)"/g)),
    css: (text: string) => importing(text.matchAll(/@import (?:url\()?['"]([^'"]+)['"]/g)),
  },
  workspaces: {
    '.': { entry: ['tools/*.mjs'], project: ['tools/**/*.mjs', '*.ts'] },
    'packages/*': { entry: ['src/**/*.test.ts'], project: ['src/**/*.ts'] },
    'packages/ui': {
      entry: ['src/**/*.test.{ts,tsx}'],
      project: ['src/**/*.{ts,tsx,css}'],
      // The environment of the `ui` tests, named in the vitest.config.ts of the root.
      ignoreDependencies: ['jsdom'],
    },
    'packages/hub': { entry: ['src/cli.ts', 'src/**/*.test.ts'], project: ['src/**/*.ts'] },
    'packages/dev': {
      entry: [
        'src/*.ts',
        'src/{bench,faults,soak}/*-process.ts',
        'src/{bench/bench,faults/faults,faults/plant-normal,soak/soak}.ts',
        'src/faults/*.fault.ts',
        'src/replay/replay.ts',
        'src/package/package.ts',
        'src/**/*.test.ts',
        'e2e/**/*.e2e.ts',
      ],
      project: ['{src,e2e}/**/*.ts'],
      // Of the system; tests that need them are skipped where they are missing.
      ignoreBinaries: ['strace', 'mount', 'umount'],
      // Looked up by name at run time: it is missing where the machine is another.
      ignoreDependencies: ['@sparticuz/chromium'],
    },
    'apps/*': {
      entry: ['src/main/{index,hub}.ts', 'src/preload/index.ts', 'src/renderer/*.html', 'src/**/*.test.{ts,tsx}'],
      project: ['src/**/*.{ts,tsx,css,html}'],
    },
  },
};

export default config;
