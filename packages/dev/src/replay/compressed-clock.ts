/**
 * A clock that runs faster than the day it tells: all processes of a replay share it, since they read the same wall
 * clock and know the same numbers. It runs at natural speed until it is started, so that the processes can come up and
 * the hub can open the business day; from then on, `speed` times as fast. It never jumps and never stands still.
 *
 * Time-outs, pings and pauses between attempts stay in real time: networks and disks do not hurry with the clock.
 */
import type { Platform } from '@aufruf/engine/platform/platform';
import type { EpochMs } from '@aufruf/shared/lib/time';

export interface ClockSetting {
  /** What the clock shows at `realAt`. */
  readonly virtualAt: EpochMs;
  readonly realAt: EpochMs;
  readonly speed: number;
}

export interface CompressedClock {
  now(): EpochMs;
  /** From this real moment on the clock runs at its speed. The first call counts. */
  start(realStartAt: EpochMs): void;
  /** Real ms until the clock shows `virtualAt`; 0 when it has. Meaningful once started. */
  realDelayUntil(virtualAt: EpochMs): number;
}

export function createCompressedClock(setting: ClockSetting, realNow: () => EpochMs): CompressedClock {
  let startedAt = Number.POSITIVE_INFINITY;
  const now = () => {
    const real = realNow();
    const slow = Math.min(real, startedAt) - setting.realAt;
    const fast = Math.max(0, real - startedAt);
    return setting.virtualAt + slow + fast * setting.speed;
  };
  return {
    now,
    start: (realStartAt) => {
      startedAt = Math.min(startedAt, realStartAt);
    },
    realDelayUntil: (virtualAt) => Math.max(0, Math.ceil((virtualAt - now()) / setting.speed)),
  };
}

/** `base` with the compressed clock on the wall. Monotonic spans and timers stay real. */
export function createCompressedPlatform(base: Platform, clock: CompressedClock): Platform {
  return { ...base, now: clock.now };
}
