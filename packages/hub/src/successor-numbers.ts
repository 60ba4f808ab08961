/**
 * Numbers that a hub on a new disk leaves free (rule N2): those before it may have given them, and nobody has heard of it.
 * Only on the day on which it learned of a predecessor, and only before its own first number of each series.
 */

import type { EventStore } from '@aufruf/engine/store/event-store';
import { createLaneUse, type NotedLaneUse } from '@aufruf/engine/sync/lane-use';
import type { UsedSpan } from '@aufruf/shared/domain/day/day-state';
import type { NumberSeries } from '@aufruf/shared/domain/location-config/schema';
import { BLOCK_SIZE } from '@aufruf/shared/domain/ticket/lanes';
import type { LocalDate } from '@aufruf/shared/lib/time';
import { type EventKey, isOfHub, journalKey } from '@aufruf/shared/sync/event';

export interface SuccessorNumbers {
  /** How many to leave free before the next number of `span`. */
  leavesFree(series: NumberSeries, span: UsedSpan): number;
  /** Own events just journaled. */
  note(events: Parameters<NotedLaneUse['note']>[0]): void;
  /** Whatever was noted is to be read from the store again: it was not committed, or does not count any more. */
  forget(): void;
}

export function createSuccessorNumbers(store: EventStore, day: () => LocalDate): SuccessorNumbers {
  let use: NotedLaneUse | null = null;

  /** Each has left a block free for the one before, and may have given as many again unheard. */
  function predecessorsToday(): number {
    const own = journalKey(store);
    const wroteToday = Object.entries(store.versionVector()).filter(
      ([key, seq]) => key !== own && isOfHub(key) && store.event(`${key}/${seq}` as EventKey)?.event.day === day(),
    );
    return Math.max(1, wroteToday.length);
  }

  return {
    leavesFree({ id, main }, span) {
      if (store.readSetting('succeedsOn') !== day()) return 0;
      use ??= createLaneUse(store, day(), Number(store.readSetting('succeedsAfter') ?? '0'));
      const last = use.lastGiven(id);
      // Where the block was longer than what was left of the main span, that rest stays free for good.
      const hasLeftMain = last !== null && (last < main.first || last > main.last);
      return last === null || (span === main && hasLeftMain) ? BLOCK_SIZE * predecessorsToday() : 0;
    },
    note: (events) => use?.note(events),
    forget: () => {
      use = null;
    },
  };
}
