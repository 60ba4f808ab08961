import type { DeviceId } from '@aufruf/shared/lib/ids';
import { createTestOwnHub } from '@aufruf/shared/takeover/test/test-own-hub';
import { describe, expect, it, vi } from 'vitest';
import { createDeviceHolder, type DeviceStart } from './device-holder.ts';
import type { HostSession } from './ipc/ipc-mount.ts';
import { createTestShellPlatform } from './test/test-shell-platform.ts';

const start = (stationId: string): DeviceStart => ({
  folder: '/data',
  stationId: stationId as DeviceId,
  hubUrl: 'http://127.0.0.1:4700',
  ownHub: createTestOwnHub().ownHub,
});
const PUBLIC = 'http://10.0.0.5:4700';

describe('createDeviceHolder', () => {
  function open() {
    const platform = createTestShellPlatform();
    const log: string[] = [];
    let fails = 0;
    const holder = createDeviceHolder((wanted) => {
      if (fails > 0) {
        fails -= 1;
        throw new Error('disk full');
      }
      log.push(`open ${wanted.stationId}`);
      return {
        openSession: () => ({ of: wanted.stationId }) as unknown as HostSession,
        close: () => log.push(`close ${wanted.stationId}`),
      };
    }, platform);
    const failTimes = (times: number): void => {
      fails = times;
    };
    return { platform, log, holder, failTimes };
  }

  it('opens no session while there is no device', () => {
    const { holder } = open();
    expect(holder.openSession(vi.fn())).toBeNull();
    expect(holder.welcome.get()).toBeNull();
  });

  it('says which station it is, and where phones find the hub', () => {
    const { holder } = open();
    holder.use(start('kiosk-1'), PUBLIC);
    expect(holder.welcome.get()).toEqual({ station: 'kiosk-1', hubUrl: PUBLIC });
    expect(holder.openSession(vi.fn())).toEqual({ of: 'kiosk-1' });
  });

  it('another device takes the place of the first, which is closed before', () => {
    const { holder, log } = open();
    holder.use(start('kiosk-1'), PUBLIC);
    holder.use(start('kiosk-2'), PUBLIC);
    holder.close();
    expect(log).toEqual(['open kiosk-1', 'close kiosk-1', 'open kiosk-2', 'close kiosk-2']);
    expect(holder.welcome.get()).toBeNull();
  });

  it('S1: a disk that refuses is tried again until it does not', () => {
    const { holder, log, platform, failTimes } = open();
    failTimes(3);
    holder.use(start('kiosk-1'), PUBLIC);
    expect(holder.welcome.get()).toBeNull();
    platform.advance(5_000);
    expect(log).toEqual(['open kiosk-1']);
    expect(holder.welcome.get()).not.toBeNull();
  });

  it('after its end nothing is tried any more', () => {
    const { holder, log, platform, failTimes } = open();
    failTimes(1);
    holder.use(start('kiosk-1'), PUBLIC);
    holder.close();
    platform.advance(60_000);
    expect(log).toEqual([]);
  });
});
