/** M1, M4, T1: who says "ordered" hears the hub and has its time; whoever does not hear it says so soon. */
import { HOUR_MS, SECOND_MS } from '@aufruf/shared/lib/time';
import { SILENCE_MS } from '@aufruf/shared/protocol/limits';
import type { Witness } from '../history.ts';
import type { Device, World } from '../world.ts';

/** SILENCE_MS, a tick of half a second, what was still on its way in bad weather, and the second between two looks. */
const NOTICED_MS = SILENCE_MS + 5 * SECOND_MS;
/** The hub's clock may be set in between, by a little. */
const CLOCKS_APART_MS = 10 * SECOND_MS;
/** No clock that is set does so to the hub's. */
const LIE_MS = HOUR_MS / 2;

export function judgeModes(world: World): Witness {
  /** Since when a device has said ORDERED although nothing could come from the hub. */
  const deafSince = new Map<string, number>();
  /** Since when a device's time has been another than the hub's. */
  const apartSince = new Map<string, number>();

  function judge({ id, engine, orderedSinceMs }: Device, hubSpeaks: boolean): void {
    const now = world.time.now();
    const isHeard = hubSpeaks && !world.network.isCut(world.hubs.current().node, id);
    if (engine?.syncStatus().mode !== 'ORDERED' || isHeard) deafSince.delete(id);
    else deafSince.set(id, deafSince.get(id) ?? now);
    const deafMs = now - (deafSince.get(id) ?? now);
    if (deafMs > NOTICED_MS) world.report('M4', `${id} says ORDERED, and the hub has been silent for ${deafMs} ms`);
    if (engine?.syncStatus().mode !== 'ORDERED' || !isHeard || world.isSleepy()) return;
    const apartMs = engine.now() - world.hubs.current().machine.now();
    if (Math.abs(apartMs) <= CLOCKS_APART_MS) apartSince.delete(id);
    else apartSince.set(id, apartSince.get(id) ?? now);
    // Whoever has long had the hub's time loses it for no moment, whatever somebody else says it is (O3).
    const hasLongHadIt = orderedSinceMs !== null && now - orderedSinceMs > SECOND_MS && Math.abs(apartMs) > LIE_MS;
    if (!hasLongHadIt && now - (apartSince.get(id) ?? now) <= NOTICED_MS) return;
    world.report('T1', `${id} in ORDERED believes it to be ${apartMs} ms later than the hub does`);
  }

  return {
    second() {
      const hubProcess = world.hubProcess();
      const hubSpeaks = hubProcess?.isAlive() === true && !hubProcess.isPaused();
      for (const device of world.devices.values()) {
        const isJudged = device.process?.isAlive() && !device.process.isPaused() && !world.hubs.isDisputed();
        if (isJudged) judge(device, hubSpeaks);
        else {
          deafSince.delete(device.id);
          apartSince.delete(device.id);
        }
      }
    },
  };
}
