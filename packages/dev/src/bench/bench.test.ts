/** The whole bench, small: that it measures and says what it should. What the figures are is another machine's business. */
import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { BenchReport } from './bench-report.ts';

function run(...args: string[]): Promise<{ code: number | null; out: string; err: string; pid: number | undefined }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join(import.meta.dirname, 'bench.ts'), ...args], { stdio: 'pipe' });
    let out = '';
    let err = '';
    child.stdout.on('data', (data: Buffer) => {
      out += data.toString();
    });
    child.stderr.on('data', (data: Buffer) => {
      err += data.toString();
    });
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, out, err, pid: child.pid }));
  });
}

describe('npm run bench', () => {
  it('measures every figure, compares it with the raw ones of the same run, and tidies up', {
    timeout: 180_000,
  }, async () => {
    const before = readdirSync(tmpdir()).filter((name) => name.startsWith('aufruf-bench-'));
    const { code, out, err } = await run('--quick', '--no-browser', '--json');
    expect(err.split('\n').filter((line) => line !== '' && !line.startsWith('bench: '))).toEqual([]);
    expect(code).toBe(0);
    const after = readdirSync(tmpdir()).filter((name) => name.startsWith('aufruf-bench-'));
    expect(after.filter((name) => !before.includes(name))).toEqual([]);

    const report: BenchReport = JSON.parse(out);
    expect(report.devices).toBe(5);
    expect(report.notes.join()).toContain('--no-browser');
    const { figures } = report;
    for (const { name, p50, p99, count } of figures) {
      expect(p50, name).toBeGreaterThan(0);
      expect(p99, name).toBeGreaterThanOrEqual(p50);
      expect(count, name).toBeGreaterThan(0);
    }
    const of = (name: string) => figures.find((figure) => figure.name.startsWith(name));
    expect(of('raw: 300 bytes')).toMatchObject({ unit: 'ms', count: 3, ratios: [], limit: null });
    for (const mode of ['web mode', 'device']) {
      expect(of(`${mode}: tap until`)).toMatchObject({ count: 3, limit: { text: expect.stringContaining('fsync') } });
      expect(of(`${mode}: "next" until the clerk`)?.ratios.map(({ to }) => to)).toEqual([
        'raw round trip',
        'raw fsync',
        'raw commit',
      ]);
      expect(of(`${mode}: "next" until the last of 2 displays`)?.ratios[0]?.to).toBe('raw broadcast to 5');
    }
    expect(of('hub: process start until')).toMatchObject({ unit: 'ms', count: 1 });
    expect(of('hub: memory with 5 devices')?.unit).toBe('MB');
    expect(of('a new device fetches 4')).toMatchObject({ unit: 's', limit: { text: 'less than 5 s' } });
    expect(figures.filter(({ name }) => name.startsWith('cost of an event at'))).toHaveLength(2);
    expect(figures.filter(({ name }) => name.includes('5 devices come back at once'))).toMatchObject([
      { unit: 'ms', limit: { text: expect.stringContaining('p99') } },
      { unit: 's', count: 1 },
    ]);
  });

  it.each([['--fast'], ['--only', 'weather']])(
    'refuses an unknown option in one line: %s',
    { timeout: 30_000 },
    async (...args) => {
      const { code, out, err } = await run(...args);
      expect([code, out]).toEqual([1, '']);
      expect(err).toMatch(new RegExp(`^bench: [^\\n]*${args.at(-1)}[^\\n]*\\n$`));
    },
  );

  it('measures a part alone', { timeout: 60_000 }, async () => {
    const { code, out } = await run('--quick', '--json', '--only', 'start');
    const report: BenchReport = JSON.parse(out);
    expect([code, report.figures.map(({ name }) => name)]).toEqual([0, ['hub: process start until /health is ok']]);
  });
});
