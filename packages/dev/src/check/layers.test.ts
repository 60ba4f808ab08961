/**
 * Proof that the layer rules bite: a small copy of the workspace, with the real rules and the real `exports`, in which
 * each rule is broken once; the tool must find each breach and nothing else.
 */
import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { root } from '../root.ts';

const run = promisify(execFile);
const PACKAGES = ['shared', 'engine', 'ui', 'hub', 'electron', 'dev'];
const APPS = ['kiosk', 'display', 'counter'];
const MODULES = [
  'zod',
  'react',
  'better-sqlite3',
  'socket.io',
  'socket.io-client',
  'playwright-core',
  'electron',
  'pino',
  'multicast-dns',
  'electron-builder',
];

/** Where, what, and the rules it breaks. */
const breaches: readonly (readonly [file: string, text: string, rules: readonly string[]])[] = [
  ['packages/shared/src/a1.ts', "import '@aufruf/engine/engine';", ['layer-shared', 'shared-needs-only-zod']],
  ['packages/shared/src/a2.ts', "import 'react';", ['shared-needs-only-zod']],
  ['packages/shared/src/a3.ts', "import 'node:fs';", ['shared-needs-only-zod']],
  [
    'packages/shared/src/a4.ts',
    "import type { E } from '@aufruf/engine/engine';",
    ['layer-shared', 'shared-needs-only-zod'],
  ],
  ['packages/engine/src/b1.ts', "import '@aufruf/hub/hub';", ['layer-engine']],
  ['packages/engine/src/b2.ts', "import '@aufruf/ui/ui';", ['layer-engine']],
  ['packages/engine/src/b3.ts', "import 'better-sqlite3';", ['sole-importer-of-better-sqlite3']],
  ['packages/engine/src/transport/b4.ts', "import 'socket.io';", ['sole-importer-of-socket[.]io']],
  ['packages/engine/src/sync/b5.ts', "import 'socket.io-client';", ['sole-importer-of-socket[.]io-client']],
  ['packages/ui/src/c1.ts', "import '@aufruf/engine/engine';", ['layer-ui']],
  ['packages/hub/src/d1.ts', "import '@aufruf/ui/ui';", ['layer-hub']],
  ['packages/hub/src/d2.ts', "import '@aufruf/dev/dev';", ['layer-hub']],
  ['packages/hub/src/d3.ts', "import 'playwright-core';", ['sole-importer-of-playwright-core']],
  ['packages/hub/src/d9.ts', "import 'pino';", ['sole-importer-of-pino(-roll)?']],
  ['packages/hub/src/d11.ts', "import 'multicast-dns';", ['sole-importer-of-multicast-dns']],
  ['packages/engine/src/sync/b6.ts', "import 'multicast-dns';", ['sole-importer-of-multicast-dns']],
  ['packages/dev/src/e2.ts', "import 'electron-builder';", ['sole-importer-of-electron-builder']],
  ['packages/hub/src/d4.ts', "import '../../shared/src/shared.ts';", ['no-relative-path-into-another-package']],
  ['packages/hub/src/d5.ts', "import './some.test.ts';", ['ships-no-tests']],
  ['packages/hub/src/d10.ts', "import './simulation/simulated.ts';", ['ships-no-tests']],
  ['packages/hub/src/d6.ts', "import './d7.ts';", ['no-cycle']],
  ['packages/hub/src/d8.ts', "import './gone.ts';", ['resolves']],
  [
    'packages/dev/src/e1.ts',
    "import '../../../apps/kiosk/src/renderer/screen.ts';",
    ['no-package-imports-an-app', 'no-relative-path-into-another-package'],
  ],
  ['packages/electron/src/g1.ts', "import '@aufruf/engine/engine';", ['layer-electron']],
  ['packages/electron/src/g2.ts', "import { app } from 'electron'; app;", ['sole-importer-of-electron']],
  ['packages/electron/src/preload/g3.ts', "import 'node:fs';", ['layer-preload-of-the-shell']],
  ['packages/electron/src/preload/g4.ts', "import '../shell.ts';", ['layer-preload-of-the-shell']],
  ['apps/kiosk/src/main/h3.ts', "import { app } from 'electron'; app;", ['sole-importer-of-electron']],
  [
    'apps/kiosk/src/preload/i2.ts',
    "import { ipcRenderer } from 'electron'; ipcRenderer;",
    ['sole-importer-of-electron'],
  ],
  ['apps/kiosk/src/main/h1.ts', "import '@aufruf/ui/ui';", ['layer-main']],
  ['apps/kiosk/src/main/h2.ts', "import '../renderer/screen.ts';", ['layer-main']],
  ['apps/kiosk/src/preload/i1.ts', "import '@aufruf/engine/engine';", ['layer-preload']],
  ['apps/kiosk/src/renderer/f1.ts', "import '@aufruf/engine/engine';", ['layer-renderer']],
  [
    'apps/kiosk/src/renderer/f2.ts',
    "import '../../../display/src/renderer/screen.ts';",
    ['layer-renderer', 'no-app-imports-another', 'no-relative-path-into-another-package'],
  ],
];

