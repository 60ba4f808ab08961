/** Commands on a database of a hub that is stopped; those on one at work are proved by `cli.test.ts`. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTestPlatform } from '@aufruf/engine/platform/test-platform';
import { openConnection } from '@aufruf/engine/store/sqlite-connection';
import { openSqliteStore } from '@aufruf/engine/store/sqlite-store';
import { MAX_PROBLEMS } from '@aufruf/engine/verify/verify-database';
import { dayStatisticsSchema } from '@aufruf/shared/domain/statistics/day-statistics';
import { at, DAY } from '@aufruf/shared/domain/views/test/fixtures';
import type { DeviceId } from '@aufruf/shared/lib/ids';
import { addDays } from '@aufruf/shared/lib/local-time';
import type { Result } from '@aufruf/shared/lib/result';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import manifest from '../../package.json' with { type: 'json' };
import { writeLivedDays } from '../test/lived-days.ts';
import { backupTool } from './backup-tool.ts';
import { copyRequest } from './copy-request.ts';
import { restoreTool } from './restore-tool.ts';
import { type StatisticsWish, statisticsTool } from './statistics-tool.ts';
import type { ToolRefusal } from './tool-refusal.ts';
import { verifyTool } from './verify-tool.ts';

const platform = createTestPlatform({ now: at('09:00'), seed: 9 });
let folder: string;
let data: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'aufruf-tools-'));
  data = join(folder, 'data');
  mkdirSync(data);
  file = join(data, 'hub.db');
});
afterEach(() => rmSync(folder, { recursive: true }));

const verify = (place = data) => verifyTool(place, platform, () => {});
const backup = (to: string, place = data) => backupTool(place, to, platform);
const restore = (from: string, to: string) => restoreTool(from, to, platform, () => {});
const given = async <T>(result: Promise<Result<T, ToolRefusal>>): Promise<T> => {
  const done = await result;
  if (!done.ok) throw new Error(done.refusal.line);
  return done.value;
};
const refusal = async (result: Promise<Result<unknown, ToolRefusal>>): Promise<string> => {
  const done = await result;
  if (done.ok) throw new Error('it was done');
  return done.refusal.line;
};
/** Runs SQL on the file, as no honest program would. */
function tamper(sql: string, target = file): void {
  const connection = openConnection(target);
  connection.exec(sql);
  connection.close();
}

