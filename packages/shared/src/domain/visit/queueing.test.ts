import { describe, expect, it } from 'vitest';
import { createOffice } from '../day/test/office.ts';
import { at, visitId as someVisit } from '../views/test/fixtures.ts';

const one = { counterId: 'counter-1' };
const two = { counterId: 'counter-2' };

/** Counter 1 is open, two visits wait; the first can be brought into any state. */
function office() {
  const day = createOffice();
  day.open('counter-1', 1);
  const visitId = day.ticket();
  day.ticket();
  const visit = () => day.visit(visitId);
  return {
    ...day,
    visitId,
    visit,
    call: () => day.must('callSpecific', { ...one, visitId }),
    serve: () => {
      day.must('callSpecific', { ...one, visitId });
      day.must('markArrived', one);
    },
    miss: () => {
      day.must('callSpecific', { ...one, visitId });
      day.must('recall', one);
      day.must('recall', one);
      day.must('markNoShow', one);
    },
  };
}

describe('requeue', () => {
  it('Counter: requeue at the same place keeps place and arrival', () => {
    const day = office();
    const { queuedAt, queuedRow, arrivedAt } = day.visit();
    day.miss();
    day.wait(10);
    day.must('requeue', { ...two, visitId: day.visitId, place: 'same' });
    expect(day.visit()).toMatchObject({ state: 'waiting', queuedAt, queuedRow, arrivedAt, unansweredCalls: 0 });
    expect(day.must('callNext', one)).toBe(day.visitId);
  });

  it('Counter: requeue at the end gives a new place and keeps the arrival', () => {
    const day = office();
    day.serve();
    day.must('park', { ...one, reason: 'fetchesDocument' });
    day.wait(10);
    day.must('requeue', { ...one, visitId: day.visitId, place: 'end' });
    expect(day.visit()).toMatchObject({ queuedAt: at('09:10'), queuedRow: day.log.length, arrivedAt: at('09:00') });
    expect(day.must('callNext', one)).not.toBe(day.visitId);
  });

  it('puts back who was called or served here, and frees the counter', () => {
    for (const state of ['call', 'serve'] as const) {
      const day = office();
      day[state]();
      day.must('requeue', { ...one, visitId: day.visitId, place: 'same' });
      expect(day.visit().state).toBe('waiting');
      expect(day.counter('counter-1').visitId).toBeNull();
    }
  });

  it('refuses unknown visits and those that wait already or have ended', () => {
    const day = office();
    expect(day.refusal('requeue', { ...one, visitId: someVisit(9), place: 'end' })).toBe('unknownVisit');
    expect(day.refusal('requeue', { ...one, visitId: day.visitId, place: 'end' })).toBe('notRequeueable');
    day.must('cancelVisit', { ...one, visitId: day.visitId, reason: 'left' });
    expect(day.refusal('requeue', { ...one, visitId: day.visitId, place: 'end' })).toBe('notRequeueable');
  });
});

describe('cancelVisit', () => {
  it('ends the visit from any open state; its own counter is free again', () => {
    for (const state of ['call', 'serve', 'miss'] as const) {
      const day = office();
      day[state]();
      day.must('cancelVisit', { ...one, visitId: day.visitId, reason: 'left' });
      expect(day.visit()).toMatchObject({ state: 'cancelled', cancelReason: 'left', parts: [{ state: 'dropped' }] });
      expect(day.counter('counter-1').visitId).toBeNull();
    }
  });

  it('refuses unknown and closed visits, like all edits', () => {
    const day = office();
    const { visitId } = day;
    const edits = (id: typeof visitId) => [
      day.refusal('cancelVisit', { ...one, visitId: id, reason: 'mistake' }),
      day.refusal('editServices', { ...one, visitId: id, serviceIds: ['pickup'] }),
      day.refusal('changePriority', { ...one, visitId: id, priority: 1, reason: 'pregnancy' }),
      day.refusal('changePartySize', { ...one, visitId: id, partySize: 2 }),
    ];
    expect(edits(someVisit(9))).toEqual(Array(4).fill('unknownVisit'));
    day.must('cancelVisit', { ...one, visitId, reason: 'mistake' });
    expect(edits(visitId)).toEqual(Array(4).fill('visitClosed'));
  });
});

describe('edits', () => {
  it('Counter: edit services corrects the parts, and the running span counts for the right one', () => {
    const day = office();
    day.wait(5);
    day.must('editServices', { ...two, visitId: day.visitId, serviceIds: ['pickup', 'id-card'] });
    expect(day.visit()).toMatchObject({
      parts: [
        { serviceId: 'pickup', state: 'open' },
        { serviceId: 'id-card', state: 'open' },
      ],
      periods: [{ kind: 'waiting', serviceId: 'pickup', startedAt: at('09:00'), endedAt: null }],
    });
    expect(day.refusal('editServices', { ...two, visitId: day.visitId, serviceIds: ['wedding'] })).toBe(
      'unknownService',
    );
  });

  it('Counter: priority needs a reason; without priority there is none', () => {
    const day = office();
    const { visitId } = day;
    expect(day.refusal('changePriority', { ...one, visitId, priority: 1, reason: null })).toBe('reasonMissing');
    day.must('changePriority', { ...one, visitId, priority: 1, reason: 'smallChildren' });
    expect(day.visit()).toMatchObject({ priority: 1, priorityReason: 'smallChildren' });
    day.must('changePriority', { ...one, visitId, priority: 0, reason: 'smallChildren' });
    expect(day.visit()).toMatchObject({ priority: 0, priorityReason: null });
  });

  it('party size and priority can be changed while another counter has the visit, and nothing else changes', () => {
    const day = office();
    day.serve();
    const before = day.visit();
    day.must('changePartySize', { ...two, visitId: day.visitId, partySize: 4 });
    day.must('changePriority', { ...two, visitId: day.visitId, priority: 2, reason: 'staffDecision' });
    expect(day.visit()).toEqual({
      ...before,
      revision: before.revision + 2,
      partySize: 4,
      priority: 2,
      priorityReason: 'staffDecision',
    });
  });
});
