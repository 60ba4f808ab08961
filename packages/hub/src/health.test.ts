import { LOW_DISK_BYTES } from '@aufruf/engine/platform/disk-watch';
import { createTestPlatform } from '@aufruf/engine/platform/test-platform';
import { createMemoryStore } from '@aufruf/engine/store/memory-store';
import { at } from '@aufruf/shared/domain/views/test/fixtures';
import type { DeviceId } from '@aufruf/shared/lib/ids';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { hubHealth } from './health.ts';
import { createHub, type Hub } from './hub.ts';
import { bigLocation } from './test/big-location.ts';

describe('hubHealth', () => {
  let hub: Hub;
  beforeEach(() => {
    const platform = createTestPlatform({ now: at('09:00'), seed: 1 });
    const store = createMemoryStore({ device: 'hub' as DeviceId, platform });
    hub = createHub({ store, platform, config: bigLocation() });
  });
  afterEach(() => hub.close());

  it(`warns below ${LOW_DISK_BYTES} bytes of free disk`, () => {
    expect(hubHealth(hub, '/', null, () => LOW_DISK_BYTES)).toMatchObject({
      status: 'ok',
      diskFreeBytes: LOW_DISK_BYTES,
    });
    expect(hubHealth(hub, '/', null, () => LOW_DISK_BYTES - 1).status).toBe('diskLow');
    expect(hubHealth(hub, '/', null, () => null)).toMatchObject({ status: 'ok', diskFreeBytes: null });
  });

  it('asks the file system of the data folder', () => {
    expect(hubHealth(hub, import.meta.dirname, null).diskFreeBytes).toBeGreaterThan(0);
  });

  it('S4: says when the last daily backup was begun', () => {
    expect(hubHealth(hub, '/', 5).lastBackupAt).toBe(5);
  });

  it('says that it stepped down, before anything else', () => {
    const stats = () => ({ ...hub.stats(), isOrdering: false });
    expect(hubHealth({ ...hub, stats }, '/', null, () => 0).status).toBe('steppedDown');
  });
});