/** As it should be: nothing here may be found. */
const allowed: readonly (readonly [file: string, text: string])[] = [
  ['packages/shared/src/shared.ts', "import 'zod';"],
  ['packages/engine/src/engine.ts', "import '@aufruf/shared/shared'; export type E = 1;"],
  ['packages/engine/src/store/sqlite-store.ts', "import 'better-sqlite3'; import 'node:fs';"],
  ['packages/engine/src/transport/socket-io-server.ts', "import 'socket.io';"],
  ['packages/engine/src/transport/socket-io-client.ts', "import 'socket.io-client';"],
  ['packages/ui/src/ui.ts', "import '@aufruf/shared/shared'; import 'react';"],
  ['packages/ui/src/bridge/socket-bridge.ts', "import 'socket.io-client';"],
  ['packages/hub/src/discovery/mdns-discovery.ts', "import 'multicast-dns';"],
  ['packages/hub/src/hub.ts', "import '@aufruf/engine/engine'; import '@aufruf/shared/shared';"],
  // The other half of the cycle, which is reported once.
  ['packages/hub/src/d7.ts', "import './d6.ts';"],
  ['packages/hub/src/some.test.ts', "import './hub.ts';"],
  ['packages/hub/src/simulation/simulated.ts', "import '../some.test.ts';"],
  ['packages/dev/src/dev.ts', "import 'playwright-core'; import '@aufruf/hub/hub';"],
  ['apps/kiosk/src/main/index.ts', "import '@aufruf/hub/hub'; import '@aufruf/engine/engine';"],
  [
    'apps/kiosk/src/preload/index.ts',
    "import '@aufruf/shared/shared'; import '@aufruf/electron/preload/expose-bridge';",
  ],
  ['packages/electron/src/shell.ts', "import type { App } from 'electron'; export type A = App;"],
  ['packages/electron/src/start-desktop-app.ts', "import { app } from 'electron'; app;"],
  [
    'packages/electron/src/preload/expose-bridge.ts',
    "import { ipcRenderer } from 'electron'; import '@aufruf/shared/shared'; ipcRenderer;",
  ],
  ['apps/kiosk/src/renderer/screen.ts', "import '@aufruf/ui/ui'; import '@aufruf/shared/shared';"],
  ['apps/display/src/renderer/screen.ts', "import 'react';"],
];

describe('the layer rules', () => {
  let folder: string;
  let found: ReadonlyMap<string, readonly string[]>;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'aufruf-layers-'));
    layOutWorkspace(folder);
    found = await cruise(folder);
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it.each(breaches)('%s may not say %s', (file, _text, rules) => {
    expect(found.get(file)).toEqual(rules);
  });

  it('let everything pass that the layers allow', () => {
    const planted = new Set(breaches.map(([file]) => file));
    expect([...found.keys()].filter((file) => !planted.has(file))).toEqual([]);
  });

  it('are each broken once above', async () => {
    const config: { readonly default: { readonly forbidden: readonly { readonly name: string }[] } } = await import(
      join(root, '.dependency-cruiser.mjs')
    );
    const broken = new Set(breaches.flatMap(([, , rules]) => rules));
    expect([...broken].sort()).toEqual(config.default.forbidden.map(({ name }) => name).sort());
  });
});

function layOutWorkspace(folder: string): void {
  const put = (file: string, text: string) => {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), text);
  };
  for (const file of ['.dependency-cruiser.mjs', 'tsconfig.base.json', 'tsconfig.test.json']) {
    cpSync(join(root, file), join(folder, file));
  }
  const workspaces = [...PACKAGES.map((name) => `packages/${name}`), ...APPS.map((name) => `apps/${name}`)];
  mkdirSync(join(folder, 'node_modules', '@aufruf'), { recursive: true });
  for (const workspace of workspaces) {
    put(`${workspace}/package.json`, readFileSync(join(root, workspace, 'package.json'), 'utf8'));
    symlinkSync(join(folder, workspace), join(folder, 'node_modules', '@aufruf', workspace.split('/')[1]!), 'junction');
  }
  for (const module of MODULES) {
    put(`node_modules/${module}/package.json`, JSON.stringify({ name: module, main: 'index.js' }));
    put(`node_modules/${module}/index.js`, '');
  }
  for (const [file, text] of [...breaches, ...allowed]) put(file, text);
}

/** The rules broken by each file. */
async function cruise(folder: string): Promise<ReadonlyMap<string, readonly string[]>> {
  const tool = join(root, 'node_modules', 'dependency-cruiser', 'bin', 'dependency-cruiser.mjs');
  const args = [tool, '--config', '.dependency-cruiser.mjs', '--output-type', 'json', 'packages', 'apps'];
  // It ends with the number of breaches; the output is the same either way.
  const { stdout } = await run(process.execPath, args, { cwd: folder, maxBuffer: 64 * 1024 * 1024 }).catch(
    (error: { readonly stdout: string }) => error,
  );
  const result: Cruise = JSON.parse(stdout);
  const rulesByFile = new Map<string, string[]>();
  for (const { from, rule } of result.summary.violations) {
    rulesByFile.set(from, [...(rulesByFile.get(from) ?? []), rule.name].sort());
  }
  return rulesByFile;
}

interface Cruise {
  readonly summary: {
    readonly violations: readonly { readonly from: string; readonly rule: { readonly name: string } }[];
  };
}
