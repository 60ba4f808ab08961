import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createLogFile } from './log-file.ts';

describe('createLogFile', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'aufruf-log-'));
    vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  });
  afterEach(() => {
    vi.restoreAllMocks();
    rmSync(folder, { recursive: true });
  });
  const read = (name = 'app.log') => readFileSync(join(folder, 'logs', name), 'utf8');

  it('keeps what is said before the file is known, and all after, over restarts', () => {
    const first = createLogFile();
    first.write('a\n');
    first.open(join(folder, 'logs'));
    first.write('b\n');
    const second = createLogFile();
    second.open(join(folder, 'logs'));
    second.write('c\n');
    expect(read()).toBe('a\nb\nc\n');
    expect(process.stderr.write).toHaveBeenCalledTimes(3);
  });

  it('never holds more than two files, each within its limit', () => {
    const log = createLogFile(10);
    log.open(join(folder, 'logs'));
    for (const line of ['1234\n', '5678\n', '9\n', 'abcdefgh\n', 'x\n']) log.write(line);
    expect(readdirSync(join(folder, 'logs')).sort()).toEqual(['app.log', 'app.log.1']);
    expect([read('app.log.1'), read()]).toEqual(['abcdefgh\n', 'x\n']);
  });

  it('a disk that refuses never stops the app', () => {
    writeFileSync(join(folder, 'logs'), 'a file stands where the folder should be');
    const log = createLogFile();
    log.open(join(folder, 'logs'));
    expect(() => log.write('a\n')).not.toThrow();
    expect(process.stderr.write).toHaveBeenCalledTimes(1);
  });
});
