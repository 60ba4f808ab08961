import { describe, expect, it } from 'vitest';
import { MINUTE_MS } from '../../lib/time.ts';
import { MAX_UNDO_DEPTH, UNDO_WINDOW_MS } from '../counter/counter.ts';
import { createOffice, type Office } from '../day/test/office.ts';
import { sessionId } from '../views/test/fixtures.ts';
import type { Visit } from '../visit/visit.ts';

const one = { counterId: 'counter-1' };
const two = { counterId: 'counter-2' };

function open() {
  const office = createOffice();
  office.open('counter-1', 1);
  return office;
}
function called() {
  const office = open();
  office.ticket();
  office.wait(2);
  return { office, visitId: office.must('callNext', one) };
}
function served() {
  const { office, visitId } = called();
  office.wait(1);
  office.must('markArrived', one);
  return { office, visitId };
}
function parked() {
  const { office, visitId } = served();
  office.must('park', { ...one, reason: 'pays' });
  return { office, visitId };
}

/** Each action of a counter: how to get there, and the action. */
const actions: Record<string, () => { office: Office; act: () => void }> = {
  openCounter: () => {
    const office = createOffice();
    return { office, act: () => office.open('counter-1', 1) };
  },
  'openCounter with takeOver': () => {
    const { office } = served();
    return { office, act: () => office.must('openCounter', { ...one, sessionId: sessionId(2), takeOver: true }) };
  },
  closeCounter: () => {
    const office = open();
    return { office, act: () => office.must('closeCounter', one) };
  },
  beginBreak: () => {
    const office = open();
    return { office, act: () => office.must('beginBreak', { ...one, reason: 'pause' }) };
  },
  endBreak: () => {
    const office = open();
    office.must('beginBreak', { ...one, reason: 'pause' });
    return { office, act: () => office.must('endBreak', one) };
  },
  callNext: () => {
    const office = open();
    office.ticket();
    return { office, act: () => office.must('callNext', one) };
  },
  callSpecific: () => {
    const office = open();
    const visitId = office.ticket();
    return { office, act: () => office.must('callSpecific', { ...one, visitId }) };
  },
  markArrived: () => {
    const { office } = called();
    return { office, act: () => office.must('markArrived', one) };
  },
  recall: () => {
    const { office } = called();
    return { office, act: () => office.must('recall', one) };
  },
  markNoShow: () => {
    const { office } = called();
    return { office, act: () => office.must('markNoShow', one) };
  },
  'markNoShow that misses': () => {
    const { office } = called();
    office.must('recall', one);
    office.must('recall', one);
    return { office, act: () => office.must('markNoShow', one) };
  },
  finish: () => {
    const { office } = served();
    return { office, act: () => office.must('finish', { ...one, outcome: 'done', deliveredServiceIds: ['id-card'] }) };
  },
  park: () => {
    const { office } = served();
    return { office, act: () => office.must('park', { ...one, reason: 'takesPhoto' }) };
  },
  resume: () => {
    const { office, visitId } = parked();
    return { office, act: () => office.must('resume', { ...one, visitId }) };
  },
  requeue: () => {
    const { office, visitId } = parked();
    return { office, act: () => office.must('requeue', { ...one, visitId, place: 'end' }) };
  },
  transfer: () => {
    const { office } = served();
    return { office, act: () => office.must('transfer', { ...one, serviceId: 'permit', reservedFor: null }) };
  },
  addFollowUp: () => {
    const { office } = served();
    return { office, act: () => office.must('addFollowUp', { ...one, serviceId: 'permit' }) };
  },
  editServices: () => {
    const { office, visitId } = served();
    return { office, act: () => office.must('editServices', { ...one, visitId, serviceIds: ['permit', 'pickup'] }) };
  },
  changePriority: () => {
    const { office, visitId } = called();
    return { office, act: () => office.must('changePriority', { ...one, visitId, priority: 1, reason: 'pregnancy' }) };
  },
  changePartySize: () => {
    const office = open();
    const visitId = office.ticket();
    return { office, act: () => office.must('changePartySize', { ...one, visitId, partySize: 7 }) };
  },
  cancelVisit: () => {
    const { office, visitId } = served();
    return { office, act: () => office.must('cancelVisit', { ...one, visitId, reason: 'left' }) };
  },
};
/** All that a clerk could see change; what was said aloud cannot be unsaid. */
const seen = ({ store }: Office) => ({
  visits: [...store.openVisits.values(), ...store.closedVisits.values()].map(({ revision: _, call, ...visit }) => ({
    ...visit,
    call: call && { ...call, announcement: 0, announcedAt: 0 },
  })),
  counters: [...store.counters.values()].map(({ undoable: _, ...counter }) => counter),
});