describe('verify', () => {
  it('S1, J1, O1, O7: finds a good database good, says what it holds, and changes nothing', async () => {
    await writeLivedDays(file, 3);
    const before = readFileSync(file);
    const { lines, isGood } = await given(verify());
    expect(isGood).toBe(true);
    expect(lines).toEqual([
      file,
      expect.stringMatching(/^Database of hub, incarnation [0-9a-f]{32}$/),
      expect.stringMatching(/^\d+ events in 1 journal; its own goes to \d+$/),
      expect.stringMatching(`^${DAY} +\\d+ rows  closed, folds to its recorded state$`),
      expect.stringMatching(`^${addDays(DAY, 1)} +\\d+ rows  closed, folds to its recorded state$`),
      expect.stringMatching(`^${addDays(DAY, 2)} +\\d+ rows  open$`),
      'All is well: file, journals, order and states.',
    ]);
    expect(readFileSync(file)).toEqual(before);
    expect(readdirSync(data)).toEqual(['hub.db']);
  });

  it('D2: a database whose old days are deleted is as good', async () => {
    await writeLivedDays(file, 6, 2);
    const { lines, isGood } = await given(verify());
    expect(isGood).toBe(true);
    expect(lines[2]).toContain('; 1 begin after deleted days');
    expect(lines.join('\n')).toContain('figures of 3 older days, whose events are deleted');
  });

  it.each([
    [
      'J1: an event that is not what its author wrote',
      `UPDATE events SET device_at = device_at + 1 WHERE seq = 5`,
      'PROBLEM (journal)',
    ],
    ['J1: an event that is no JSON any more', `UPDATE events SET payload = '{' WHERE seq = 5`, 'PROBLEM (journal)'],
    ['J1: a chain that is broken', `UPDATE events SET prev_hash = '${'0'.repeat(64)}' WHERE seq = 5`, 'is not chained'],
    [
      'J1: an event that is gone',
      'DELETE FROM order_rows WHERE position = 9; DELETE FROM events WHERE position = 9',
      'events are missing',
    ],
    [
      'O1: a row that is not what the hub wrote',
      'UPDATE order_rows SET effective_at = effective_at - 1 WHERE n = 4',
      'PROBLEM (order)',
    ],
    ['O1: a row that is gone', 'DELETE FROM order_rows WHERE n = 4', 'does not follow row 3'],
    ['O1: an epoch that goes back', 'UPDATE order_rows SET epoch = 9 WHERE n = 4', 'has epoch 1 after 9'],
  ])('%s: is told, with exit code 1', async (_, sql, expected) => {
    await writeLivedDays(file, 2);
    tamper(sql);
    const { lines, isGood } = await given(verify());
    expect(isGood).toBe(false);
    expect(lines.join('\n')).toContain(expected);
    expect(lines.at(-1)).toContain('docs/operations/recovery.md');
  });

  it('O7: a day that folds to another state than was on record when it closed is told', async () => {
    const store = openSqliteStore({ file, device: 'hub' as DeviceId, platform });
    const drafts = [
      { day: DAY, type: 'v1.DayOpened', payload: { day: DAY } },
      { day: DAY, type: 'v1.DayClosed', payload: { day: DAY, stateHash: 'f'.repeat(64) } },
    ];
    store.transact(() => {
      for (const { event, hash } of store.append(drafts, { deviceAt: 0, monoMs: 0 })) {
        const head = store.head(DAY);
        const { day, device, incarnation, seq } = event;
        const row = {
          day,
          n: head.n + 1,
          epoch: 1,
          device,
          incarnation,
          seq,
          eventHash: hash,
          receivedAt: 0,
          effectiveAt: 0,
        };
        store.appendOrder(row);
      }
    });
    store.close();
    const countedBy = (version: string) => {
      tamper(`INSERT OR REPLACE INTO day_statistics VALUES ('${DAY}', '{"countedBy":"${version}"}')`);
    };
    countedBy('0.0.1');
    const older = await given(verify());
    expect([older.isGood, older.lines.join('\n')]).toEqual([true, expect.stringContaining('by another version')]);
    countedBy(manifest.version);
    const { lines, isGood } = await given(verify());
    expect(isGood).toBe(false);
    expect(lines).toContain(`PROBLEM (state): ${DAY} does not fold to the state that was on record when it closed`);
  });

  it(`lists the first ${MAX_PROBLEMS} problems`, async () => {
    await writeLivedDays(file, 6);
    tamper(`UPDATE events SET device_at = device_at + 1`);
    const { lines } = await given(verify());
    expect(lines.filter((line) => line.startsWith('PROBLEM'))).toHaveLength(MAX_PROBLEMS);
    expect(lines.at(-2)).toContain(`the first ${MAX_PROBLEMS}`);
  });

  it.each([
    ['a folder that is not there', 'gone', 'does not exist: name the data folder'],
    ['a folder without a database', 'empty', 'holds no database of Aufruf'],
    ['a folder with several', 'two', 'name one of the files'],
    ['a file that is no database', 'two/a.db', 'restore a backup'],
  ])('%s: says what to name', async (_, place, expected) => {
    mkdirSync(join(folder, 'empty'));
    mkdirSync(join(folder, 'two'));
    for (const name of ['a.db', 'b.db']) writeFileSync(join(folder, 'two', name), 'no database at all');
    expect(await refusal(verify(join(folder, place)))).toContain(expected);
  });

  it('S2: garbage in the file is a report or a refusal, never a crash', async () => {
    await writeLivedDays(file, 3);
    const bytes = readFileSync(file);
    for (let page = 0; page * 4_096 < bytes.length; page += 1) {
      const damaged = Buffer.from(bytes);
      damaged.fill(0xa5, page * 4_096, (page + 1) * 4_096);
      writeFileSync(file, damaged);
      const done = await verify();
      expect(done.ok && done.value.isGood, `page ${page}`).toBe(false);
    }
  });
});

