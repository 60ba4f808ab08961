/**
 * Who imports whom (ARCHITECTURE.md), checked by `npm run check`. Paths are matched after resolution: an import of
 * '@aufruf/shared/lib/ids' counts as packages/shared/src/lib/ids.ts.
 */

/** Tests may use tools and contract suites of their own package; what ships may not use tests. */
const TEST = '[.](test|contract|e2e)[.]tsx?$|/test/';
/** The simulator is a test too: it may use their tools, and nothing that ships may use it. */
const SIMULATION = '^packages/hub/src/simulation/';

/** `from` may reach no part of the workspace but `to`. */
const layer = (name, from, to) => ({
  name,
  severity: 'error',
  from: { path: `^${from}/` },
  to: { path: '^(packages|apps)/', pathNot: [from, ...to].map((path) => `^${path}/`) },
});

/** Only `from` may import the npm package `module`. */
const soleImporter = (module, ...from) => ({
  name: `sole-importer-of-${module}`,
  severity: 'error',
  from: { path: '^(packages|apps|tools)/', pathNot: from },
  to: { path: `(^|/)node_modules/(@types/)?${module}/` },
});

const SHARED = 'packages/shared';
const ENGINE = 'packages/engine';
const UI = 'packages/ui';
/** The bench measures the bare library beside the product. */
const RAW_SOCKETS = '^packages/dev/src/bench/raw-sockets[.]ts$';

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    layer('layer-shared', SHARED, []),
    layer('layer-engine', ENGINE, [SHARED]),
    layer('layer-ui', UI, [SHARED]),
    layer('layer-hub', 'packages/hub', [ENGINE, SHARED]),
    layer('layer-electron', 'packages/electron', [SHARED]),
    {
      name: 'layer-main',
      severity: 'error',
      from: { path: '^apps/([^/]+)/src/main/' },
      to: { path: [`^${UI}/`, '^packages/dev/', '^apps/$1/src/(preload|renderer)/'] },
    },
    {
      name: 'layer-preload',
      severity: 'error',
      from: { path: '^apps/([^/]+)/src/preload/' },
      to: {
        path: '^(packages|apps)/',
        pathNot: ['^packages/electron/src/preload/', `^${SHARED}/`, '^apps/$1/src/preload/'],
      },
    },
    {
      name: 'layer-renderer',
      severity: 'error',
      from: { path: '^apps/([^/]+)/src/renderer/' },
      to: { path: '^(packages|apps)/', pathNot: [`^${UI}/`, `^${SHARED}/`, '^apps/$1/src/renderer/'] },
    },
    {
      name: 'no-app-imports-another',
      severity: 'error',
      from: { path: '^apps/([^/]+)/' },
      to: { path: '^apps/', pathNot: '^apps/$1/' },
    },
    {
      name: 'no-package-imports-an-app',
      severity: 'error',
      from: { path: '^packages/' },
      to: { path: '^apps/' },
    },
    {
      name: 'shared-needs-only-zod',
      severity: 'error',
      from: { path: `^${SHARED}/`, pathNot: TEST },
      to: { pathNot: [`^${SHARED}/`, '(^|/)node_modules/zod/'] },
    },
    {
      name: 'no-relative-path-into-another-package',
      severity: 'error',
      from: { path: '^((?:packages|apps)/[^/]+)/' },
      to: { path: '^(packages|apps)/', pathNot: '^$1/', dependencyTypes: ['local'] },
    },
    {
      name: 'no-cycle',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'ships-no-tests',
      severity: 'error',
      from: { path: '^(packages|apps)/', pathNot: [TEST, SIMULATION, '^packages/dev/'] },
      to: { path: [TEST, SIMULATION], pathNot: 'node_modules' },
    },
    {
      name: 'resolves',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
    soleImporter('better-sqlite3', `^${ENGINE}/src/store/sqlite`),
    soleImporter('socket[.]io', `^${ENGINE}/src/transport/socket-io-server[.](test[.])?ts$`, RAW_SOCKETS),
    soleImporter('socket[.]io-client', `^(${ENGINE}/src/transport|${UI}/src/bridge)/`, TEST, RAW_SOCKETS),
    soleImporter('playwright-core', '^packages/dev/'),
    soleImporter('multicast-dns', '^packages/hub/src/discovery/'),
    soleImporter('pino(-roll)?', '^packages/hub/src/platform/file-log[.]ts$'),
    soleImporter('electron-builder', '^packages/dev/src/package/'),
    {
      // Once in main, once in the preload: all else gets Electron as an argument, so that tests run without it. Its types
      // are for everybody, and the stand-in stands in for it.
      ...soleImporter(
        'electron',
        '^packages/electron/src/(start-desktop-app|preload/expose-bridge)[.]ts$',
        '^packages/dev/',
      ),
      to: { path: '(^|/)node_modules/electron/', dependencyTypesNot: ['type-only'] },
    },
    {
      // A sandboxed preload has neither Node nor main.
      name: 'layer-preload-of-the-shell',
      severity: 'error',
      from: { path: '^packages/electron/src/preload/', pathNot: TEST },
      to: { pathNot: ['^packages/electron/src/preload/', `^${SHARED}/`, '(^|/)node_modules/electron/'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '/out/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.test.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.d.ts', '.json', '.css'],
    },
  },
};
