import { describe, expect, it } from 'vitest';
import { type CounterState, UNDO_WINDOW_MS, type UndoableAction } from '../counter/counter.ts';
import type { Visit } from '../visit/visit.ts';
import { counterDesk } from './counter-desk.ts';
import {
  at,
  calledVisit,
  commandId,
  counterId,
  type DayFixture,
  dayState,
  openCounter,
  servedVisit,
  sessionId,
  visit,
} from './test/fixtures.ts';
import { counterDeskSchema } from './view-schemas.ts';

const desk = (fixture: DayFixture, now = at('09:30')) =>
  counterDeskSchema.parse(counterDesk(dayState(fixture), counterId('counter-1'), now));

const action = (subject: Visit | null, over: Partial<UndoableAction> = {}): UndoableAction => {
  const { undoable: _, ...counterBefore }: CounterState = openCounter('counter-1');
  return {
    commandId: commandId(1),
    type: 'v1.VisitCalled',
    at: at('09:30'),
    visitId: subject?.id ?? null,
    visitBefore: subject,
    visitRevisionAfter: subject?.revision ?? 0,
    counterBefore,
    ...over,
  };
};

describe('Counter: desk', () => {
  it('is closed until a clerk signs in', () => {
    expect(desk({})).toEqual({
      counterId: 'counter-1',
      presence: 'closed',
      since: 0,
      sessionId: null,
      breakReason: null,
      visit: null,
      calledAt: null,
      announcement: 0,
      servingSince: null,
      undo: null,
      superseded: null,
    });
  });

  it('shows the session and the break', () => {
    const counters = [openCounter('counter-1', { presence: 'break', breakReason: 'meeting', since: at('09:00') })];
    expect(desk({ counters })).toMatchObject({
      presence: 'break',
      breakReason: 'meeting',
      since: at('09:00'),
      sessionId: sessionId(1),
    });
  });

  it('shows the visit that was called, with its announcements, and the clock of the one in service', () => {
    const called = calledVisit(1, 'counter-1', at('09:20'));
    const counters = [openCounter('counter-1', { visitId: called.id })];
    const view = desk({ visits: [called], counters });
    expect(view).toMatchObject({ calledAt: at('09:20'), announcement: 1, servingSince: null });
    expect(view.visit).toMatchObject({ number: 'A001', state: 'called', unansweredCalls: 1 });
    const served = servedVisit(1, 'counter-1', at('09:20'));
    expect(desk({ visits: [served], counters })).toMatchObject({ announcement: 0, servingSince: at('09:21') });
  });

  it('Undo: offered for the newest action, until its time is up', () => {
    const one = visit(1);
    const older = action(visit(2), { type: 'v1.VisitFinished' });
    const counters = [openCounter('counter-1', { undoable: [older, action(one)] })];
    const fixture = { visits: [one, visit(2)], counters };
    const until = at('09:30') + UNDO_WINDOW_MS;
    expect(desk(fixture).undo).toEqual({ type: 'v1.VisitCalled', number: 'A001', until });
    expect(desk(fixture, until).undo).not.toBeNull();
    expect(desk(fixture, until + 1).undo).toBeNull();
  });

  it('Undo: not offered when somebody else has changed the visit since, or it is gone', () => {
    const one = visit(1);
    const counters = [openCounter('counter-1', { undoable: [action(one)] })];
    expect(desk({ visits: [{ ...one, revision: 2 }], counters }).undo).toBeNull();
    expect(desk({ visits: [], counters }).undo).toBeNull();
  });

  it('Undo: not offered once the day is closed', () => {
    const counters = [openCounter('counter-1', { undoable: [action(visit(1))] })];
    expect(desk({ visits: [visit(1)], counters }).undo).not.toBeNull();
    expect(desk({ visits: [visit(1)], counters, info: { status: 'closed' } }).undo).toBeNull();
  });

  it('Undo: not offered when the visit could not be put back as it was, because its counter holds another', () => {
    const before = servedVisit(1, 'counter-1', at('09:20'));
    const parked = visit(1, { state: 'parked' });
    const undoable = [action(before, { type: 'v1.VisitParked' })];
    const offer = (visitId: Visit['id'] | null) =>
      desk({ visits: [parked, visit(2)], counters: [openCounter('counter-1', { undoable, visitId })] }).undo;
    expect(offer(null)).toMatchObject({ type: 'v1.VisitParked', number: 'A001' });
    expect(offer(visit(2).id)).toBeNull();
  });

  it('Undo: also of what ended a visit, and of what concerned no visit', () => {
    const ended = visit(1, { state: 'finished' });
    const finish = [openCounter('counter-1', { undoable: [action(ended, { type: 'v1.VisitFinished' })] })];
    expect(desk({ visits: [ended], counters: finish }).undo).toMatchObject({
      type: 'v1.VisitFinished',
      number: 'A001',
    });
    const pause = [openCounter('counter-1', { undoable: [action(null, { type: 'v1.BreakBegan' })] })];
    expect(desk({ counters: pause }).undo).toMatchObject({ type: 'v1.BreakBegan', number: null });
  });

  it('is null without a configuration and for an unknown counter', () => {
    expect(counterDesk(dayState({ config: null }), counterId('counter-1'), at('09:30'))).toBeNull();
    expect(counterDesk(dayState(), counterId('counter-9'), at('09:30'))).toBeNull();
  });
});
