/** When each device was last heard, as far as the day's order tells: a restarted hub's memory of contacts (T1). */
import type { EventStore } from '@aufruf/engine/store/event-store';
import type { DeviceId } from '@aufruf/shared/lib/ids';
import type { EpochMs, LocalDate } from '@aufruf/shared/lib/time';

const CHUNK = 500;

export function heardBefore(store: Pick<EventStore, 'entriesAfter'>, day: LocalDate): ReadonlyMap<DeviceId, EpochMs> {
  const heardAt = new Map<DeviceId, EpochMs>();
  for (let n = 0; ; ) {
    const entries = store.entriesAfter(day, n, CHUNK);
    if (entries.length === 0) return heardAt;
    for (const { row } of entries) heardAt.set(row.device, Math.max(row.receivedAt, heardAt.get(row.device) ?? 0));
    n += entries.length;
  }
}