describe('undo', () => {
  it.each(Object.keys(actions))('Counter: undo for every action - %s', (name) => {
    const { office, act } = actions[name]!();
    const before = seen(office);
    const depth = office.store.counters.get('counter-1' as never)?.undoable.length ?? 0;
    office.wait(1);
    act();
    expect(seen(office)).not.toEqual(before);
    office.wait(1);
    office.must('undo', one);
    const after = seen(office);
    // A counter that nobody had opened is there now, closed.
    expect({ ...after, counters: after.counters.slice(0, before.counters.length) }).toEqual(before);
    expect(office.counter('counter-1').undoable).toHaveLength(depth);
  });

  it('Counter: undo of walk-direct cancels the visit as a mistake; its number is void', () => {
    const office = open();
    const visitId = office.must('walkDirect', { ...one, serviceIds: ['pickup'], language: 'de', partySize: 1 });
    expect(office.counter('counter-1').undoable.at(-1)?.type).toBe('v1.TicketIssued');
    office.must('undo', one);
    expect(office.visit(visitId)).toMatchObject({ state: 'cancelled', cancelReason: 'mistake' });
    expect(office.counter('counter-1').visitId).toBeNull();
    expect(office.store.info.walkInsByService.pickup).toBe(0);
    expect(office.visit(office.ticket()).number?.text).toBe('A002');
  });

  it('Counter: actions are undone one after another, back to the first', () => {
    const { office, visitId } = parked();
    office.must('resume', { ...one, visitId });
    const states = Array.from({ length: 4 }, () => {
      office.must('undo', one);
      return office.visit(visitId).state;
    });
    expect(states).toEqual(['parked', 'serving', 'called', 'waiting']);
    expect(office.visit(visitId)).toMatchObject({ unansweredCalls: 0, lastCalledAt: null });
    office.must('undo', one);
    expect(office.counter('counter-1').presence).toBe('closed');
    expect(office.refusal('undo', one)).toBe('nothingToUndo');
  });

  it('an undone call does not count as a call: "next" finds the visitor at the old place at once', () => {
    const { office, visitId } = called();
    office.ticket();
    office.must('undo', one);
    expect(office.must('callNext', one)).toBe(visitId);
  });

  it('X6: after an undone recall the next one bears a number that no display has announced yet', () => {
    const { office, visitId } = called();
    office.must('recall', one);
    office.must('undo', one);
    expect(office.visit(visitId)).toMatchObject({ unansweredCalls: 1, call: { announcement: 2 } });
    office.must('recall', one);
    expect(office.visit(visitId)).toMatchObject({ unansweredCalls: 2, call: { announcement: 3 } });
  });

  it('Counter: undo for 60 s at least - until UNDO_WINDOW_MS, not a minute longer', () => {
    const { office } = called();
    office.wait(UNDO_WINDOW_MS / MINUTE_MS);
    const atTheEdge = createOffice({ store: office.store.overlay(), start: false, firstCommand: 900 });
    atTheEdge.wait((office.now() - atTheEdge.now()) / MINUTE_MS);
    expect(atTheEdge.refusal('undo', one)).toBeNull();
    office.wait(1);
    expect(office.refusal('undo', one)).toBe('undoTooLate');
  });

  it('nobody’s change is overwritten: undo is refused once another counter has changed the visit', () => {
    const { office, visitId } = called();
    office.must('changePriority', { ...two, visitId, priority: 1, reason: 'disability' });
    expect(office.refusal('undo', one)).toBe('changedSince');
    office.must('undo', two);
    expect(office.visit(visitId).priority).toBe(0);
  });

  it('a visit that another counter has called does not come back by undoing its transfer', () => {
    const { office } = served();
    office.must('transfer', { ...one, serviceId: 'pickup', reservedFor: null });
    office.open('counter-2', 2);
    office.wait(5);
    office.must('callNext', two);
    expect(office.refusal('undo', one)).toBe('changedSince');
  });

  it('one counter per clerk: a closed counter does not reopen for a clerk who sits elsewhere by now', () => {
    const office = open();
    office.must('closeCounter', one);
    office.open('counter-2', 1);
    expect(office.refusal('undo', one)).toBe('changedSince');
  });

  it('an undo in the log that names another action than the newest is rejected', () => {
    const { office } = called();
    const [opened] = office.counter('counter-1').undoable;
    const id = office.nextId();
    office.put('v1.ActionUndone', { commandId: id, ...one, undoneCommandId: opened?.commandId });
    expect(office.store.commands.get(id)).toEqual({ status: 'refused', refusal: { type: 'changedSince' } });
    const other = office.nextId();
    office.put('v1.ActionUndone', { commandId: other, ...two, undoneCommandId: opened?.commandId });
    expect(office.store.commands.get(other)).toEqual({ status: 'refused', refusal: { type: 'nothingToUndo' } });
  });

  it('O8: an undone arrival gives the ticket back to the counter that had called it, while that is free', () => {
    for (const [interfere, refusal] of [
      [() => {}, null],
      [(office: Office) => office.must('closeCounter', one), 'changedSince'],
      [
        (office: Office) => {
          office.ticket();
          office.must('callNext', one);
        },
        'changedSince',
      ],
    ] as const) {
      const { office, visitId } = called();
      office.open('counter-2', 2);
      office.put('v1.VisitArrived', { commandId: office.nextId(), visitId, ...two });
      interfere(office);
      expect(office.refusal('undo', two)).toBe(refusal);
      expect(office.visit(visitId)).toMatchObject(
        refusal === null ? { state: 'called', counterId: 'counter-1' } : { state: 'serving', counterId: 'counter-2' },
      );
    }
  });

  it('keeps at most MAX_UNDO_DEPTH actions, each with one visit, however long the day', () => {
    const { office, visitId } = called();
    const change = (partySize: number) => office.must('changePartySize', { ...one, visitId, partySize });
    for (let i = 0; i < MAX_UNDO_DEPTH; i++) change(1 + (i % 2));
    const size = JSON.stringify(office.counter('counter-1')).length;
    for (let i = 0; i < 50; i++) change(1 + (i % 2));
    expect(office.counter('counter-1').undoable).toHaveLength(MAX_UNDO_DEPTH);
    expect(JSON.stringify(office.counter('counter-1')).length).toBeLessThan(size * 1.1);
    for (let i = 0; i < MAX_UNDO_DEPTH; i++) office.must('undo', one);
    expect(office.refusal('undo', one)).toBe('nothingToUndo');
  });

  it('a snapshot holds what the visit was before, at its revision', () => {
    const { office, visitId } = called();
    const before: Visit = office.visit(visitId);
    office.must('recall', one);
    expect(office.counter('counter-1').undoable.at(-1)).toMatchObject({
      type: 'v1.VisitRecalled',
      visitId,
      visitBefore: before,
      visitRevisionAfter: before.revision + 1,
    });
  });
});
