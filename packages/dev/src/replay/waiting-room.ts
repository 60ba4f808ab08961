/**
 * What a clerk knows of the day: for which services somebody can be called, whether the doors are
 * closed and everybody is served, and which announcements citizens have seen on the board.
 */
import { openServiceId } from '@aufruf/shared/domain/calling-order/open-service';
import { MINUTE_MS } from '@aufruf/shared/lib/time';
import { pause, type Station } from './station.ts';

/** Who waits only for time to pass (the pause between two calls) is found within so many real ms. */
const LOOK_AGAIN_MS = 100;

export interface WaitingRoom {
  canCall(serviceIds: readonly string[]): boolean;
  doorsAreClosed(): boolean;
  /** Doors closed, all tickets known here, nobody left but those who were given up. */
  isOver(): boolean;
  /** Resolves when something may have changed. */
  change(): Promise<void>;
  /** Resolves when this announcement was seen on the board, or after `realMs`. */
  seen(callId: string, announcement: number, realMs: number): Promise<void>;
  noteSeen(callId: string, announcement: number): void;
  closeDoors(drawn: number): void;
}

export function createWaitingRoom({ host, platform, clock }: Station): WaitingRoom {
  /** When the state was looked through; before that of the last change it is out of date. */
  let lookedAtMs = Number.NEGATIVE_INFINITY;
  let callable = new Set<string>();
  let unserved = 0;
  let drawn: number | null = null;
  const seen = new Set<string>();
  const wakers = new Set<() => void>();
  const seenWaiters = new Map<string, () => void>();

  const wake = () => {
    const all = [...wakers];
    wakers.clear();
    for (const each of all) each();
  };
  host.onChange(() => {
    lookedAtMs = Number.NEGATIVE_INFINITY;
    wake();
  });

  function look() {
    const nowMs = platform.monoMs();
    if (nowMs - lookedAtMs < LOOK_AGAIN_MS) return;
    lookedAtMs = nowMs;
    const state = host.state();
    // The replay's own clock: a device knows the hub's only as of its last message.
    const now = clock.now();
    const pauseMs = (state.info.config?.callingPolicy.pauseBetweenCallsMin ?? 0) * MINUTE_MS;
    callable = new Set();
    unserved = 0;
    for (const visit of state.openVisits.values()) {
      if (visit.state !== 'missed') unserved += 1;
      if (visit.state !== 'waiting') continue;
      if (visit.lastCalledAt !== null && now - visit.lastCalledAt < pauseMs) continue;
      const serviceId = openServiceId(visit);
      if (serviceId !== null) callable.add(serviceId);
    }
  }

  return {
    canCall(serviceIds) {
      look();
      return serviceIds.some((serviceId) => callable.has(serviceId));
    },
    doorsAreClosed: () => drawn !== null,
    isOver() {
      if (drawn === null) return false;
      look();
      const state = host.state();
      return unserved === 0 && state.openVisits.size + state.closedVisits.size >= drawn;
    },
    change: () =>
      new Promise((resolve) => {
        const done = () => {
          cancel();
          wakers.delete(done);
          resolve();
        };
        const cancel = platform.schedule(LOOK_AGAIN_MS, done);
        wakers.add(done);
      }),
    async seen(callId, announcement, realMs) {
      const key = `${callId}/${announcement}`;
      if (seen.has(key)) return;
      await Promise.race([new Promise<void>((resolve) => seenWaiters.set(key, resolve)), pause(platform, realMs)]);
    },
    noteSeen(callId, announcement) {
      const key = `${callId}/${announcement}`;
      seen.add(key);
      seenWaiters.get(key)?.();
      seenWaiters.delete(key);
    },
    closeDoors(count) {
      drawn = count;
      wake();
    },
  };
}
