/** `npm start` as it is: real processes, real ports, real folders. */
import { type ChildProcess, type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSocketBridge } from '@aufruf/ui/bridge/socket-bridge';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { root } from './root.ts';
import { DEFAULT_LOCATION_FILE } from './start-options.ts';
import { findElectron } from './windows/find-electron.ts';

/** The first start of all builds the pages, on a machine that has other tests to run. */
const TIMEOUT_MS = 120_000;

/** An address of this machine where nobody listens. */
async function refusingAddress(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return `http://127.0.0.1:${port}/`;
}

interface Run {
  readonly child: ChildProcess;
  /** Standard output so far; resolves once it contains `text`, or the process has ended. */
  said(text: string): Promise<string>;
  /** Exit code and all output. */
  readonly ended: Promise<{ readonly code: number | null; readonly out: string; readonly error: string }>;
}

describe('npm start', { timeout: TIMEOUT_MS }, () => {
  let folder: string;
  let runs: Run[];
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'aufruf-start-'));
    runs = [];
  });
  afterEach(async () => {
    for (const { child, ended } of runs) {
      child.kill('SIGKILL');
      await ended;
    }
    rmSync(folder, { recursive: true });
  });

  /** Where there is always a desktop, nothing is to be opened on it. */
  const start = (...args: string[]): Run => startWith({}, ...args, '--no-open');

  function startWith(more: NodeJS.ProcessEnv, ...args: string[]): Run {
    const env = {
      ...process.env,
      INIT_CWD: folder,
      HOME: folder,
      XDG_DATA_HOME: join(folder, 'share'),
      DISPLAY: '',
      WAYLAND_DISPLAY: '',
      ...more,
    };
    return track(spawn(process.execPath, [join(import.meta.dirname, 'start.ts'), ...args], { env }));
  }

  function track(child: ChildProcessWithoutNullStreams): Run {
    let out = '';
    let error = '';
    child.stdout.on('data', (chunk: Buffer) => {
      out += chunk.toString();
    });
    child.stderr.on('data', (chunk: Buffer) => {
      error += chunk.toString();
    });
    const ended = new Promise<{ code: number | null; out: string; error: string }>((resolve) => {
      child.on('close', (code) => resolve({ code, out, error }));
    });
    const said = (text: string): Promise<string> =>
      new Promise((resolve) => {
        const look = (): void => {
          if (!out.includes(text)) return;
          child.stdout.off('data', look);
          resolve(out);
        };
        child.stdout.on('data', look);
        look();
        void ended.then(() => resolve(out));
      });
    const run = { child, said, ended };
    runs.push(run);
    return run;
  }
  const data = () => join(folder, 'data');
  const stop = async (run: Run, signal: NodeJS.Signals) => {
    const startedAt = performance.now();
    run.child.kill(signal);
    return { ...(await run.ended), tookMs: performance.now() - startedAt };
  };
  /** One clear line, exit code 1, no stack trace. */
  const oneLine = async (run: Run): Promise<string> => {
    const { code, out, error } = await run.ended;
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(error).toMatch(/^[^\n]+\n$/);
    return error;
  };

  it('prints three addresses that answer, and Ctrl-C stops everything within two seconds with exit code 0', async () => {
    const run = start('--port', '0', '--data', 'data', '--open-hours');
    const out = await run.said('Ctrl-C');
    const addresses = out.match(/http:\S+/g) ?? [];
    expect(addresses.map((address) => new URL(address).pathname)).toEqual(['/kiosk', '/display', '/counter']);
    for (const address of addresses) {
      const { pathname, port } = new URL(address);
      const page = await fetch(`http://127.0.0.1:${port}${pathname}`);
      expect({ status: page.status, type: page.headers.get('content-type') }).toEqual({
        status: 200,
        type: 'text/html; charset=utf-8',
      });
    }
    const { code, tookMs, error } = await stop(run, 'SIGINT');
    expect({ code, error }).toEqual({ code: 0, error: '' });
    expect(tookMs).toBeLessThan(2_000);
  });

  it.skipIf(process.platform !== 'linux' || findElectron().ok)(
    'no Electron and no way to it: one sentence, and the browser instead of windows',
    async () => {
      const browser = join(folder, 'xdg-open');
      writeFileSync(
        browser,
        `#!/bin/sh\necho "$@" > "${join(folder, 'opened.part')}"; mv "${join(folder, 'opened.part')}" "${join(folder, 'opened')}"\n`,
      );
      chmodSync(browser, 0o755);
      const env = { DISPLAY: ':99', PATH: `${folder}:${process.env.PATH}`, ELECTRON_MIRROR: await refusingAddress() };
      const run = startWith(env, '--port', '0', '--data', 'data');
      const out = await run.said('No windows');
      expect(out).toMatch(
        /^No windows, since Electron could not be fetched \(127\.0\.0\.1:\d+ does not answer\): the screens open in the browser\.$/m,
      );
      const opened = await vi.waitFor(() => readFileSync(join(folder, 'opened'), 'utf8'), { timeout: 5_000 });
      expect(opened.trim()).toBe(out.match(/http:\S+:\d+/)?.[0]);
      expect(await stop(run, 'SIGINT')).toMatchObject({ code: 0, error: '' });
    },
  );

  it('keeps data in a folder per user and location, and SIGTERM stops it too', async () => {
    const run = start('--port', '0');
    expect(await run.said('Ctrl-C')).toContain(`Data: ${join(folder, 'share', 'aufruf', 'hamburg-mitte')}`);
    const { code, tookMs } = await stop(run, 'SIGTERM');
    expect(code).toBe(0);
    expect(tookMs).toBeLessThan(2_000);
  });

  it('--demo brings visitors and clerks, and stops as quickly', async () => {
    const run = start('--port', '0', '--data', 'data', '--open-hours', '--demo');
    const url = (await run.said('Demo: simulated visitors come')).match(/http:\/\/localhost:\d+/)?.[0] ?? '';
    const office = openSocketBridge({ url, role: 'clerk' });
    await new Promise<void>((resolve) => {
      office.subscribe(
        'counterList',
        {},
        (list) => list?.counters.some(({ presence }) => presence === 'open') && resolve(),
      );
    });
    office.close();
    const { code, tookMs } = await stop(run, 'SIGINT');
    expect(code).toBe(0);
    expect(tookMs).toBeLessThan(2_000);
  });

  it('one Ctrl-C that arrives twice, from the terminal and from npm, still stops in good order', async () => {
    const run = start('--port', '0', '--data', 'data');
    await run.said('Ctrl-C');
    run.child.kill('SIGINT');
    expect((await stop(run, 'SIGINT')).code).toBe(0);
    // A database closed in good order leaves no write-ahead log behind.
    expect(readdirSync(data())).toEqual(['hub.db']);
  });

  it.skipIf(process.platform === 'win32')('stops when the shell that npm runs it in is killed', async () => {
    const bootstrap = join(root, 'tools', 'bootstrap.mjs');
    const line = `"${process.execPath}" "${bootstrap}" packages/dev/src/start.ts --port 0 --no-open --data "${data()}"; true`;
    const shell = track(
      spawn('sh', ['-c', line], { cwd: root, env: { ...process.env, npm_lifecycle_event: 'start' } }),
    );
    await shell.said('Ctrl-C');
    shell.child.kill('SIGKILL');
    // The output is closed only when the last process that could write to it has ended.
    await shell.ended;
    expect(readdirSync(data())).toEqual(['hub.db']);
  });

  it('a busy port: one clear line that says what to do', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const { port } = other.address() as AddressInfo;
    expect(await oneLine(start('--port', String(port), '--data', 'data'))).toBe(
      `Port ${port} is in use: choose another one with --port, or end the program that uses it.\n`,
    );
    await new Promise((resolve) => other.close(resolve));
  });

  it('without a port given a free one is taken where the usual one is busy', async () => {
    const first = start('--data', 'first');
    const second = start('--data', 'second');
    const port = (out: string) => new URL(out.match(/http:\S+/)?.[0] ?? '').port;
    expect(port(await first.said('Ctrl-C'))).not.toBe(port(await second.said('Ctrl-C')));
  });

  it('a second instance on the same data folder: one clear line', async () => {
    await start('--port', '0', '--data', 'data').said('Ctrl-C');
    for (const args of [[], ['--fresh']]) {
      expect(await oneLine(start('--port', '0', '--data', 'data', ...args))).toMatch(
        /^Another hub is working with the data folder .*--data\.\n$/,
      );
    }
  });

  it('an unwritable data folder: one clear line', async () => {
    writeFileSync(data(), 'a file');
    expect(await oneLine(start('--data', 'data'))).toMatch(/^The data folder .* is not a folder: .*--data\.\n$/);
    if (process.platform === 'linux') {
      expect(await oneLine(start('--data', '/proc/aufruf'))).toMatch(
        /^The data folder \/proc\/aufruf cannot be written .*--data\.\n$/,
      );
    }
  });

  it('a broken configuration names the path of the mistake and the expected value', async () => {
    const config = JSON.parse(readFileSync(DEFAULT_LOCATION_FILE, 'utf8'));
    config.services[0].durationMin = 'long';
    writeFileSync(join(folder, 'broken.json'), JSON.stringify(config));
    expect(await oneLine(start('--location', 'broken.json'))).toMatch(
      /broken\.json is wrong at services\[0\]\.durationMin: expected a whole number from 1 to 240\n$/,
    );
    expect(await oneLine(start('--location', 'gone.json'))).toMatch(
      /gone\.json does not exist: name a configuration file/,
    );
  });

  it('--fresh refuses a foreign folder: one clear line, nothing deleted', async () => {
    mkdirSync(data());
    writeFileSync(join(data(), 'thesis.odt'), 'years of work');
    expect(await oneLine(start('--fresh', '--data', 'data'))).toMatch(
      /holds "thesis\.odt", which is not Aufruf's: .*--data/,
    );
    expect(readFileSync(join(data(), 'thesis.odt'), 'utf8')).toBe('years of work');
  });

  it('an unknown option: one clear line; --help explains them all', async () => {
    expect(await oneLine(start('--prot', '4800'))).toBe("Unknown option '--prot'. See npm start -- --help\n");
    const { code, out } = await start('--help').ended;
    expect(code).toBe(0);
    expect(out).toContain('--open-hours');
  });
});
