import type { JournalEvent, JournalKey } from '@aufruf/shared/sync/event';
import type { EventStore } from '../store/event-store.ts';

/** Events read at a time. */
const PAGE = 200;

/** A journal's events after `afterSeq`, from its end back, page by page: whoever has enough stops reading. */
export function* newestPages(
  store: Pick<EventStore, 'versionVector' | 'journalAfter'>,
  journal: JournalKey,
  afterSeq = 0,
): Iterable<readonly JournalEvent[]> {
  for (let end = store.versionVector()[journal] ?? 0; end > afterSeq; end -= PAGE) {
    const after = Math.max(afterSeq, end - PAGE);
    yield store.journalAfter(journal, after, end - after).map(({ event }) => event);
  }
}
