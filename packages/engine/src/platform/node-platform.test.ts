import { spawnSync } from 'node:child_process';
import { commandIdSchema, incarnationSchema } from '@aufruf/shared/lib/ids';
import { describe, expect, it } from 'vitest';
import { createNodePlatform, MAX_DELAY_MS } from './node-platform.ts';

describe('node platform', () => {
  it('T1: has a monotonic clock in whole milliseconds that is not the wall clock', () => {
    const { monoMs, now } = createNodePlatform();
    const first = monoMs();
    expect(Number.isInteger(first) && first >= 0).toBe(true);
    expect(monoMs()).toBeGreaterThanOrEqual(first);
    expect(Math.abs(now() - Date.now())).toBeLessThan(60_000);
  });

  it('J2: makes valid ids, each once', () => {
    const { newCommandId, newIncarnation } = createNodePlatform();
    const incarnations = Array.from({ length: 100 }, () => incarnationSchema.parse(newIncarnation()));
    const commandIds = Array.from({ length: 100 }, () => commandIdSchema.parse(newCommandId()));
    expect(new Set<string>([...incarnations, ...commandIds]).size).toBe(200);
  });

  it('runs scheduled work, and not what was cancelled', async () => {
    const { schedule } = createNodePlatform();
    const runs: string[] = [];
    const cancel = schedule(0, () => runs.push('cancelled'));
    cancel();
    await new Promise<void>((resolve) => {
      schedule(-5, () => runs.push('overdue'));
      schedule(1, resolve);
      // The timers are unref'd; something has to keep the process alive until they ran. The test runner does.
    });
    expect(runs).toEqual(['overdue']);
  });

  it('takes a delay as long as a timer can be, and refuses a longer one', () => {
    const { schedule } = createNodePlatform();
    schedule(MAX_DELAY_MS, () => {})();
    expect(() => schedule(MAX_DELAY_MS + 1, () => {})).toThrow('cannot schedule');
    expect(() => schedule(Number.NaN, () => {})).toThrow('cannot schedule');
  });

  it('does not keep a stopped process alive for a timer, and logs to standard error', () => {
    const module = new URL('./node-platform.ts', import.meta.url).href;
    const script = `const { createNodePlatform } = await import('${module}');
      const platform = createNodePlatform();
      platform.schedule(600_000, () => {});
      platform.log.info('still here');`;
    const { status, stderr, stdout } = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
      encoding: 'utf8',
      timeout: 20_000,
    });
    expect([status, stdout]).toEqual([0, '']);
    expect(JSON.parse(stderr)).toMatchObject({ level: 'info', message: 'still here' });
  });

  it('hashes the UTF-8 bytes of a text', () => {
    expect(createNodePlatform().sha256('Straße')).toBe(
      '58a3778c18c41726cd53c2a4c77dcbed8512f962d7e616717abee95ca41d0029',
    );
  });
});
