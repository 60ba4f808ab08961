import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sourceStamp } from './source-stamp.ts';

describe('sourceStamp', () => {
  let folder: string;
  const stamp = () => sourceStamp(folder, ['src', 'lock.json']);

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'aufruf-stamp-'));
    mkdirSync(join(folder, 'src', 'deep'), { recursive: true });
    writeFileSync(join(folder, 'src', 'deep', 'a.ts'), 'a');
    writeFileSync(join(folder, 'lock.json'), '{}');
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('stays when files are only touched', () => {
    const before = stamp();
    utimesSync(join(folder, 'src', 'deep', 'a.ts'), 1, 1);
    expect(stamp()).toBe(before);
  });

  it('changes with content, with a new file, with a renamed file and with the lock file', () => {
    const seen = new Set([stamp()]);
    writeFileSync(join(folder, 'src', 'deep', 'a.ts'), 'b');
    seen.add(stamp());
    writeFileSync(join(folder, 'src', 'b.ts'), '');
    seen.add(stamp());
    rmSync(join(folder, 'src', 'b.ts'));
    writeFileSync(join(folder, 'src', 'c.ts'), '');
    seen.add(stamp());
    writeFileSync(join(folder, 'lock.json'), '{ }');
    seen.add(stamp());
    expect(seen.size).toBe(5);
  });

  it('leaves tests and test helpers out', () => {
    const before = stamp();
    mkdirSync(join(folder, 'src', 'test'));
    writeFileSync(join(folder, 'src', 'a.test.ts'), 'x');
    writeFileSync(join(folder, 'src', 'a.test.tsx'), 'x');
    writeFileSync(join(folder, 'src', 'a.contract.ts'), 'x');
    writeFileSync(join(folder, 'src', 'test', 'helper.ts'), 'x');
    expect(stamp()).toBe(before);
  });
});
