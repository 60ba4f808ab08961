/**
 * Which ticket numbers this disk's incarnation has given on a day (rule N2), read from its own journal: a number counts as
 * given from its commit on, whatever the order makes of it later.
 */
import { claimEventSchemas } from '@aufruf/shared/domain/claim/claim-events';
import type { LaneUse } from '@aufruf/shared/domain/ticket/lanes';
import type { LocalDate } from '@aufruf/shared/lib/time';
import { type JournalEvent, journalKey } from '@aufruf/shared/sync/event';
import type { EventStore } from '../store/event-store.ts';

type Noted = Pick<JournalEvent, 'day' | 'type' | 'payload'>;

export interface NotedLaneUse extends LaneUse {
  /** Takes note of own events just journaled. */
  note(events: readonly Noted[]): void;
}

const PAGE = 200;

type Reads = Pick<EventStore, 'device' | 'incarnation' | 'versionVector' | 'journalAfter' | 'days' | 'head'>;

/** Costs a pass over the own events of `day` and later days. */
export function createLaneUse(store: Reads, day: LocalDate): NotedLaneUse {
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

  for (const page of newestPages(store, day).reverse()) note(page);
  return {
    device: store.device,
    lastGiven: (seriesId) => lastGiven.get(seriesId) ?? null,
    // Who followed the order of an earlier day was this device's only disk when `day` began.
    isNewcomer: !store.days().some((other) => other < day && store.head(other).n > 0),
    note,
  };
}

/** The own journal from its end back to before `day`, newest page first. */
function newestPages(store: Reads, day: LocalDate): JournalEvent[][] {
  const own = journalKey(store);
  const pages: JournalEvent[][] = [];
  for (let end = store.versionVector()[own] ?? 0; end > 0; end -= PAGE) {
    const after = Math.max(0, end - PAGE);
    const page = store.journalAfter(own, after, end - after).map(({ event }) => event);
    pages.push(page);
    // ISO dates compare as text.
    if (page.every((event) => event.day < day)) break;
  }
  return pages;
}
