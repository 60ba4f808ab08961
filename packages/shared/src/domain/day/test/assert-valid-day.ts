/**
 * What must hold for a day's state after every event. Throws, naming what does not. For tests and for the simulator
 * (rules X2, X3 and the invariants of `visit.ts` and `counter.ts`). Costs a pass over the day.
 */
import { assert } from '../../../lib/assert.ts';
import { type CounterState, MAX_UNDO_DEPTH } from '../../counter/counter.ts';
import { isClosed, type Visit } from '../../visit/visit.ts';
import type { DayState } from '../day-state.ts';
import { assertValidVisit } from './assert-valid-visit.ts';

export function assertValidDay(state: DayState): void {
  const open = [...state.openVisits.values()];
  const closed = [...state.closedVisits.values()];
  for (const visit of [...open, ...closed]) assertValidVisit(visit);
  for (const visit of open) assert(!isClosed(visit), `open visit ${visit.id} is ${visit.state}`);
  for (const visit of closed) assert(isClosed(visit), `closed visit ${visit.id} is ${visit.state}`);
  assert(open.length === state.openVisits.size, 'size of the open visits');
  assert(closed.length === state.closedVisits.size, 'size of the closed visits');
  const ids = new Set([...open, ...closed].map((visit) => visit.id));
  assert(ids.size === open.length + closed.length, 'no visit stands in both collections');
  assert(state.info.status !== 'closed' || open.length === 0, 'a closed day has no open visit');

  assertCounters(state, open);
  assertNumbers(state, [...open, ...closed]);
  assertCodes(state, open);
  for (const [service, issued] of Object.entries(state.info.walkInsByService)) {
    assert(Number.isSafeInteger(issued) && issued >= 0, `walk-ins of ${service}: ${issued}`);
  }
}

/** X3: at most one counter holds a ticket, and both sides say the same. */
function assertCounters(state: DayState, open: readonly Visit[]): void {
  const sessions = new Set<string>();
  for (const counter of state.counters.values()) {
    const must = (condition: boolean, what: string) => assert(condition, `counter ${counter.id}: ${what}`);
    assertPresence(counter, must);
    if (counter.visitId !== null) {
      must(counter.presence === 'open', 'holds a visit only while open');
      must(state.openVisits.get(counter.visitId)?.counterId === counter.id, 'its visit knows it');
    }
    if (counter.sessionId !== null) {
      must(!sessions.has(counter.sessionId), 'one counter per clerk');
      sessions.add(counter.sessionId);
    }
  }
  for (const { id, counterId } of open) {
    if (counterId !== null) assert(state.counters.get(counterId)?.visitId === id, `visit ${id}: its counter knows it`);
  }
}

function assertPresence(counter: CounterState, must: (condition: boolean, what: string) => void): void {
  must((counter.sessionId === null) === (counter.presence === 'closed'), 'a session exactly while not closed');
  must((counter.breakReason !== null) === (counter.presence === 'break'), 'a break reason exactly on break');
  must(counter.undoable.length <= MAX_UNDO_DEPTH, 'a bounded stack of undoable actions');
  must(
    counter.undoable.every((action) => !('undoable' in action.counterBefore)),
    'no stack inside a stack',
  );
}

/** X2: (day, series, number) is unique; used numbers are recorded, void ones included. */
function assertNumbers(state: DayState, visits: readonly Visit[]): void {
  const seen = new Set<string>();
  for (const { id, number } of visits) {
    if (number === null) continue;
    const key = `${number.seriesId}/${number.value}`;
    assert(!seen.has(key), `number ${key} twice, the second time for visit ${id}`);
    seen.add(key);
    const used = state.series.get(number.seriesId)?.used ?? [];
    assert(
      used.some((span) => span.first <= number.value && number.value <= span.last),
      `number ${key} of visit ${id} is recorded as used`,
    );
  }
  for (const series of state.series.values()) {
    const total = series.used.reduce((sum, span) => sum + span.last - span.first + 1, 0);
    assert(total === series.issued, `series ${series.id}: as many used as issued`);
    series.used.forEach((span, i) => {
      const next = series.used[i + 1];
      assert(span.first <= span.last, `series ${series.id}: a span runs upwards`);
      assert(next === undefined || span.last + 1 < next.first, `series ${series.id}: spans rise and do not touch`);
    });
  }
}

function assertCodes(state: DayState, open: readonly Visit[]): void {
  for (const { id, appointmentCode: code } of open) {
    assert(code === null || state.visitIdsByCode.get(code) === id, `visit ${id}: code ${code} leads to it`);
  }
}
