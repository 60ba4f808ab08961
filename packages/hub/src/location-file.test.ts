import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MAX_LOCATION_FILE_BYTES, readLocationFile } from './location-file.ts';
import { tinyLocation } from './test/tiny-location.ts';

describe('readLocationFile', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'aufruf-location-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));
  const write = (text: string): string => {
    const file = join(folder, 'location.json');
    writeFileSync(file, text);
    return file;
  };
  const linesOf = (file: string): readonly string[] => {
    const result = readLocationFile(file);
    return result.ok ? [] : result.refusal.lines;
  };

  it('reads a sound file, with or without a byte order mark', () => {
    for (const mark of ['', '\uFEFF']) {
      expect(readLocationFile(write(mark + JSON.stringify(tinyLocation)))).toMatchObject({
        ok: true,
        value: { id: 'tiny' },
      });
    }
  });

  it('a broken file names the path of each mistake and the expected value, one line each', () => {
    const [service] = tinyLocation.services;
    const file = write(
      JSON.stringify({ ...tinyLocation, version: 0, services: [{ ...service, durationMin: 'long' }] }),
    );
    expect(linesOf(file)).toEqual([
      expect.stringMatching(/location\.json is wrong at version: expected a whole number from 1 to \d+/),
      expect.stringMatching(
        /location\.json is wrong at services\[0\]\.durationMin: expected a whole number from 1 to 240/,
      ),
    ]);
  });

  it.each([
    ['does not exist', () => join(folder, 'gone.json'), /does not exist: name a configuration file with --location/],
    ['is a folder', () => folder, /is a folder/],
    ['is not JSON', () => write('{\n"format": 1,\n}'), /is not JSON: /],
    ['is empty', () => write(''), /is not JSON: /],
    ['is too large', () => write(`"${'x'.repeat(MAX_LOCATION_FILE_BYTES)}"`), /is too large/],
  ])('a file that %s: one clear line', (_what, file, line) => {
    const lines = linesOf(file());
    expect(lines).toEqual([expect.stringMatching(line)]);
    expect(lines[0]).not.toContain('\n');
  });
});
