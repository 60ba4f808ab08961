/** `npm run hub` as it is: real processes, real ports, real folders. */
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { tinyLocation } from './test/tiny-location.ts';

interface Run {
  readonly child: ChildProcessWithoutNullStreams;
  /** Resolves with standard output once the hub is up. */
  readonly up: Promise<string>;
  readonly ended: Promise<{ readonly code: number | null; readonly out: string; readonly error: string }>;
}

describe('npm run hub', { timeout: 60_000 }, () => {
  let folder: string;
  let runs: Run[];
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'aufruf cli-'));
    writeFileSync(join(folder, 'tiny.json'), JSON.stringify(tinyLocation));
    runs = [];
  });
  afterEach(async () => {
    for (const { child, ended } of runs) {
      child.kill('SIGKILL');
      await ended;
    }
    rmSync(folder, { recursive: true });
  });

  function start(args: readonly string[], env: NodeJS.ProcessEnv = {}, nodeArgs: readonly string[] = []): Run {
    const home = { INIT_CWD: folder, HOME: folder, XDG_DATA_HOME: '', XDG_STATE_HOME: '' };
    const child = spawn(process.execPath, [...nodeArgs, join(import.meta.dirname, 'cli.ts'), ...args], {
      env: { ...process.env, ...home, ...env },
    });
    let out = '';
    let error = '';
    child.stderr.on('data', (chunk: Buffer) => {
      error += chunk.toString();
    });
    const ended = new Promise<{ code: number | null; out: string; error: string }>((resolve) => {
      child.on('close', (code) => resolve({ code, out, error }));
    });
    const up = new Promise<string>((resolve, reject) => {
      child.stdout.on('data', (chunk: Buffer) => {
        out += chunk.toString();
        if (out.includes('Log: ')) resolve(out);
      });
      void ended.then(() => reject(new Error(`the hub ended: ${error}`)));
    });
    up.catch(() => {});
    const run = { child, up, ended };
    runs.push(run);
    return run;
  }
  const urlOf = (out: string) => /http:\S+/.exec(out)?.[0] ?? '';
  const logLines = (file = join(folder, 'log', 'hub.1.log')) =>
    readFileSync(file, 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
  /** Clear lines, exit code 1, no stack trace. */
  const refusalOf = async (run: Run): Promise<string> => {
    const { code, out, error } = await run.ended;
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(error).not.toMatch(/\n\s+at /);
    return error;
  };

  it('starts by its environment alone, tells its health, and SIGTERM ends it in good order', async () => {
    const run = start([], { AUFRUF_LOCATION: 'tiny.json', AUFRUF_PORT: '0', AUFRUF_DATA: 'data', AUFRUF_LOG: 'log' });
    const out = await run.up;
    expect(out).toContain(`Data: ${join(folder, 'data')}\nLog: ${join(folder, 'log')}\n`);
    const health = await fetch(`${urlOf(out)}/health`);
    expect({ status: health.status, body: await health.json() }).toMatchObject({ status: 200, body: { epoch: 1 } });
    run.child.kill('SIGTERM');
    expect(await run.ended).toMatchObject({ code: 0, error: '' });
    // A database closed in good order leaves no write-ahead log behind.
    expect(readdirSync(join(folder, 'data'))).toEqual(['hub.db']);
    expect(logLines().map(({ message }) => message)).toEqual(['the hub is up', 'the hub has stopped']);
    expect(logLines()[0]).toMatchObject({ level: 'info', location: 'tiny', epoch: 1 });
  });

  it('keeps data and log in folders per user and location', async () => {
    const out = await start(['--location', 'tiny.json', '--port', '0']).up;
    expect(out).toContain(`Data: ${join(folder, '.local', 'share', 'aufruf', 'tiny')}\n`);
    expect(logLines(join(folder, '.local', 'state', 'aufruf', 'tiny', 'log', 'hub.1.log'))).toHaveLength(1);
  });

  it('--log - writes to standard error, for whoever collects it', async () => {
    const run = start([
      '--location',
      'tiny.json',
      '--port',
      '0',
      '--data',
      'data',
      '--log',
      '-',
      '--log-level',
      'info',
    ]);
    await run.up;
    run.child.kill('SIGINT');
    const { error } = await run.ended;
    expect(JSON.parse(error.split('\n')[0] ?? '')).toMatchObject({ message: 'the hub is up' });
    expect(readdirSync(folder).sort()).toEqual(['data', 'tiny.json']);
  });

  it('a busy port: a clear line, logged too, and no other port is taken', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const { port } = other.address() as AddressInfo;
    const run = start(['--location', 'tiny.json', '--port', String(port), '--data', 'data', '--log', 'log']);
    expect(await refusalOf(run)).toMatch(/^Port \d+ is in use: [^\n]+\n$/);
    expect(logLines()[0]).toMatchObject({ level: 'error', line: expect.stringContaining('is in use') });
    await new Promise((resolve) => other.close(resolve));
  });

  it.each([
    ['no location', [], /^--location or AUFRUF_LOCATION is needed: [^\n]+\n$/],
    ['a location file that is gone', ['--location', 'gone.json'], /^The location file .*gone\.json does not exist/],
    [
      'a log folder that is a file',
      ['--location', 'tiny.json', '--log', 'tiny.json'],
      /^The log folder .* not a folder/,
    ],
    [
      'an option of npm start alone',
      ['--location', 'tiny.json', '--demo'],
      /^Unknown option '--demo'\. See npm run hub/,
    ],
  ])('%s: a clear line', async (_what, args, expected) => {
    expect(await refusalOf(start(args))).toMatch(expected);
  });

  it.skipIf(process.platform === 'win32')('an unforeseen fault is logged, and ends it with exit code 2', async () => {
    const plant = 'data:text/javascript,process.on("SIGUSR2", () => { throw new Error("planted") })';
    const args = ['--location', 'tiny.json', '--port', '0', '--data', 'data', '--log', 'log'];
    const run = start(args, {}, ['--import', plant]);
    await run.up;
    run.child.kill('SIGUSR2');
    expect(await run.ended).toMatchObject({ code: 2, error: 'The hub broke: planted\n' });
    expect(logLines().at(-1)).toMatchObject({ message: 'the hub broke', error: { message: 'planted' } });
  });

  it('S4: checks, copies and counts while the hub works; restores into a new folder; the hub goes on from there', async () => {
    const hubArgs = (data: string) => ['--location', 'tiny.json', '--port', '0', '--data', data, '--log', 'log'];
    const run = start(hubArgs('data'));
    await run.up;
    const done = async (...args: string[]) => {
      const ended = await start(args).ended;
      expect({ code: ended.code, error: ended.error }).toEqual({ code: 0, error: '' });
      return ended.out;
    };
    expect(await done('verify', 'data')).toMatch(/as the hub, which is working, has just copied it[\s\S]*All is well/);
    expect(await done('backup', 'data', 'copy.db')).toContain('copied while the hub works');
    expect(await done('statistics', 'data')).toMatch(/^location,day,/);
    // Nothing is left of the copies, and the hub has noticed nothing.
    expect(readdirSync(join(folder, 'data')).sort()).toEqual(['hub.db', 'hub.db-wal']);
    expect(await refusalOf(start(['restore', 'copy.db', 'data']))).toContain('is not an empty folder');
    await done('restore', 'copy.db', 'new');
    run.child.kill('SIGKILL');
    await run.ended;
    expect(await done('verify', 'data')).toContain('All is well');
    const restored = start(hubArgs('new'));
    expect(await restored.up).toContain('is up');
  });

  it.skipIf(process.platform === 'win32')(
    'S4: a hub that hangs is told of, and its database is left alone',
    async () => {
      const run = start(['--location', 'tiny.json', '--port', '0', '--data', 'data', '--log', 'log']);
      await run.up;
      run.child.kill('SIGSTOP');
      expect(await refusalOf(start(['verify', 'data']))).toMatch(/^The hub that works with .* does not answer/);
      run.child.kill('SIGCONT');
      expect(readdirSync(join(folder, 'data')).sort()).toEqual(['hub.db', 'hub.db-wal']);
    },
  );

  it('--help explains it', async () => {
    expect(await start(['--help']).ended).toMatchObject({ code: 0, out: expect.stringContaining('AUFRUF_LOCATION') });
  });
});
