/**
 * What a device hands on (rule J6): the events it holds and the other side lacks, in the order they were given without the
 * hub. That order is what people lived through: arrivals stand behind calls, calls behind tickets.
 */
import { type EventKey, eventKey, type JournalEvent, journalKey } from '@aufruf/shared/sync/event';
import type { VersionVector } from '@aufruf/shared/sync/order';
import type { EventStore } from '../store/event-store.ts';

/** Days looked through: an island may have lived over midnight. */
const DAYS = 2;
const CHUNK = 500;

type Reads = Pick<EventStore, 'device' | 'versionVector' | 'days' | 'entriesAfter' | 'unordered'>;

/**
 * `theirs`: what the other side holds. Empty in ordinary times, which costs a look at the version vector; otherwise a pass
 * over the newest days. `toRelay`: the hub's own events too; the hub itself lacks none.
 */
export function eventsToHandOn(store: Reads, theirs: VersionVector, toRelay: boolean): readonly EventKey[] {
  const lacks = (key: string, seq: number): boolean => seq > (theirs[key] ?? 0) && (toRelay || !key.startsWith('hub/'));
  const held = Object.entries(store.versionVector());
  const isOwn = (key: string): boolean => key.startsWith(`${store.device}/`);
  if (!held.some(([key, seq]) => !isOwn(key) && lacks(key, seq))) return [];

  const lacked: JournalEvent[] = [];
  for (const day of store.days().slice(-DAYS)) {
    for (const event of eventsOf(store, day)) if (lacks(journalKey(event), event.seq)) lacked.push(event);
  }
  return withoutGaps(lacked, theirs).map(eventKey);
}

function* eventsOf(store: Reads, day: Parameters<Reads['unordered']>[0]): Iterable<JournalEvent> {
  for (let n = 0; ; ) {
    const entries = store.entriesAfter(day, n, CHUNK);
    if (entries.length === 0) break;
    for (const { event } of entries) yield event;
    n += entries.length;
  }
  for (const { event } of store.unordered(day)) yield event;
}

/** A follower's copy of a journal may begin late; what cannot continue the other side's is left out. */
function withoutGaps(events: readonly JournalEvent[], theirs: VersionVector): readonly JournalEvent[] {
  const through = new Map<string, number>();
  return events.filter((event) => {
    const key = journalKey(event);
    if (event.seq !== (through.get(key) ?? theirs[key] ?? 0) + 1) return false;
    through.set(key, event.seq);
    return true;
  });
}
