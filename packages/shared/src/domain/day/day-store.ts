/**
 * Holds the state of one business day and applies to it what `evolve` found to have changed, at a cost that does not
 * grow with the day. The only place that writes a day's state; decides nothing.
 */
import type { CommandId, CounterId, SeriesId, VisitId } from '../../lib/ids.ts';
import type { LocalDate } from '../../lib/time.ts';
import type { CounterState } from '../counter/counter.ts';
import { isClosed, type Visit } from '../visit/visit.ts';
import type { CommandOutcome, DayChanges, DayInfo, DayState, Rejection, SeriesState } from './day-state.ts';
import { createLayeredCollection, type WriteCollection } from './layered-collection.ts';
import type { Shelf, ShelfKind } from './shelf.ts';
import { createShelvedCollection } from './shelved-collection.ts';

export interface DayStore extends DayState {
  /** Takes over what `evolve` returned for the next entry. Applying the same changes twice leaves the same entities. */
  apply(changes: DayChanges): void;
  /** A store that starts from this one, live, and keeps its own changes to itself. Dropped when the order has moved on. */
  overlay(): DayStore;
}

interface Collections {
  readonly openVisits: WriteCollection<VisitId, Visit>;
  readonly closedVisits: WriteCollection<VisitId, Visit>;
  readonly visitIdsByCode: WriteCollection<string, VisitId>;
  readonly counters: WriteCollection<CounterId, CounterState>;
  readonly series: WriteCollection<SeriesId, SeriesState>;
  readonly commands: WriteCollection<CommandId, CommandOutcome>;
}

/** The state before the day's first event. `shelf`: an empty one, for what need not stay in the heap. */
export function createDayStore(day: LocalDate, shelf: Shelf | null = null): DayStore {
  const info: DayInfo = {
    day,
    status: 'notOpened',
    config: null,
    rows: 0,
    walkInsByService: {},
    releasedThrough: null,
  };
  const growing = <K extends string, V>(kind: ShelfKind): WriteCollection<K, V> =>
    shelf === null ? new Map() : createShelvedCollection(shelf, kind);
  const collections: Collections = {
    openVisits: new Map(),
    closedVisits: growing('visits'),
    visitIdsByCode: growing('codes'),
    counters: new Map(),
    series: new Map(),
    commands: growing('commands'),
  };
  return createStore(
    collections,
    () => info,
    () => [],
  );
}

function createStore(
  collections: Collections,
  baseInfo: () => DayInfo,
  baseRejections: () => readonly Rejection[],
): DayStore {
  const { openVisits, closedVisits, visitIdsByCode, counters, series, commands } = collections;
  let ownInfo: DayInfo | null = null;
  const ownRejections: Rejection[] = [];
  const info = () => ownInfo ?? baseInfo();
  const rejections = () => {
    const base = baseRejections();
    return base.length === 0 ? ownRejections : [...base, ...ownRejections];
  };

  const putVisit = (visit: Visit) => {
    if (isClosed(visit)) {
      openVisits.delete(visit.id);
      closedVisits.set(visit.id, visit);
    } else {
      // One that is open is not among the closed, which may be on a disk.
      if (!openVisits.has(visit.id)) closedVisits.delete(visit.id);
      openVisits.set(visit.id, visit);
    }
    // Set once: a code that is booked again must not be taken back by a change of the visit that had it before.
    if (visit.appointmentCode !== null && visit.revision === 1) visitIdsByCode.set(visit.appointmentCode, visit.id);
  };

  return {
    ...collections,
    get info() {
      return info();
    },
    get rejections() {
      return rejections();
    },
    apply(changes) {
      if (changes.info !== undefined) ownInfo = changes.info;
      for (const visit of changes.visits ?? []) putVisit(visit);
      for (const counter of changes.counters ?? []) counters.set(counter.id, counter);
      for (const one of changes.series ?? []) series.set(one.id, one);
      for (const { id, outcome } of changes.commands ?? []) commands.set(id, outcome);
      if (changes.rejection !== undefined) ownRejections.push(changes.rejection);
    },
    overlay() {
      const layers: Collections = {
        openVisits: createLayeredCollection(openVisits),
        closedVisits: createLayeredCollection(closedVisits),
        visitIdsByCode: createLayeredCollection(visitIdsByCode),
        counters: createLayeredCollection(counters),
        series: createLayeredCollection(series),
        commands: createLayeredCollection(commands),
      };
      return createStore(layers, info, rejections);
    },
  };
}
