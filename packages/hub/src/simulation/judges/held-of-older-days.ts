/**
 * A hub on a new disk may lack some of what was on the days before it (known gaps, O3): that is not lost as long as a
 * device holds it.
 */
import type { CommandId } from '@aufruf/shared/lib/ids';
import type { JournalKey } from '@aufruf/shared/sync/event';
import type { World } from '../world.ts';

/** Whether one of the commands stands in a day before today on a disk that is not a display's; never where no hub's disk was lost. */
export function heldOfOlderDays(world: World): (ids: readonly CommandId[]) => boolean {
  const held = new Set<CommandId>();
  const today = world.hub()?.stats().day;
  if (world.hubLoss() === null || today === undefined) return () => false;
  for (const { id, disk } of world.devices.values()) {
    if (id.startsWith('display')) continue;
    const store = disk.peek();
    for (const [journal, last] of Object.entries(store.versionVector())) {
      for (const { event } of store.journalAfter(journal as JournalKey, 0, last)) {
        const { commandId } = event.payload as { commandId?: CommandId };
        if (commandId !== undefined && event.day < today) held.add(commandId);
      }
    }
  }
  return (ids) => ids.some((id) => held.has(id));
}
