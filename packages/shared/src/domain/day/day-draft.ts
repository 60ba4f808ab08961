/**
 * What one log entry changes, while it is being folded: reads see the entry's own changes over the state, writes
 * collect. The state itself is never touched, so an entry that does not fit is dropped by dropping its draft.
 *
 * Made by `evolve` for every entry and by deciders that try something out; lives for one of them.
 */
import type { CommandId, CounterId, SeriesId, VisitId } from '../../lib/ids.ts';
import type { EpochMs } from '../../lib/time.ts';
import type { RefusalType } from '../commands.ts';
import type { CounterState } from '../counter/counter.ts';
import type { Visit } from '../visit/visit.ts';
import type { CommandOutcome, DayChanges, DayInfo, DayState, Rejection, SeriesState } from './day-state.ts';

/** The lookups that guards need, on a state (`readDay`) as on a draft. */
export interface DayReader {
  info(): DayInfo;
  visit(id: VisitId): Visit | undefined;
  visitByCode(code: string): Visit | undefined;
  /** A counter nobody has opened yet is closed. */
  counter(id: CounterId): CounterState;
  counters(): Iterable<CounterState>;
  series(id: SeriesId): SeriesState | undefined;
}

export interface DayDraft extends DayReader {
  /** Row of the entry in the day's log. */
  readonly row: number;
  /** The time the entry counts from. Not monotonic over entries. */
  readonly at: EpochMs;
  /** Visits open before this entry, as they are now. */
  openVisits(): Iterable<Visit>;
  command(id: CommandId): CommandOutcome | undefined;
  putInfo(patch: Partial<DayInfo>): void;
  putVisit(visit: Visit): void;
  putCounter(counter: CounterState): void;
  putSeries(series: SeriesState): void;
  putCommand(id: CommandId, outcome: CommandOutcome): void;
  /** Does `work`; what it wrote is forgotten if it says why it does not fit. Returns what `work` said. */
  attempt(work: (draft: DayDraft) => RefusalType | null): RefusalType | null;
  changes(rejection?: Rejection): DayChanges;
}

const closedCounter = (id: CounterId): CounterState => ({
  id,
  presence: 'closed',
  sessionId: null,
  since: 0,
  breakReason: null,
  visitId: null,
  superseded: null,
  appointmentsInARow: 0,
  undoable: [],
});

/** Read access to a state through the same lookups as a draft's. */
export function readDay(state: DayState): DayReader {
  const visit = (id: VisitId) => state.openVisits.get(id) ?? state.closedVisits.get(id);
  return {
    info: () => state.info,
    visit,
    visitByCode: (code) => {
      const id = state.visitIdsByCode.get(code);
      return id === undefined ? undefined : visit(id);
    },
    counter: (id) => state.counters.get(id) ?? closedCounter(id),
    counters: () => state.counters.values(),
    series: (id) => state.series.get(id),
  };
}

export function createDayDraft(state: DayState, row: number, at: EpochMs): DayDraft {
  const before = readDay(state);
  let info: DayInfo = { ...state.info, rows: row };
  const visits = new Map<VisitId, Visit>();
  const counters = new Map<CounterId, CounterState>();
  const series = new Map<SeriesId, SeriesState>();
  const commands = new Map<CommandId, CommandOutcome>();
  const visit = (id: VisitId) => visits.get(id) ?? before.visit(id);

  function* allCounters(): Generator<CounterState> {
    for (const counter of state.counters.values()) yield counters.get(counter.id) ?? counter;
    for (const counter of counters.values()) if (!state.counters.has(counter.id)) yield counter;
  }
  function* openVisits(): Generator<Visit> {
    for (const open of state.openVisits.values()) yield visits.get(open.id) ?? open;
  }

  const draft: DayDraft = {
    row,
    at,
    info: () => info,
    visit,
    visitByCode: (code) => {
      const found = before.visitByCode(code);
      return found === undefined ? undefined : visit(found.id);
    },
    counter: (id) => counters.get(id) ?? before.counter(id),
    counters: allCounters,
    series: (id) => series.get(id) ?? before.series(id),
    openVisits,
    command: (id) => commands.get(id) ?? state.commands.get(id),
    putInfo: (patch) => {
      info = { ...info, ...patch };
    },
    putVisit: (changed) => visits.set(changed.id, changed),
    putCounter: (changed) => counters.set(changed.id, changed),
    putSeries: (changed) => series.set(changed.id, changed),
    putCommand: (id, outcome) => commands.set(id, outcome),
    attempt(work) {
      const restores = [keep(visits), keep(counters), keep(series), keep(commands)];
      const infoBefore = info;
      const misfit = work(draft);
      if (misfit === null) return null;
      info = infoBefore;
      for (const restore of restores) restore();
      return misfit;
    },
    changes: (rejection) => ({
      info,
      ...(visits.size > 0 && { visits: [...visits.values()] }),
      ...(counters.size > 0 && { counters: [...counters.values()] }),
      ...(series.size > 0 && { series: [...series.values()] }),
      ...(commands.size > 0 && { commands: [...commands].map(([id, outcome]) => ({ id, outcome })) }),
      ...(rejection !== undefined && { rejection }),
    }),
  };
  return draft;
}

/** Returns how to bring back what the map holds now. */
function keep<K, V>(map: Map<K, V>): () => void {
  const kept = [...map];
  return () => {
    map.clear();
    for (const [key, value] of kept) map.set(key, value);
  };
}
