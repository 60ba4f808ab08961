import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { electronProblem } from './electron-app.ts';

it('real Electron is used where its package has a binary or the environment names one, and else said to be missing', () => {
  const folder = mkdtempSync(join(tmpdir(), 'aufruf-electron-'));
  try {
    expect(electronProblem({}, null)).toContain('real Electron is not here');
    expect(electronProblem({}, folder)).toContain('ELECTRON_OVERRIDE_DIST_PATH');
    expect(electronProblem({ ELECTRON_OVERRIDE_DIST_PATH: '/somewhere' }, folder)).toBeNull();
    writeFileSync(join(folder, 'path.txt'), 'electron');
    expect(electronProblem({}, folder)).toBeNull();
  } finally {
    rmSync(folder, { recursive: true });
  }
});
