import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createTestShellPlatform, type TestShellPlatform } from '../test/test-shell-platform.ts';
import { readJsonFile, writeJsonFile } from './json-file.ts';

describe('JSON files', () => {
  const schema = z.strictObject({ name: z.string() });
  let folder: string;
  let file: string;
  let platform: TestShellPlatform;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'aufruf-json-'));
    file = join(folder, 'deep', 'device.json');
    platform = createTestShellPlatform();
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('come back as they were written, with nothing left beside them', () => {
    writeJsonFile(file, { name: 'a' });
    writeJsonFile(file, { name: 'b' });
    expect(readJsonFile(file, schema, platform.log)).toEqual({ name: 'b' });
    expect(readdirSync(join(folder, 'deep'))).toEqual(['device.json']);
  });

  it('that are not there are no news', () => {
    expect(readJsonFile(file, schema, platform.log)).toBeNull();
    expect(platform.lines).toEqual([]);
  });

  it.each(['', '{', '{"name":1}', '{"name":"a","x":1}', 'null'])(
    'Bad input: %j counts as absent, is logged, and stays for a person to see',
    (text) => {
      mkdirSync(join(folder, 'deep'));
      writeFileSync(file, text);
      expect(readJsonFile(file, schema, platform.log)).toBeNull();
      expect(platform.lines).toEqual(['warn: a file cannot be read']);
      expect(readFileSync(file, 'utf8')).toBe(text);
    },
  );

  it('a write that fails leaves the older file as it was', () => {
    writeJsonFile(file, { name: 'a' });
    mkdirSync(`${file}.new`);
    expect(() => writeJsonFile(file, { name: 'b' })).toThrow();
    expect(existsSync(file)).toBe(true);
    expect(readJsonFile(file, schema, platform.log)).toEqual({ name: 'a' });
  });
});
