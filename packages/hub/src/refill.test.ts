import { createTestPlatform } from '@aufruf/engine/platform/test-platform';
import type { VersionVector } from '@aufruf/shared/sync/order';
import { describe, expect, it } from 'vitest';
import { createRefill, HELLO_WAIT_MS, REFILL_QUIET_MS } from './refill.ts';

function open(waitMs: number) {
  const platform = createTestPlatform({ now: 0, seed: 1 });
  let held: VersionVector = {};
  let began = 0;
  const refill = createRefill({
    store: { versionVector: () => held },
    platform,
    waitMs,
    onDeciding: () => {
      began += 1;
    },
  });
  const hold = (next: VersionVector) => {
    held = next;
    refill.noteProgress();
  };
  return { platform, refill, hold, began: () => began };
}

describe('when a hub decides', () => {
  it('O3: at once where nothing can have been lost', () => {
    const { refill, platform, began } = open(0);
    expect(refill.isDeciding()).toBe(true);
    refill.announce({ 'kiosk-1/a': 900 });
    platform.advance(HELLO_WAIT_MS);
    expect([refill.isDeciding(), began()]).toEqual([true, 0]);
  });

  it('waits for nothing once it is closed, whatever is committed on the way out', () => {
    const { refill, platform, hold, began } = open(HELLO_WAIT_MS);
    refill.close();
    hold({ 'hub/a': 1 });
    platform.advance(HELLO_WAIT_MS + REFILL_QUIET_MS);
    expect([refill.isDeciding(), began()]).toEqual([false, 0]);
  });

  it('O3: on a new disk after HELLO_WAIT_MS, not a moment before', () => {
    const { refill, platform, began } = open(HELLO_WAIT_MS);
    platform.advance(HELLO_WAIT_MS - 1);
    expect([refill.isDeciding(), began()]).toEqual([false, 0]);
    platform.advance(1);
    expect([refill.isDeciding(), began()]).toEqual([true, 1]);
  });

  it('O3: not while a hub’s journal that was announced is lacking; at once when it is here', () => {
    const { refill, platform, hold, began } = open(0);
    refill.announce({ 'hub/a': 3, 'kiosk-1/a': 900 });
    expect(refill.isDeciding()).toBe(false);
    platform.advance(REFILL_QUIET_MS - 1);
    hold({ 'hub/a': 2 });
    platform.advance(REFILL_QUIET_MS - 1);
    expect(refill.isDeciding()).toBe(false);
    hold({ 'hub/a': 3 });
    expect([refill.isDeciding(), began()]).toEqual([true, 1]);
  });

  it('O3: what has not come for REFILL_QUIET_MS is not waited for, and that is logged', () => {
    const { refill, platform, began } = open(0);
    refill.announce({ 'hub/a': 3 });
    platform.advance(REFILL_QUIET_MS - 1);
    expect(refill.isDeciding()).toBe(false);
    platform.advance(1);
    expect([refill.isDeciding(), began()]).toEqual([true, 1]);
    expect(platform.logged).toMatchObject([{ level: 'error' }]);
    refill.close();
  });
});
