/**
 * A device of a newer version writes events of a kind that nobody else knows yet (J6): they are kept, ordered and handed
 * on untouched, and change no state here.
 */
import { StorageFault } from '@aufruf/engine/store/event-store';
import type { LocalDate } from '@aufruf/shared/lib/time';
import type { Device, World } from './world.ts';

/** Restarts the device with such an event in its journal, as an update that has been taken back leaves one. */
export function appendNewerEvent(world: World, device: Device): void {
  const day = device.disk.peek().readSetting('currentDay') as LocalDate | null;
  if (day === null || device.isTampered || device.id.startsWith('display')) return;
  world.stopDevice(device.id, 'killed');
  const process = device.machine.start();
  process.run(() => {
    const store = device.disk.open(process);
    const draft = { day, type: 'v2.VisitPraised', payload: { stars: 5, about: { nested: ['as', 'new'] } } };
    const clock = { deviceAt: device.machine.now(), monoMs: world.time.now() };
    try {
      store.transact(() => store.append([draft], clock));
    } catch (error) {
      if (!(error instanceof StorageFault)) throw error;
    }
  });
  process.kill();
  world.startDevice(device.id);
}
