/** What the hub's disk says at the end, read once: for every command, what stands of it in the logs of which days. */
import type { EventStore, OrderedEntry } from '@aufruf/engine/store/event-store';
import type { Receipt } from '@aufruf/shared/domain/commands';
import { createDayStore, type DayStore } from '@aufruf/shared/domain/day/day-store';
import { evolve } from '@aufruf/shared/domain/evolve';
import type { Fact } from '@aufruf/shared/domain/facts';
import type { CommandId } from '@aufruf/shared/lib/ids';
import type { LocalDate } from '@aufruf/shared/lib/time';
import type { JournalEvent } from '@aufruf/shared/sync/event';

export type Decision =
  | { readonly type: 'granted'; readonly facts: readonly Fact[]; readonly receipt: Receipt }
  | { readonly type: 'refused'; readonly refusal: { readonly type: string } };

export interface CommandRecord {
  /** Facts journaled by their author, by type. */
  readonly facts: { readonly type: string; readonly day: LocalDate }[];
  readonly decisions: { readonly outcome: Decision; readonly day: LocalDate; readonly by: string }[];
  withdrawals: number;
}

export interface HubLog {
  record(id: CommandId): CommandRecord | undefined;
  /** Each day's log folded anew. */
  readonly days: ReadonlyMap<LocalDate, DayStore>;
}

const CHUNK = 500;

export function readHubLog(store: EventStore): HubLog {
  const records = new Map<string, CommandRecord>();
  const days = new Map<LocalDate, DayStore>();
  for (const day of store.days()) {
    const state = createDayStore(day);
    days.set(day, state);
    for (const { row, event } of entriesOf(store, day)) {
      state.apply(
        evolve(state, {
          row: row.n,
          effectiveAt: row.effectiveAt,
          author: event.device,
          type: event.type,
          payload: event.payload,
        }),
      );
      record(event, day);
    }
    // Of a day to come: kept until it begins. What is late for its day must have been ordered at that day's end (D2).
    if (day > (store.readSetting('currentDay') ?? '')) {
      for (const { event } of store.unordered(day)) record(event, day);
    }
  }
  return { record: (id) => records.get(id), days };

  function record(event: JournalEvent, day: LocalDate): void {
    const { commandId } = event.payload as { commandId?: string };
    if (commandId === undefined) return;
    const found = records.get(commandId) ?? { facts: [], decisions: [], withdrawals: 0 };
    records.set(commandId, found);
    if (event.type === 'v1.ClaimWithdrawn') found.withdrawals += 1;
    else if (event.type === 'v1.ClaimDecided')
      found.decisions.push({ outcome: event.payload.outcome as Decision, day, by: event.device });
    else found.facts.push({ type: event.type, day });
  }
}

export function* entriesOf(store: EventStore, day: LocalDate): Iterable<OrderedEntry> {
  for (let n = 0; ; ) {
    const entries = store.entriesAfter(day, n, CHUNK);
    if (entries.length === 0) return;
    yield* entries;
    n += entries.length;
  }
}
