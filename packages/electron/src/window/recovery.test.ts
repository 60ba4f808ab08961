import { beforeEach, describe, expect, it } from 'vitest';
import { MAX_PAUSE_MS } from '../backoff.ts';
import { createFakeContents } from '../test/fake-electron.ts';
import { createTestShellPlatform, type TestShellPlatform } from '../test/test-shell-platform.ts';
import { recoverPage, UNRESPONSIVE_PATIENCE_MS } from './recovery.ts';

describe('recoverPage', () => {
  let platform: TestShellPlatform;
  let contents: ReturnType<typeof createFakeContents>;
  let loads: number;
  beforeEach(() => {
    platform = createTestShellPlatform();
    contents = createFakeContents(() => '');
    loads = 0;
    const load = () => {
      loads += 1;
    };
    recoverPage(contents, { platform, load });
  });
  const crash = (reason = 'crashed') => contents.emit('render-process-gone', {}, { reason, exitCode: 1 });

  it.each(['crashed', 'oom', 'killed', 'launch-failed', 'abnormal-exit'])(
    'a page that is gone (%s) is back at once',
    (reason) => {
      crash(reason);
      platform.advance(500);
      expect(loads).toBe(1);
    },
  );

  it('a page that keeps crashing is loaded again and again, each time within five seconds', () => {
    for (let times = 1; times <= 20; times += 1) {
      crash();
      platform.advance(MAX_PAUSE_MS);
      expect(loads).toBe(times);
    }
    expect(MAX_PAUSE_MS).toBeLessThan(5_000);
  });

  it('a page that ends with its window is left alone', () => {
    crash('clean-exit');
    platform.advance(60_000);
    expect(loads).toBe(0);
  });

  it('a page that hangs is ended and loaded anew within five seconds', () => {
    contents.emit('unresponsive');
    platform.advance(UNRESPONSIVE_PATIENCE_MS - 1);
    expect(contents.crashes).toBe(0);
    platform.advance(1);
    expect(contents.crashes).toBe(1);
    platform.advance(5_000 - UNRESPONSIVE_PATIENCE_MS);
    expect(loads).toBe(1);
  });

  it('a page that comes back by itself is left alone', () => {
    contents.emit('unresponsive');
    platform.advance(UNRESPONSIVE_PATIENCE_MS - 1);
    contents.emit('responsive');
    platform.advance(60_000);
    expect([contents.crashes, loads]).toEqual([0, 0]);
  });

  it('a page that cannot be loaded is tried again; one replaced by another load is not', () => {
    contents.emit('did-fail-load', {}, -3, 'ERR_ABORTED', 'app://kiosk/index.html', true);
    contents.emit('did-fail-load', {}, -6, 'ERR_FILE_NOT_FOUND', 'app://kiosk/frame.html', false);
    platform.advance(60_000);
    expect(loads).toBe(0);
    contents.emit('did-fail-load', {}, -2, 'ERR_FAILED', 'app://kiosk/index.html', true);
    platform.advance(500);
    expect(loads).toBe(1);
  });

  it('a window that is closed is not loaded any more', () => {
    crash();
    contents.emit('destroyed');
    platform.advance(60_000);
    expect(loads).toBe(0);
  });
});