describe('backup and restore', () => {
  it('S4, J2: a backup holds everything, and is restored as a new incarnation', async () => {
    await writeLivedDays(file, 3);
    const copy = join(folder, 'copy.db');
    expect((await given(backup(copy))).lines[0]).toMatch(/copy\.db: [\d.]+ MB, \d+ events, 3 days\.$/);
    const { lines } = await given(restore(copy, join(folder, 'new')));
    expect(lines[0]).toMatch(`3 days, the last ${addDays(DAY, 2)}.`);
    const open = (of: string) => openSqliteStore({ file: join(of, 'hub.db'), device: 'hub' as DeviceId, platform });
    const [old, restored] = [open(data), open(join(folder, 'new'))];
    expect(restored.incarnation).not.toBe(old.incarnation);
    expect(restored.versionVector()).toEqual(old.versionVector());
    expect(restored.days().map((day) => restored.head(day))).toEqual(old.days().map((day) => old.head(day)));
    old.close();
    restored.close();
    expect((await given(verify(join(folder, 'new')))).isGood).toBe(true);
  });

  it('S4: into a folder, a backup gets a name that sorts by time', async () => {
    await writeLivedDays(file, 1);
    await given(backup(folder));
    expect(readdirSync(folder)).toContain('aufruf-hub-20261123T080000Z.db');
  });

  it('S4: nothing is overwritten, neither by a backup nor by a restore', async () => {
    await writeLivedDays(file, 1);
    const copy = join(folder, 'copy.db');
    await given(backup(copy));
    expect(await refusal(backup(copy))).toContain('exists already: a backup never overwrites anything');
    expect(await refusal(restore(copy, data))).toContain('is not an empty folder');
    expect(await refusal(backup(join(folder, 'none', 'copy.db')))).toContain('make it first');
    expect(await refusal(backup(join(data, 'hub.db', 'x')))).toContain('cannot be written');
  });

  it('S4: what is damaged is neither backed up nor restored', async () => {
    await writeLivedDays(file, 3);
    const copy = join(folder, 'copy.db');
    await given(backup(copy));
    const bytes = readFileSync(copy);
    writeFileSync(file, Buffer.from(bytes).fill(0xa5, 8_192, 20_480));
    expect(await refusal(backup(join(folder, 'another.db')))).toContain('Keep the older ones');
    tamper('UPDATE events SET device_at = 1 WHERE seq = 3', copy);
    expect(await refusal(restore(copy, join(folder, 'new')))).toContain('restore an older backup');
    writeFileSync(copy, 'nonsense');
    expect(await refusal(restore(copy, join(folder, 'new')))).toContain('no backup of a hub');
    expect(readdirSync(folder).sort()).toEqual(['copy.db', 'data']);
  });

  it('S4: a device is not restored: it fetches everything from its hub', async () => {
    const of = join(folder, 'kiosk-1.db');
    openSqliteStore({ file: of, device: 'kiosk-1' as DeviceId, platform }).close();
    expect(await refusal(restore(of, join(folder, 'new')))).toContain('a device is not restored');
    expect(await refusal(restore(folder, join(folder, 'new')))).toContain('is not a file');
    expect((await given(verify(of))).isGood).toBe(true);
  });

  it('S1: an app at work is not looked into; a hub that does not answer is told of', async () => {
    const of = join(folder, 'kiosk-1.db');
    const store = openSqliteStore({ file: of, device: 'kiosk-1' as DeviceId, platform });
    expect(await refusal(verify(of))).toContain('end it first');
    store.close();
    expect(copyRequest('/d', 'a'.repeat(32)).wanted).toMatch(/hub\.db\.wanted-a{32}$/);
  });
});

describe('statistics', () => {
  const wish: StatisticsWish = { from: null, to: null, format: 'json', counters: false };
  const days = async (over: Partial<StatisticsWish> = {}) =>
    z.array(dayStatisticsSchema).parse(JSON.parse(await given(statisticsTool(data, { ...wish, ...over }, platform))));

  it('D2: figures of all closed days, of deleted ones too, and none of the open day', async () => {
    await writeLivedDays(file, 6, 2);
    const all = await days();
    expect(all.map(({ day }) => day)).toEqual([0, 1, 2, 3, 4].map((n) => addDays(DAY, n)));
    for (const { services } of all) expect(services).toMatchObject([{ issued: 2, finished: 1, expired: 1 }]);
    expect(await days({ from: addDays(DAY, 1), to: addDays(DAY, 2) })).toEqual(all.slice(1, 3));
  });

  it('D2: figures that were taken back are counted when they are asked for', async () => {
    await writeLivedDays(file, 3);
    const before = await days();
    tamper('DELETE FROM day_statistics');
    expect(await days()).toEqual(before);
  });

  it('Statistics: no figure per counter unless it is asked for', async () => {
    await writeLivedDays(file, 2);
    expect((await days())[0]?.counters).toEqual([]);
    expect((await days({ counters: true }))[0]?.counters).toMatchObject([{ counterId: 'counter-1', called: 1 }]);
    const table = await given(statisticsTool(data, { ...wish, format: 'csv' }, platform));
    expect(table.split('\r\n')[1]).toContain(`test-office,${DAY},service,id-card,walkIn,,2,,1,0,0,0,1,0,1,0,`);
  });

  it('a damaged database gives no figures', async () => {
    await writeLivedDays(file, 2);
    writeFileSync(file, readFileSync(file).fill(0xa5, 8_192, 20_480));
    expect(await refusal(statisticsTool(data, wish, platform))).toContain('is damaged');
  });
});
