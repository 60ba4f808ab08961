/** Puts people in front of a device that has started, or of a browser at the hub. */

import type { DeviceEngine } from '@aufruf/engine/sync/device-engine';
import type { CommandHost } from '@aufruf/shared/bridge/host';
import { type Chance, createChance } from '../machinery/chance.ts';
import type { Process } from '../machinery/machine.ts';
import type { Device, World } from '../world.ts';
import type { Station } from './ask.ts';
import { startClerk } from './clerk.ts';
import { startDisplay } from './display.ts';
import { createKiosk } from './kiosk.ts';

export function startStation(world: World, device: Device, engine: DeviceEngine, process: Process): void {
  const { id } = device;
  const chance: Chance = createChance(Math.floor(process.platform.random() * 2 ** 32));
  const host: CommandHost = engine;
  const station: Station = { id, device: id, process, chance, host: () => host };
  if (id.startsWith('kiosk')) world.kiosks.set(id, createKiosk(world, station, engine));
  else if (id.startsWith('counter')) startClerk(world, station, world.plan.serviceMs);
  else startDisplay(world, station);
}
