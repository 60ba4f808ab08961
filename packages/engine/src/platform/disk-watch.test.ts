import { MINUTE_MS } from '@aufruf/shared/lib/time';
import { describe, expect, it } from 'vitest';
import { freeDiskBytes, LOW_DISK_BYTES, watchDisk } from './disk-watch.ts';
import { createTestPlatform } from './test-platform.ts';

function watching(first: number | null) {
  const platform = createTestPlatform({ now: 0, seed: 1 });
  let bytes = first;
  let told = 0;
  const watch = watchDisk({ folder: '/data', platform, freeBytes: () => bytes });
  const stopListening = watch.onChange(() => {
    told += 1;
  });
  const messages = () => platform.logged.map(({ level, message }) => `${level}: ${message}`);
  const later = (left: number | null) => {
    bytes = left;
    platform.advance(MINUTE_MS);
  };
  return { platform, watch, stopListening, later, messages, told: () => told };
}

describe('room on the disk', () => {
  it(`S3: warns at the start already, below ${LOW_DISK_BYTES} bytes and not at them`, () => {
    expect(watching(LOW_DISK_BYTES).watch.isLow()).toBe(false);
    const { watch, messages } = watching(LOW_DISK_BYTES - 1);
    expect(watch.isLow()).toBe(true);
    expect(messages()).toEqual(['warn: the disk is nearly full: free some space']);
  });

  it('S3: looks every minute, says each change once, and all is well again when there is room', () => {
    const { watch, later, messages, told } = watching(LOW_DISK_BYTES);
    later(LOW_DISK_BYTES - 1);
    later(0);
    expect([watch.isLow(), told()]).toEqual([true, 1]);
    later(LOW_DISK_BYTES);
    later(LOW_DISK_BYTES + 1);
    expect([watch.isLow(), told()]).toEqual([false, 2]);
    expect(messages()).toEqual(['warn: the disk is nearly full: free some space', 'info: the disk has room again']);
  });

  it('S3: a file system that does not say is none to warn of; nobody is told any more after the end', () => {
    const { watch, stopListening, later, told } = watching(null);
    expect(watch.isLow()).toBe(false);
    stopListening();
    later(0);
    expect([watch.isLow(), told()]).toEqual([true, 0]);
    watch.stop();
    later(LOW_DISK_BYTES);
    expect(watch.isLow()).toBe(true);
  });

  it('asks the file system of the folder, and does not break where it is gone', () => {
    expect(freeDiskBytes(import.meta.dirname)).toBeGreaterThan(0);
    expect(freeDiskBytes('/no/such/folder')).toBeNull();
  });
});
