import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readQueueNames } from './queue-names.ts';
import { readOfficeDay } from './read-snapshots.ts';

const fixture = (name: string) => join(import.meta.dirname, 'fixture', name);
const header = 'date,time,office,queue_id,queue_open,configured_service_min,open_counters,waiting,current_number';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'aufruf-arrivals-'));
});
afterAll(async () => {
  await rm(folder, { recursive: true });
});
const written = async (content: string | Buffer) => {
  const file = join(folder, 'snapshots.csv');
  await writeFile(file, content);
  return file;
};
const readLines = async (...lines: string[]) =>
  readOfficeDay(await written([header, ...lines].join('\n')), 'UD_Wola', '2020-01-02');

describe('readOfficeDay', () => {
  it('reads a packed file like an unpacked one', async () => {
    const packed = await written(gzipSync(await readFile(fixture('snapshots.csv'))));
    const fromPacked = await readOfficeDay(packed, 'USC_Smyczkowa', '2020-01-08');
    const fromPlain = await readOfficeDay(fixture('snapshots.csv'), 'USC_Smyczkowa', '2020-01-08');
    expect(fromPacked).toEqual(fromPlain);
    expect(fromPlain.ok && fromPlain.value.rows.length).toBeGreaterThan(10);
  });

  it('finds a day by the date in the file and by the true date', async () => {
    const byFile = await readOfficeDay(fixture('snapshots.csv'), 'USC_Smyczkowa', '2020-12-30');
    const byTruth = await readOfficeDay(fixture('snapshots.csv'), 'USC_Smyczkowa', '2019-12-30');
    expect(byFile.ok && byFile.value.trueDate).toBe('2019-12-30');
    expect(byTruth).toEqual(byFile);
  });

  it('refuses an unknown office and lists the known ones', async () => {
    expect(await readOfficeDay(fixture('snapshots.csv'), 'UD_Nowhere', '2020-01-08')).toEqual({
      ok: false,
      refusal: { type: 'unknownOffice', offices: ['UD_Mokotow_2', 'USC_Smyczkowa'] },
    });
  });

  it('refuses a date the office has no rows of and lists the dates it has', async () => {
    expect(await readOfficeDay(fixture('snapshots.csv'), 'USC_Smyczkowa', '2020-01-09')).toEqual({
      ok: false,
      refusal: {
        type: 'noSuchDate',
        dates: [
          { file: '2020-01-08', true: '2020-01-08' },
          { file: '2020-12-30', true: '2019-12-30' },
        ],
      },
    });
  });

  it.each([
    ['2020-01-02,08:00,UD_Wola,182,1.0,10,2,3', '9 columns'],
    ['2020-01-02,8:00,UD_Wola,182,1.0,10,2,3,A1', 'time'],
    ['2020-13-02,08:00,UD_Wola,182,1.0,10,2,3,A1', 'date'],
    ['2020-01-02,08:00,UD_Wola,182,2,10,2,3,A1', 'queue_open'],
    ['2020-01-02,08:00,UD_Wola,182,1.0,10,2,-3,A1', 'waiting'],
    ['2020-01-02,08:00,UD_Wola,182,1.0,10,2,10000,A1', 'waiting'],
    ['2020-01-02,08:00,UD_Wola,182,1.0,10,2,3,17', null],
    ['2020-01-02,08:00,UD_Wola,182,1.0,10,2,3,A-1', 'current_number'],
    ['2020-01-02,08:00,"UD_Wola,182,1.0,10,2,3,A1', '9 columns'],
  ])('names line and column of a malformed line: %s', async (line, expected) => {
    const result = await readLines('2020-01-02,08:00,UD_Wola,182,1.0,10,2,3,A1', line);
    if (expected === null) expect(result.ok).toBe(true);
    else
      expect(result).toMatchObject({
        refusal: { type: 'badLine', line: 3, expected: expect.stringContaining(expected) },
      });
  });

  it('refuses another header, an empty file and a torn gzip file', async () => {
    expect(await readOfficeDay(await written('a,b\n'), 'X', 'Y')).toMatchObject({
      refusal: { type: 'badLine', line: 1 },
    });
    expect(await readOfficeDay(await written(''), 'X', 'Y')).toMatchObject({ refusal: { type: 'badLine', line: 1 } });
    const torn = gzipSync(await readFile(fixture('snapshots.csv'))).subarray(0, 200);
    expect(await readOfficeDay(await written(torn), 'X', 'Y')).toMatchObject({ refusal: { type: 'unreadable' } });
  });

  it('refuses a missing file', async () => {
    expect(await readOfficeDay(join(folder, 'none.csv'), 'X', 'Y')).toMatchObject({ refusal: { type: 'unreadable' } });
  });
});

describe('readQueueNames', () => {
  it('gives the names of one office, commas inside quotes included', async () => {
    const names = await readQueueNames(fixture('queues.csv'), 'USC_Smyczkowa');
    expect(names.ok && names.value.get('110')?.letter).toMatch(/^[A-Z]$/);
  });
  it('is empty without the file', async () => {
    const names = await readQueueNames(join(folder, 'none.csv'), 'USC_Smyczkowa');
    expect(names.ok && names.value.size).toBe(0);
  });
  it('names a malformed line', async () => {
    const file = await written('office,queue_id,letter,queue_name\nUD_Wola,182,A');
    expect(await readQueueNames(file, 'UD_Wola')).toMatchObject({ refusal: { type: 'badLine', line: 2 } });
  });
});
