import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRandom } from '@aufruf/engine/platform/seeded-random';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { afterPowerLoss, type DiskStep, type Fate, readTrace } from './disk-trace.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'aufruf-trace-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const hex = (text: string) => [...Buffer.from(text)].map((byte) => `\\x${byte.toString(16).padStart(2, '0')}`).join('');
const write = (file: string, at: number, text: string): DiskStep => ({
  type: 'write',
  file,
  at,
  bytes: Buffer.from(text),
});
const synced = (file: string): DiskStep => ({ type: 'synced', file });

describe('readTrace', () => {
  it('reads writes, syncs, removals and what was said, also where threads interleave', () => {
    const path = (name: string) => `</data/${name}>`;
    writeFileSync(
      join(folder, 'trace'),
      [
        `10 pwrite64(20${path('hub.db-wal')}, "${hex('frame')}", 5, 32) = 5`,
        `10 fdatasync(20${path('hub.db-wal')} <unfinished ...>`,
        `11 write(2<pipe:[7]>, "${hex('a log line')}", 10) = 10`,
        '10 <... fdatasync resumed>)          = 0',
        `10 write(1<socket:[8]>, "${hex('{"kind":"printed"}\n')}", 19) = 19`,
        `10 pwrite64(21</elsewhere/x>, "${hex('not ours')}", 8, 0) = 8`,
        `10 ftruncate(19${path('hub.db')}, 4096) = 0`,
        `10 unlink("${hex('/data/hub.db-wal')}") = 0`,
        `10 pwrite64(20${path('hub.db-wal')}, "${hex('failed')}", 6, 0) = -1 ENOSPC (No space left on device)`,
      ].join('\n'),
    );
    expect(readTrace(join(folder, 'trace'), '/data')).toEqual([
      write('hub.db-wal', 32, 'frame'),
      synced('hub.db-wal'),
      { type: 'said', line: '{"kind":"printed"}' },
      { type: 'truncate', file: 'hub.db', size: 4_096 },
      { type: 'remove', file: 'hub.db-wal' },
    ]);
  });
});

describe('afterPowerLoss', () => {
  const steps = [
    write('db', 0, 'aaaa'),
    synced('db'),
    write('db', 2, 'bb'),
    write('wal', 0, 'w'.repeat(2_000)),
    { type: 'said', line: 'x' } as const,
    synced('wal'),
  ];
  const left = (count: number, fate: Fate, seed = 1) => {
    const into = join(folder, `${count}-${fate}-${seed}`);
    afterPowerLoss(steps, count, fate, createRandom(seed), into);
    return Object.fromEntries(
      readdirSync(into).map((name) => [name, readFileSync(join(into, name)).toString('latin1')]),
    );
  };

  it('keeps what a sync of that file has covered, and of the rest all, nothing, or whole sectors', () => {
    expect(left(1, 'lost')).toEqual({});
    expect(left(5, 'lost')).toEqual({ db: 'aaaa' });
    expect(left(5, 'kept')).toEqual({ db: 'aabb', wal: 'w'.repeat(2_000) });
    expect(left(6, 'lost')).toEqual({ db: 'aaaa', wal: 'w'.repeat(2_000) });
    const scrambled = new Set(Array.from({ length: 40 }, (_, seed) => JSON.stringify(left(5, 'scrambled', seed + 2))));
    expect(scrambled.size).toBeGreaterThan(4);
    for (const outcome of scrambled) expect(JSON.parse(outcome).db).toMatch(/^aa(aa|bb|ab|ba)$/);
  });
});
