/**
 * The hub's time, as far as a device knows it (rule T1): from the last clock heard, carried on by the monotonic clock. The
 * device's own wall clock stands in only where no hub or relay has been heard since the start.
 */
import type { EpochMs } from '@aufruf/shared/lib/time';
import type { JournalEvent } from '@aufruf/shared/sync/event';
import type { Platform } from '../platform/platform.ts';
import { soundTime } from './alone.ts';
import type { DeviceSessionState } from './device-session-state.ts';

type HubClock = NonNullable<DeviceSessionState['hubClock']>;

export interface DeviceClock {
  /** The hub's time, or the own wall clock. */
  now(): EpochMs;
  /** D1: the time, if this device can be sure of it without the hub; null when it cannot. */
  loneTime(): EpochMs | null;
  /** When an event happened: its device's clock corrected by what is known of the hub's, and never later than now. */
  estimateAt(event: Pick<JournalEvent, 'deviceAt'>): EpochMs;
}

/** `heardBeforeAt`: hub time heard last before this start; null = never. */
export function createDeviceClock(
  platform: Pick<Platform, 'now' | 'monoMs'>,
  lastHeard: () => HubClock | null,
  heardBeforeAt: EpochMs | null,
): DeviceClock {
  function now(): EpochMs {
    const heard = lastHeard();
    return heard === null ? platform.now() : heard.hubAt + (platform.monoMs() - heard.monoMs);
  }
  return {
    now,
    loneTime: () => soundTime(now(), lastHeard()?.hubAt ?? heardBeforeAt),
    estimateAt: ({ deviceAt }) => Math.min(now(), deviceAt + now() - platform.now()),
  };
}
