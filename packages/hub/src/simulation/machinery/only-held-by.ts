/** What is gone for good when a disk is lost. */
import type { CommandId } from '@aufruf/shared/lib/ids';
import { eventKey, type JournalKey } from '@aufruf/shared/sync/event';
import type { Disk } from './disk.ts';

/**
 * Commands whose events are on this disk, whoever wrote them, and on no other disk as they stand here; or on others from which
 * they cannot be brought to the hub, since what stood before them in their journal is nowhere else (J1, J6).
 */
export function* onlyHeldBy(disk: Disk, all: readonly Disk[], hubDisk: Disk): Iterable<CommandId> {
  const store = disk.peek();
  const hubStore = hubDisk === disk ? null : hubDisk.peek();
  // A display hands on nothing (X8): what is on its disk alone is as good as lost.
  const others = all
    .filter((other) => other !== disk && !other.device.startsWith('display'))
    .map((other) => other.peek());
  for (const [journal, last] of Object.entries(store.versionVector())) {
    let isBroken = false;
    for (const { event, hash } of store.journalAfter(journal as JournalKey, 0, last)) {
      const { commandId } = event.payload as { commandId?: CommandId };
      const holders = others.filter((other) => other.event(eventKey(event))?.hash === hash);
      const isAtHub = holders.some((other) => other === hubStore);
      isBroken = !isAtHub && (isBroken || holders.length === 0);
      if (commandId !== undefined && isBroken) yield commandId;
    }
  }
}
