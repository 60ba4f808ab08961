/**
 * A browser at the hub (web mode): the hub itself carries out what its screen wants. The line between them loses what
 * it likes; a screen that hears nothing gives up after the bridge's time-out and asks again with the same command id.
 */
import type { CommandHost } from '@aufruf/shared/bridge/host';
import { SECOND_MS } from '@aufruf/shared/lib/time';
import type { Answer } from '../history.ts';
import { createChance } from '../machinery/chance.ts';
import type { Process } from '../machinery/machine.ts';
import { HUB, type World } from '../world.ts';
import type { Station } from './ask.ts';
import { startClerk } from './clerk.ts';
import { createKiosk } from './kiosk.ts';

const TIME_OUT_MS = 8 * SECOND_MS;
const LATENCY_MIN_MS = 2;
const LATENCY_MAX_MS = 20;
/** A message of the bridge gets lost now and then, as long as anything goes wrong. */
const LOST = 0.03;

/** Sets up the location's kiosk and counter in browsers. They run from the first day to the last. */
export function startBrowsers(world: World): void {
  const { webKioskId, webCounterId } = world.office;
  const kiosk = stationAt(world, webKioskId);
  world.kiosks.set(webKioskId, createKiosk(world, kiosk, null));
  startClerk(world, stationAt(world, webCounterId), world.plan.serviceMs);
}

function stationAt(world: World, id: string): Station {
  const process = world.browserMachine(id).start();
  const chance = createChance(Math.floor(process.platform.random() * 2 ** 32));
  const { time, network } = world;
  const passes = (from: string, to: string) => !network.isCut(from, to) && (world.isPeace() || !chance.happens(LOST));

  function execute(hubProcess: Process, command: Parameters<CommandHost['execute']>[0]): Promise<Answer> {
    return new Promise((resolve) => {
      time.after(TIME_OUT_MS, () => resolve({ ok: false, refusal: { type: 'unreachable', detail: 'no answer' } }));
      // Whoever sits there opens the new address when the hub has moved.
      const { node } = world.hubs.current();
      if (!passes(id, node)) return;
      time.after(chance.between(LATENCY_MIN_MS, LATENCY_MAX_MS), () =>
        hubProcess.run(() => {
          void world
            .hub()
            ?.execute(command)
            .then((answer) => {
              if (!hubProcess.isAlive() || !passes(node, id)) return;
              time.after(chance.between(LATENCY_MIN_MS, LATENCY_MAX_MS), () => resolve(answer));
            });
        }),
      );
    });
  }

  return {
    id,
    process,
    chance,
    device: HUB,
    host: () => {
      const hub = world.hub();
      const hubProcess = world.hubProcess();
      if (hub === null || hubProcess === null || !hubProcess.isAlive()) return null;
      return { ...hub, execute: (command) => execute(hubProcess, command) };
    },
  };
}
