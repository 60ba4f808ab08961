/**
 * Which ticket numbers this disk's incarnation has given on a day (rule N2), read from its own journal: a number counts as
 * given from its commit on, whatever the order makes of it later.
 */
import { claimEventSchemas } from '@aufruf/shared/domain/claim/claim-events';
import type { LaneUse } from '@aufruf/shared/domain/ticket/lanes';
import { addDays } from '@aufruf/shared/lib/local-time';
import { HOUR_MS, type LocalDate } from '@aufruf/shared/lib/time';
import { type EventKey, type JournalEvent, journalKey } from '@aufruf/shared/sync/event';
import type { EventStore, StoredEvent } from '../store/event-store.ts';
import { LONE_SPAN_MS } from './alone.ts';
import { newestPages } from './newest-pages.ts';

type Noted = Pick<JournalEvent, 'day' | 'type' | 'payload'>;

export interface NotedLaneUse extends LaneUse {
  /** Takes note of own events just journaled. */
  note(events: readonly Noted[]): void;
}

/** For each known disk that began when this one did: its block, and the one it left free. */
const FREE_FOR_EACH = 2;

/** Alone, a device opens days up to LONE_SPAN_MS after the hub's last time: so many dates ahead of the hub's at most. */
const DAYS_AHEAD = Math.ceil(LONE_SPAN_MS / (24 * HOUR_MS));

type Reads = Pick<
  EventStore,
  'device' | 'incarnation' | 'versionVector' | 'journalAfter' | 'days' | 'head' | 'event' | 'unordered'
>;

/** Costs a pass over the own events of `day` and later days. `afterSeq`: what was given up to there does not count. */
export function createLaneUse(store: Reads, day: LocalDate, afterSeq = 0): NotedLaneUse {
  const lastGiven = new Map<string, number>();

  function note(events: readonly Noted[]): void {
    for (const event of events) {
      if (event.day !== day || event.type !== 'v1.ClaimDecided') continue;
      const parsed = claimEventSchemas['v1.ClaimDecided'].safeParse(event.payload);
      if (!parsed.success || parsed.data.outcome.type !== 'granted') continue;
      for (const { payload } of parsed.data.outcome.facts) {
        if ('number' in payload) lastGiven.set(payload.number.seriesId, payload.number.value);
      }
    }
  }

  for (const page of pagesOfDay(store, day, afterSeq).reverse()) note(page);
  return {
    device: store.device,
    lastGiven: (seriesId) => lastGiven.get(seriesId) ?? null,
    blocksLeftFree: () => blocksLeftFree(store, day),
    note,
  };
}

/** What a new disk says first (N2), so that whoever comes after it knows that there was one. */
export const firstEvent = (day: LocalDate) => ({ type: 'v1.DayOpened', payload: { day } });

/**
 * Blocks are left free for disks whose numbers nobody has heard of: one for the disk before, one more for one that was young
 * with it, and two for each known disk that would reckon as this one does. So no two of them begin with the same block.
 */
function blocksLeftFree(store: Reads, day: LocalDate): number | null {
  // Who followed the order of a day so long ago was this device's only disk when `day` began, even where one before it was
  // alone and ahead of the hub.
  const youngFrom = addDays(day, -DAYS_AHEAD);
  if (store.days().some((other) => other < youngFrom && store.head(other).n > 0)) return 0;
  const own = journalKey(store);
  const isUnheard = ({ event }: StoredEvent) => event.seq === 1 && journalKey(event) === own;
  const beginningOf = (key: string) => store.event(`${key}/1` as EventKey)?.event;
  const begunOn = beginningOf(own)?.day;
  // Two disks that do not know of each other would begin with the same block.
  if (begunOn === undefined || store.unordered(begunOn).some(isUnheard)) return null;
  const others = Object.keys(store.versionVector()).filter((key) => key !== own && key.startsWith(`${store.device}/`));
  const alike = others.filter((key) => {
    const first = beginningOf(key);
    if (first?.type !== firstEvent(day).type || first.day < youngFrom) return false;
    return first.day < day === begunOn < day;
  });
  return (begunOn < day ? 1 : 2) + FREE_FOR_EACH * alike.length;
}

/** The own journal from its end back to before `day`, newest page first. */
function pagesOfDay(store: Reads, day: LocalDate, afterSeq: number): (readonly JournalEvent[])[] {
  const pages: (readonly JournalEvent[])[] = [];
  for (const page of newestPages(store, journalKey(store), afterSeq)) {
    pages.push(page);
    // ISO dates compare as text.
    if (page.every((event) => event.day < day)) break;
  }
  return pages;
}
