import { type ChildProcess, spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const LOCK = { 'node_modules/a': { version: '1.0.0' }, 'node_modules/b': { version: '1.0.0', optional: true } };

describe('bootstrap', () => {
  let folder: string;

  beforeEach(() => {
    // A space, because that is where start scripts break.
    folder = mkdtempSync(join(tmpdir(), 'aufruf boot-'));
    mkdirSync(join(folder, 'tools'));
    cpSync(join(import.meta.dirname, 'bootstrap.mjs'), join(folder, 'tools', 'bootstrap.mjs'));
    put('package-lock.json', { packages: { '': {}, 'packages/x': {}, ...LOCK } });
    put('entry.ts', "const words: string[] = process.argv.slice(2);\nconsole.log('entry', JSON.stringify(words));");
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  function put(file: string, content: unknown) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), typeof content === 'string' ? content : JSON.stringify(content));
  }
  const installed = (packages: object) => put('node_modules/.package-lock.json', { packages });

  /** Stands in for npm: notes how it was called, then does as told. */
  function npm(script: string) {
    put('npm/npm-cli.js', `require('fs').writeFileSync('called', process.argv.slice(2).join(' '));\n${script}`);
  }
  const npmWasCalledWith = () => {
    try {
      return readFileSync(join(folder, 'called'), 'utf8');
    } catch {
      return null;
    }
  };

  function start(...args: string[]): ChildProcess {
    const { NODE_COMPILE_CACHE: _, ...inherited } = process.env;
    const env = { ...inherited, npm_execpath: join(folder, 'npm', 'npm-cli.js') };
    return spawn(process.execPath, [join(folder, 'tools', 'bootstrap.mjs'), ...args], { cwd: tmpdir(), env });
  }
  function ended(child: ChildProcess): Promise<{ code: number | null; output: string }> {
    let output = '';
    child.stdout?.on('data', (chunk) => (output += chunk));
    child.stderr?.on('data', (chunk) => (output += chunk));
    return new Promise((done) => child.on('close', (code) => done({ code, output })));
  }

  it('hands arguments over as they are, and the exit code back', async () => {
    installed(LOCK);
    expect(await ended(start('entry.ts', '--location', 'a b', '--'))).toEqual({
      code: 0,
      output: 'entry ["--location","a b","--"]\n',
    });
    put('entry.ts', 'process.exit(7);');
    expect((await ended(start('entry.ts'))).code).toBe(7);
  });

  it('lets Node keep what it has read, where nothing is installed or served from', async () => {
    installed(LOCK);
    put('entry.ts', 'console.log(process.env.NODE_COMPILE_CACHE);');
    const kept = join(folder, 'node_modules', '.cache', 'node');
    expect((await ended(start('entry.ts'))).output).toBe(`${kept}\n`);
    expect(existsSync(kept)).toBe(true);
  });

  it('starts without that where there is no place for it', async () => {
    installed(LOCK);
    put('node_modules/.cache', 'a file');
    put('entry.ts', 'console.log(process.env.NODE_COMPILE_CACHE);');
    expect(await ended(start('entry.ts'))).toEqual({ code: 0, output: 'undefined\n' });
  });

  it('does not install what is there, optional packages of other machines aside', async () => {
    npm('');
    installed({ 'node_modules/a': { version: '1.0.0' }, 'packages/x': {} });
    expect((await ended(start('entry.ts'))).code).toBe(0);
    expect(npmWasCalledWith()).toBeNull();
  });

  it.each([
    ['nothing is installed', null],
    ['a package is missing', {}],
    ['a package has another version', { 'node_modules/a': { version: '2.0.0' } }],
    ['there is a package too many', { ...LOCK, 'node_modules/c': { version: '1.0.0' } }],
  ])('installs, in one line, when %s', async (_when, packages) => {
    if (packages) installed(packages);
    npm("console.error('npm warn EBADENGINE');");
    const { code, output } = await ended(start('entry.ts'));
    expect(npmWasCalledWith()).toMatch(/^ci --include=dev --include=optional /);
    expect(output).toMatch(/^Installing dependencies .* done in \d+ s\nentry \[\]\n$/);
    expect(code).toBe(0);
  });

  it('shows what npm said when it fails, and starts nothing', async () => {
    npm("console.error('npm error disk full'); process.exit(1);");
    const { code, output } = await ended(start('entry.ts'));
    expect(output).toContain('npm error disk full');
    expect(output).not.toContain('entry');
    expect(code).toBe(1);
  });

  it('names a missing network', async () => {
    npm("console.error('npm error code ENOTFOUND'); process.exit(1);");
    expect((await ended(start('entry.ts'))).output).toContain('no way to the npm registry');
  });

  it.skipIf(process.platform === 'win32')('passes a signal on and stays until the child has ended', async () => {
    installed(LOCK);
    put(
      'entry.ts',
      "process.on('SIGTERM', () => setTimeout(() => { console.log('tidied up'); process.exit(3); }, 50));\n" +
        "setInterval(() => {}, 1000);\nconsole.log('up');",
    );
    const child = start('entry.ts');
    const end = ended(child);
    await new Promise((up) => child.stdout?.once('data', up));
    child.kill('SIGTERM');
    expect(await end).toEqual({ code: 3, output: 'up\ntidied up\n' });
  });
});
