/**
 * A clock that runs faster than the day it tells: all processes of a replay share it, since they read the same wall
 * clock and are told the same paces. It runs at natural speed until the first pace, so that the processes can come up
 * and the hub can open the business day. It never goes back; where a process hears late that the clock goes slower, its
 * own stands still until the others have caught up.
 *
 * Time-outs, pings and pauses between attempts stay in real time: networks and disks do not hurry with the clock.
 */
import type { Platform } from '@aufruf/engine/platform/platform';
import type { EpochMs } from '@aufruf/shared/lib/time';

/** From `realAt` on the clock runs at `speed` virtual ms a real ms, and shows `virtualAt` there. */
export interface Pace {
  readonly realAt: EpochMs;
  readonly virtualAt: EpochMs;
  readonly speed: number;
}

export interface CompressedClock {
  now(): EpochMs;
  /** What the clock will show at a real moment, by the paces known now. */
  at(realAt: EpochMs): EpochMs;
  /** Paces come in order of `realAt`. */
  setPace(pace: Pace): void;
  /** Real ms until the clock shows `virtualAt`, at the pace of now; 0 when it has. */
  realDelayUntil(virtualAt: EpochMs): number;
}

/** `first`: where the clock begins; its speed is usually 1. */
export function createCompressedClock(first: Pace, realNow: () => EpochMs): CompressedClock {
  let paces: readonly Pace[] = [first];
  let shown = first.virtualAt;
  const paceAt = (realAt: EpochMs) => paces.findLast((pace) => pace.realAt <= realAt) ?? first;
  const at = (realAt: EpochMs) => {
    const pace = paceAt(realAt);
    return Math.round(pace.virtualAt + (realAt - pace.realAt) * pace.speed);
  };
  const now = () => {
    shown = Math.max(shown, at(realNow()));
    return shown;
  };
  return {
    now,
    at,
    setPace(pace) {
      const current = paceAt(realNow());
      paces = [current, ...paces.filter((each) => each.realAt > current.realAt), pace];
    },
    realDelayUntil: (virtualAt) => Math.max(0, Math.ceil((virtualAt - now()) / paceAt(realNow()).speed)),
  };
}

/** `base` with the compressed clock on the wall. Monotonic spans and timers stay real. */
export function createCompressedPlatform(base: Platform, clock: CompressedClock): Platform {
  return { ...base, now: clock.now };
}
