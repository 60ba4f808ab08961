/**
 * What a device hands on (rule J6): the events it holds and the other side lacks, in the order they were given. That order
 * is what people lived through: arrivals stand behind calls, calls behind tickets. Relays are told this way what the hub
 * ordered, and a hub whose disk was lost what its predecessor did, the predecessor's own events included.
 */
import type { LocalDate } from '@aufruf/shared/lib/time';
import { type EventKey, eventKey, isOfHub, type JournalEvent, journalKey } from '@aufruf/shared/sync/event';
import type { VersionVector } from '@aufruf/shared/sync/order';
import type { EventStore } from '../store/event-store.ts';

/** Days looked through at least: an island may have lived over midnight. */
const DAYS = 2;
const CHUNK = 500;

type Reads = Pick<EventStore, 'device' | 'versionVector' | 'days' | 'entriesAfter' | 'unordered'>;

/**
 * `theirs`: what the other side holds. Little is lacking in ordinary times, which costs a look at the version vector;
 * otherwise a pass over the newest days, and older ones of which own events have no place in the order yet.
 */
export function eventsToHandOn(store: Reads, theirs: VersionVector): readonly EventKey[] {
  const lacks = (key: string, seq: number): boolean => seq > (theirs[key] ?? 0);
  const held = Object.entries(store.versionVector());
  const isOwn = (key: string): boolean => key.startsWith(`${store.device}/`);
  if (!held.some(([key, seq]) => !isOwn(key) && lacks(key, seq))) return [];

  const lacked: JournalEvent[] = [];
  for (const day of daysToLookThrough(store)) {
    for (const event of eventsOf(store, day)) if (lacks(journalKey(event), event.seq)) lacked.push(event);
  }
  return withoutGaps(lacked, theirs).map(eventKey);
}

function daysToLookThrough(store: Reads): readonly LocalDate[] {
  const days = store.days();
  const isUnsent = (day: LocalDate): boolean => store.unordered(day).some(({ event }) => event.device === store.device);
  const oldest = days.findIndex(isUnsent);
  const newest = Math.max(0, days.length - DAYS);
  return days.slice(oldest === -1 ? newest : Math.min(oldest, newest));
}

function* eventsOf(store: Reads, day: LocalDate): Iterable<JournalEvent> {
  for (let n = 0; ; ) {
    const entries = store.entriesAfter(day, n, CHUNK);
    if (entries.length === 0) break;
    for (const { event } of entries) yield event;
    n += entries.length;
  }
  for (const { event } of store.unordered(day)) yield event;
}

/**
 * What cannot continue the other side's journals is left out. Of a journal it holds nothing of it takes a late beginning:
 * a follower's copy may have none other, and the days before are over. Where its copy of a lost hub's journal has a gap,
 * because it began a day alone and never saw the end of the one before, the newest part is what today rests on; a gap in
 * a device's journal is that device's to fill.
 */
function withoutGaps(events: readonly JournalEvent[], theirs: VersionVector): readonly JournalEvent[] {
  const parts = new Map<string, { first: number; last: number }>();
  for (const event of events) {
    const key = journalKey(event);
    const part = parts.get(key);
    const before = part?.last ?? theirs[key] ?? event.seq - 1;
    if (event.seq === before + 1) parts.set(key, { first: part?.first ?? event.seq, last: event.seq });
    else if (theirs[key] === undefined && isOfHub(key)) parts.set(key, { first: event.seq, last: event.seq });
  }
  return events.filter((event) => {
    const part = parts.get(journalKey(event));
    return part !== undefined && part.first <= event.seq && event.seq <= part.last;
  });
}
