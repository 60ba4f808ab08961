import { describe, expect, it } from 'vitest';
import { createOffice } from '../day/test/office.ts';
import { at, sessionId } from '../views/test/fixtures.ts';

const open = (counter: number, clerk: number, takeOver = false) => ({
  counterId: `counter-${counter}`,
  sessionId: sessionId(clerk),
  takeOver,
});
const one = { counterId: 'counter-1' };

describe('openCounter', () => {
  it('signs a clerk in', () => {
    const office = createOffice();
    office.must('openCounter', open(1, 1));
    expect(office.counter('counter-1')).toMatchObject({
      presence: 'open',
      sessionId: sessionId(1),
      since: at('09:00'),
    });
    expect(office.refusal('openCounter', open(9, 2))).toBe('unknownCounter');
  });

  it('Counter: one clerk per counter - a signed-in colleague is replaced only on purpose, and keeps the visit here', () => {
    const office = createOffice();
    office.open('counter-1', 1);
    office.ticket();
    const visitId = office.must('callNext', one);
    expect(office.refusal('openCounter', open(1, 2))).toBe('counterTaken');
    office.must('openCounter', open(1, 2, true));
    expect(office.counter('counter-1')).toMatchObject({ sessionId: sessionId(2), visitId });
  });

  it('Counter: one counter per clerk - moving closes the other counter, unless a visit is there', () => {
    const office = createOffice();
    office.open('counter-1', 1);
    expect(office.refusal('openCounter', open(2, 1))).toBe('sessionElsewhere');
    office.must('openCounter', open(2, 1, true));
    expect(office.counter('counter-1')).toMatchObject({ presence: 'closed', sessionId: null });
    expect(office.counter('counter-2')).toMatchObject({ presence: 'open', sessionId: sessionId(1) });
    office.ticket('pickup');
    office.must('callNext', { counterId: 'counter-2' });
    expect(office.refusal('openCounter', open(1, 1, true))).toBe('sessionElsewhere');
  });

  it('changes nothing for the clerk who is signed in there already, on break too', () => {
    const office = createOffice();
    office.open('counter-1', 1);
    office.must('beginBreak', { ...one, reason: 'meeting' });
    const before = office.counter('counter-1');
    office.wait(1);
    office.must('openCounter', open(1, 1));
    expect(office.counter('counter-1')).toBe(before);
  });

  it('O8: two devices that signed the same clerk in, cut off from each other: the first in order counts', () => {
    const office = createOffice();
    office.open('counter-1', 1);
    const id = office.nextId();
    office.put('v1.CounterOpened', { commandId: id, counterId: 'counter-2', sessionId: sessionId(1) });
    expect(office.store.commands.get(id)).toEqual({ status: 'refused', refusal: { type: 'sessionElsewhere' } });
  });
});

describe('break and close', () => {
  it('Counter: a break has a reason and ends', () => {
    const office = createOffice();
    office.open('counter-1', 1);
    office.wait(60);
    office.must('beginBreak', { ...one, reason: 'backOffice' });
    expect(office.counter('counter-1')).toMatchObject({
      presence: 'break',
      breakReason: 'backOffice',
      since: at('10:00'),
    });
    office.must('endBreak', one);
    expect(office.counter('counter-1')).toMatchObject({ presence: 'open', breakReason: null, sessionId: sessionId(1) });
  });

  it('refuses what does not fit the presence', () => {
    const office = createOffice();
    expect(office.refusal('closeCounter', one)).toBe('counterNotOpen');
    expect(office.refusal('beginBreak', { ...one, reason: 'pause' })).toBe('counterNotOpen');
    expect(office.refusal('endBreak', one)).toBe('notOnBreak');
    office.open('counter-1', 1);
    expect(office.refusal('endBreak', one)).toBe('notOnBreak');
    office.must('beginBreak', { ...one, reason: 'pause' });
    expect(office.refusal('beginBreak', { ...one, reason: 'pause' })).toBe('counterNotOpen');
    office.must('closeCounter', one);
    expect(office.counter('counter-1')).toMatchObject({ presence: 'closed', sessionId: null, breakReason: null });
  });

  it('no visit is left behind at a counter that closes or goes on break', () => {
    const office = createOffice();
    office.open('counter-1', 1);
    office.ticket();
    office.must('callNext', one);
    expect(office.refusal('closeCounter', one)).toBe('visitInProgress');
    expect(office.refusal('beginBreak', { ...one, reason: 'pause' })).toBe('visitInProgress');
  });
});
