import { createTestHost } from '@aufruf/shared/bridge/test/test-host';
import { syncStatusSchema } from '@aufruf/shared/domain/views/view-schemas';
import { expect, it } from 'vitest';
import { withDiskNotice } from './with-disk-notice.ts';

it('S3: a host with a nearly full disk says so in its status, and tells when that changes', () => {
  let isLow = false;
  const listeners = new Set<() => void>();
  const watch = {
    isLow: () => isLow,
    onChange: (listener: () => void) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
  const host = withDiskNotice(createTestHost(), watch);
  let told = 0;
  const stop = host.onChange(() => {
    told += 1;
  });
  expect(host.syncStatus().diskLow).toBeUndefined();
  isLow = true;
  for (const listener of listeners) listener();
  expect(syncStatusSchema.parse(host.syncStatus())).toMatchObject({ diskLow: true });
  expect(told).toBe(1);
  stop();
  expect(listeners.size).toBe(0);
});
