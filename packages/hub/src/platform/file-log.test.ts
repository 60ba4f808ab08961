import { mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createJsonLog } from '@aufruf/engine/platform/json-log';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type FileLog, type FileLogOptions, LOG_FILES, openFileLog } from './file-log.ts';

describe('file log', () => {
  let folder: string;
  let open: FileLog[];
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'aufruf.log-'));
    open = [];
  });
  afterEach(async () => {
    for (const log of open) await log.close();
    rmSync(folder, { recursive: true });
  });
  async function start(options: Partial<FileLogOptions> = {}) {
    const log = await openFileLog({
      folder,
      level: 'info',
      onFault: (error) => {
        throw error;
      },
      ...options,
    });
    open.push(log);
    return log.log;
  }
  const number = (file: string) => Number(/\d+/.exec(file)?.[0]);
  const files = () => readdirSync(folder).sort((a, b) => number(a) - number(b));
  const lines = () =>
    files()
      .flatMap((file) => readFileSync(join(folder, file), 'utf8').split('\n'))
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as Record<string, unknown>);

  it('a line is on the disk as soon as it is logged, and looks like one of the terminal', async () => {
    const log = await start();
    const fields = { port: 4700, event: { name: 'Ada Lovelace' }, message: 'false', error: new RangeError('inner') };
    log.info('hub\nstarted', fields);
    const terminal: string[] = [];
    createJsonLog({ level: 'info', now: () => 0, write: (line) => terminal.push(line) }).info('hub\nstarted', fields);
    const [line] = lines();
    expect({ ...line, at: '' }).toEqual({ ...JSON.parse(terminal[0] ?? ''), at: '' });
    expect(Math.abs(Date.parse(String(line?.at)) - Date.now())).toBeLessThan(60_000);
    expect(JSON.stringify(line)).not.toContain('Ada');
  });

  it('writes its level and all above', async () => {
    const log = await start({ level: 'warn' });
    for (const level of ['debug', 'info', 'warn', 'error'] as const) log[level](level);
    expect(lines().map(({ message }) => message)).toEqual(['warn', 'error']);
  });

  it(`begins a new file where one is full, keeps ${LOG_FILES}, those of earlier runs counted, and loses no line`, async () => {
    for (let i = 1; i <= LOG_FILES; i++) writeFileSync(join(folder, `hub.${i}.log`), '');
    writeFileSync(join(folder, 'notes.txt'), 'not a log');
    const log = await start({ fileSize: '1k' });
    // About three lines fill a file; the next one is begun at the end of the turn.
    for (let i = 0; i < 12; i++) {
      log.info(`line ${i}`, { padding: 'x'.repeat(300) });
      await new Promise(setImmediate);
    }
    await vi.waitFor(() => expect(files().filter((name) => name.endsWith('.log'))).toHaveLength(LOG_FILES));
    expect(files()).not.toContain('hub.1.log');
    rmSync(join(folder, 'notes.txt'));
    expect(lines().map(({ message }) => message)).toEqual(Array.from({ length: 12 }, (_, i) => `line ${i}`));
  });

  it('goes on in the file of the run before', async () => {
    (await start()).info('first run');
    await open.pop()?.close();
    (await start()).info('second run');
    expect(files()).toEqual(['hub.1.log']);
    expect(lines().map(({ message }) => message)).toEqual(['first run', 'second run']);
  });

  it.skipIf(process.platform !== 'linux')('a full disk is told once, and stops nobody', async () => {
    symlinkSync('/dev/full', join(folder, 'hub.1.log'));
    const faults: string[] = [];
    const log = await start({ onFault: (error) => faults.push(error.message) });
    log.info('one');
    log.info('two');
    expect(faults).toEqual([expect.stringContaining('ENOSPC')]);
  });
});
