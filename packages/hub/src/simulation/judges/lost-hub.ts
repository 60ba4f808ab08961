/** What a hub on a new disk cannot know, as the known gaps of O3 say. */
import type { CommandId } from '@aufruf/shared/lib/ids';
import type { LocalDate } from '@aufruf/shared/lib/time';
import type { JournalKey } from '@aufruf/shared/sync/event';
import type { Device, World } from '../world.ts';

function* commandsOn({
  disk,
}: Pick<Device, 'disk'>): Iterable<{ readonly commandId: CommandId; readonly day: LocalDate }> {
  const store = disk.peek();
  for (const [journal, last] of Object.entries(store.versionVector())) {
    for (const { event } of store.journalAfter(journal as JournalKey, 0, last)) {
      const { commandId } = event.payload as { commandId?: CommandId };
      if (commandId !== undefined) yield { commandId, day: event.day };
    }
  }
}

/** A display hands on nothing (X8). */
const whoHandsOn = (world: World): readonly Device[] =>
  [...world.devices.values()].filter(({ id }) => !id.startsWith('display'));

/**
 * Whether one of the commands stands in a day before today on a device's disk: a new hub may lack some of those days, and
 * nothing is lost by it. Never where no hub's disk was lost.
 */
export function heldOfOlderDays(world: World): (ids: readonly CommandId[]) => boolean {
  const held = new Set<CommandId>();
  const today = world.hub()?.stats().day;
  if (world.hubs.loss() === null || today === undefined) return () => false;
  for (const device of whoHandsOn(world))
    for (const { commandId, day } of commandsOn(device)) if (day < today) held.add(commandId);
  return (ids) => ids.some((id) => held.has(id));
}

/**
 * Whether the hub could not know of a command answered at `atMs` when it was asked something at `askedMs`: its disk was
 * lost in between, or it has moved, and nobody who knows of it had found the new hub by then.
 */
export function isUnheardOf(world: World, id: CommandId, atMs: number, askedMs: number): boolean {
  const loss = world.hubs.loss();
  if (loss === null || loss.atMs < atMs) return false;
  const knows = (one: Pick<Device, 'disk'>): boolean => [...commandsOn(one)].some(({ commandId }) => commandId === id);
  const devices = whoHandsOn(world).filter(knows);
  const hubs = world.hubs.former().filter(knows);
  // Known to nobody: a free block is to cover it, where the new hub had heard that there was another (N2).
  if (devices.length === 0 && hubs.length === 0)
    return world.hubs.current().disk.peek().readSetting('succeedsOn') === null;
  return (
    hubs.every((hub) => !world.hubs.hasFollowed(hub)) &&
    devices.every(
      ({ orderedSinceMs }) => orderedSinceMs === null || orderedSinceMs < loss.atMs || orderedSinceMs > askedMs,
    )
  );
}
