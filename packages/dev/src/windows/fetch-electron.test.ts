/** The package's own install script, and scripts in its place that hang or fail; servers are this machine's own. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fetchElectron } from './fetch-electron.ts';
import { electronFolder } from './find-electron.ts';

describe('fetchElectron', () => {
  let folder: string;
  let server: Server;
  let mirror: string;
  let asked: string[];
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'aufruf-fetch-'));
    asked = [];
    server = createServer((request, response) => {
      asked.push(`${request.method} ${request.url}`);
      response.writeHead(404).end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    mirror = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  });
  afterEach(async () => {
    await closeServer();
    rmSync(folder, { recursive: true });
  });
  const closeServer = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  const script = (source: string) => writeFileSync(join(folder, 'install.js'), source);
  let begun: number;
  const run = (
    more: {
      readonly withinMs?: number;
      readonly signal?: AbortSignal;
      readonly from?: string;
      readonly probeWithinMs?: number;
    } = {},
  ) => {
    begun = 0;
    const { from = folder, signal = new AbortController().signal, ...rest } = more;
    const env = {
      PATH: process.env.PATH,
      ELECTRON_MIRROR: mirror,
      electron_config_cache: join(folder, 'cache'),
      SAYS: join(folder, 'says'),
    };
    return fetchElectron({ folder: from, env, signal, onBegin: () => (begun += 1), ...rest });
  };

  it('runs the script, and tells that it begins', async () => {
    script("require('fs').writeFileSync(process.env.SAYS, 'ran')");
    expect(await run()).toEqual({ ok: true, value: null });
    expect(begun).toBe(1);
    expect(readFileSync(join(folder, 'says'), 'utf8')).toBe('ran');
  });

  it('a server that refuses: the script is not even started', async () => {
    script("require('fs').writeFileSync(process.env.SAYS, 'ran')");
    await closeServer();
    const host = new URL(mirror).host;
    expect(await run()).toEqual({ ok: false, refusal: { type: 'notFetched', reason: `${host} does not answer` } });
    expect(begun).toBe(0);
    expect(() => readFileSync(join(folder, 'says'))).toThrow();
  });

  it('a server that says nothing is not waited for', async () => {
    script("require('fs').writeFileSync(process.env.SAYS, 'ran')");
    server.removeAllListeners('request');
    expect(await run({ probeWithinMs: 100 })).toMatchObject({
      refusal: { reason: expect.stringMatching(/does not answer$/) },
    });
    expect(begun).toBe(0);
  });

  it("the package's own script fails in one line where the server has no such file", async () => {
    const answer = await run({ from: electronFolder() ?? '' });
    expect(answer).toMatchObject({ ok: false, refusal: { type: 'notFetched' } });
    const reason = answer.ok ? '' : answer.refusal.reason;
    expect(reason).toMatch(/^its install script failed: .*404/);
    expect(reason).not.toContain('\n');
    expect(asked.some((line) => /^GET .*electron-v[\d.]+-/.test(line))).toBe(true);
  });

  it('a script that hangs is ended when its time is over, even one that does not listen', async () => {
    script(
      "process.on('SIGTERM', () => {}); require('fs').writeFileSync(process.env.SAYS, String(process.pid)); setInterval(() => {}, 1e6)",
    );
    expect(await run({ withinMs: 1_000 })).toEqual({
      ok: false,
      refusal: { type: 'notFetched', reason: 'its download took longer than 1 s' },
    });
    const pid = Number(readFileSync(join(folder, 'says'), 'utf8'));
    expect(() => process.kill(pid, 0)).toThrow();
  });

  it('whoever leaves does not wait for it', async () => {
    script('setInterval(() => {}, 1e6)');
    const leaving = new AbortController();
    const answer = run({ signal: leaving.signal });
    leaving.abort();
    expect(await answer).toMatchObject({ ok: false });
  });
});
