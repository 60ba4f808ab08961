import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findPlatformUses, platformUses } from './platform-only.ts';

const inDomain = (text: string) => platformUses('packages/shared/src/domain/x.ts', text).map(({ what }) => what);

describe('the clock, randomness, timers and console only in platform/', () => {
  it.each([
    ['Date.now();', 'Date.now'],
    ['const read = Date.now;', 'Date.now'],
    ['new Date();', 'new Date()'],
    ['new Date;', 'new Date()'],
    ['Date();', 'Date()'],
    ['performance.now();', 'performance.now'],
    ['window.performance.now();', 'performance.now'],
    ['Math.random();', 'Math.random'],
    ['crypto.randomUUID();', 'crypto.randomUUID'],
    ['globalThis.crypto.getRandomValues(bytes);', 'crypto.getRandomValues'],
    ['setTimeout(work, 1);', 'setTimeout'],
    ['const timers = { setTimeout };', 'setTimeout'],
    ['window.setInterval(work, 1);', 'setInterval'],
    ['later(setImmediate);', 'setImmediate'],
    ['console.log(1);', 'console'],
    ['const { log } = console;', 'console'],
    ['globalThis.console.log(1);', 'console'],
    ["import { randomBytes as bytes } from 'node:crypto';", 'randomBytes'],
    ["import { setTimeout as sleep } from 'node:timers/promises';", 'timers/promises'],
    ["import * as crypto from 'crypto';", 'crypto'],
  ])('finds %s', (text, what) => {
    expect(inDomain(text)).toEqual([what]);
  });

  it.each([
    'new Date(at).toISOString();',
    'Date.UTC(2026, 0, 1);',
    'Math.max(1, 2);',
    'platform.now();',
    'clock.setTimeout(work, 1);',
    'interface Clock { setTimeout(work: () => void): void }',
    "import { createHash } from 'node:crypto';",
    "import type { Interface } from 'node:timers';",
    '// Date.now() is read elsewhere',
    "const text = 'console.log';",
  ])('lets %s pass', (text) => {
    expect(inDomain(text)).toEqual([]);
  });

  it('names the line', () => {
    expect(platformUses('apps/kiosk/src/renderer/a.tsx', '\n\nexport const A = () => <b>{Date.now()}</b>;')).toEqual([
      { file: 'apps/kiosk/src/renderer/a.tsx', line: 3, what: 'Date.now' },
    ]);
  });

  it.each([
    'packages/engine/src/platform/node-platform.ts',
    'packages/ui/src/platform/timer.ts',
    'packages/shared/src/lib/time.test.ts',
    'packages/engine/src/store/event-store.contract.ts',
    'packages/hub/src/test/hub.ts',
  ])('leaves %s alone', (file) => {
    expect(platformUses(file, 'Date.now();')).toEqual([]);
  });

  it('lets only the command line of the hub print', () => {
    expect(platformUses('packages/hub/src/cli.ts', 'console.log(1); Date.now();')).toHaveLength(1);
    expect(platformUses('packages/hub/src/hub.ts', 'console.log(1);')).toHaveLength(1);
  });

  it('looks through every package and app that ships', () => {
    const folder = mkdtempSync(join(tmpdir(), 'aufruf-platform-only-'));
    const files = [
      'packages/shared/src/a.ts',
      'packages/engine/src/deep/b.ts',
      'packages/hub/src/c.ts',
      'packages/electron/src/window/w.ts',
      'packages/ui/src/d.tsx',
      'apps/display/src/renderer/e.tsx',
    ];
    try {
      for (const file of files) {
        mkdirSync(dirname(join(folder, file)), { recursive: true });
        writeFileSync(join(folder, file), 'Math.random();');
      }
      expect(findPlatformUses(folder).map(({ file }) => file)).toEqual(files);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
