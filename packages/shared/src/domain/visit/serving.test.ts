import { describe, expect, it } from 'vitest';
import { createOffice } from '../day/test/office.ts';
import { MAX_PARTS } from '../facts.ts';
import { at, visitId as someVisit } from '../views/test/fixtures.ts';

const one = { counterId: 'counter-1' };
const three = { counterId: 'counter-3' };

/** Counter 1 serves a visit that came at 09:00 and arrived at 09:05. */
function serving() {
  const office = createOffice();
  office.open('counter-1', 1);
  const visitId = office.ticket();
  office.wait(5);
  office.must('callNext', one);
  office.must('markArrived', one);
  office.wait(5);
  return { office, visitId, visit: () => office.visit(visitId) };
}

describe('finish', () => {
  it('closes the visit: delivered parts, dropped parts, outcome, no running period', () => {
    const { office, visit } = serving();
    office.must('addFollowUp', { ...one, serviceId: 'pickup' });
    office.must('finish', { ...one, outcome: 'documentsMissing', deliveredServiceIds: ['pickup'] });
    expect(visit()).toMatchObject({
      state: 'finished',
      outcome: 'documentsMissing',
      counterId: null,
      parts: [
        { serviceId: 'id-card', state: 'dropped' },
        { serviceId: 'pickup', state: 'delivered' },
      ],
    });
    expect(visit().periods.map(({ kind, startedAt, endedAt }) => [kind, startedAt, endedAt])).toEqual([
      ['waiting', at('09:00'), at('09:05')],
      ['way', at('09:05'), at('09:05')],
      ['serving', at('09:05'), at('09:10')],
    ]);
    expect(office.counter('counter-1').visitId).toBeNull();
    expect(office.store.closedVisits.size).toBe(1);
  });

  it('refuses, like everything for the visit in service, while there is none', () => {
    const office = createOffice();
    office.open('counter-1', 1);
    office.ticket();
    office.must('callNext', one);
    expect(office.refusal('finish', { ...one, outcome: 'done', deliveredServiceIds: [] })).toBe('noVisitInService');
    expect(office.refusal('park', { ...one, reason: 'pays' })).toBe('noVisitInService');
    expect(office.refusal('transfer', { ...one, serviceId: 'pickup', reservedFor: null })).toBe('noVisitInService');
    expect(office.refusal('addFollowUp', { ...one, serviceId: 'pickup' })).toBe('noVisitInService');
  });
});

describe('park and resume', () => {
  it('parking frees the counter; resuming goes on in service at the counter that resumes', () => {
    const { office, visitId, visit } = serving();
    office.must('park', { ...one, reason: 'takesPhoto' });
    expect(visit()).toMatchObject({ state: 'parked', parkReason: 'takesPhoto', counterId: null });
    expect(office.counter('counter-1').visitId).toBeNull();
    office.wait(5);
    office.open('counter-3', 3);
    office.must('resume', { ...three, visitId });
    expect(visit()).toMatchObject({ state: 'serving', parkReason: null, counterId: 'counter-3' });
    expect(visit().periods.slice(-3)).toMatchObject([
      { kind: 'serving', counterId: 'counter-1', endedAt: at('09:10') },
      { kind: 'parked', counterId: null, startedAt: at('09:10'), endedAt: at('09:15') },
      { kind: 'serving', counterId: 'counter-3', startedAt: at('09:15'), endedAt: null },
    ]);
  });

  it('resume refuses closed and busy counters, unknown visits and visits that are not parked', () => {
    const { office, visitId } = serving();
    expect(office.refusal('resume', { ...three, visitId })).toBe('counterNotOpen');
    expect(office.refusal('resume', { ...one, visitId })).toBe('visitInProgress');
    office.open('counter-3', 3);
    expect(office.refusal('resume', { ...three, visitId: someVisit(9) })).toBe('unknownVisit');
    expect(office.refusal('resume', { ...three, visitId: office.ticket() })).toBe('notParked');
  });
});

describe('transfer', () => {
  it('keeps number, arrival and place; the open part becomes the new service', () => {
    const { office, visit } = serving();
    const { number, arrivedAt, queuedAt, queuedRow } = visit();
    office.must('transfer', { ...one, serviceId: 'extension', reservedFor: null });
    expect(visit()).toMatchObject({
      ...{ state: 'waiting', number, arrivedAt, queuedAt, queuedRow, reservedFor: null, counterId: null },
      parts: [{ serviceId: 'extension', state: 'open' }],
    });
    expect(visit().periods.slice(-2)).toMatchObject([
      { kind: 'serving', serviceId: 'id-card', counterId: 'counter-1', endedAt: at('09:10') },
      { kind: 'waiting', serviceId: 'extension', counterId: null, startedAt: at('09:10'), endedAt: null },
    ]);
    expect(office.counter('counter-1').visitId).toBeNull();
  });

  it('to a counter: only that counter’s "next" finds it, until it has arrived there', () => {
    const { office, visitId, visit } = serving();
    office.must('transfer', { ...one, serviceId: null, reservedFor: 'counter-3' });
    office.wait(5);
    expect(office.refusal('callNext', one)).toBe('nobodyWaiting');
    office.open('counter-3', 3);
    expect(office.must('callNext', three)).toBe(visitId);
    expect(visit().reservedFor).toBe('counter-3');
    office.must('markArrived', three);
    expect(visit().reservedFor).toBeNull();
  });

  it('to a counter that closes: whoever serves the service finds the visit again', () => {
    const { office, visitId, visit } = serving();
    office.open('counter-3', 3);
    office.must('transfer', { ...one, serviceId: null, reservedFor: 'counter-3' });
    office.wait(5);
    expect(office.refusal('callNext', one)).toBe('nobodyWaiting');
    office.must('closeCounter', three);
    expect(visit().reservedFor).toBeNull();
    expect(office.must('callNext', one)).toBe(visitId);
  });

  it('refuses no target, unknown targets, and a counter that lacks the service', () => {
    const { office } = serving();
    expect(office.refusal('transfer', { ...one, serviceId: null, reservedFor: null })).toBe('noTarget');
    expect(office.refusal('transfer', { ...one, serviceId: 'wedding', reservedFor: null })).toBe('unknownService');
    expect(office.refusal('transfer', { ...one, serviceId: null, reservedFor: 'counter-9' })).toBe('unknownCounter');
    expect(office.refusal('transfer', { ...one, serviceId: null, reservedFor: 'counter-2' })).toBe(
      'counterLacksService',
    );
    expect(office.refusal('transfer', { ...one, serviceId: 'pickup', reservedFor: 'counter-3' })).toBe(
      'counterLacksService',
    );
    expect(office.refusal('transfer', { ...one, serviceId: 'pickup', reservedFor: 'counter-2' })).toBeNull();
  });
});

describe('addFollowUp', () => {
  it('adds an open part and goes on serving', () => {
    const { office, visit } = serving();
    office.must('addFollowUp', { ...one, serviceId: 'permit' });
    expect(visit()).toMatchObject({ state: 'serving', parts: [{ serviceId: 'id-card' }, { serviceId: 'permit' }] });
    expect(office.refusal('addFollowUp', { ...one, serviceId: 'wedding' })).toBe('unknownService');
  });

  it('refuses one part more than MAX_PARTS', () => {
    const { office, visit } = serving();
    for (let parts = 1; parts < MAX_PARTS; parts++) office.must('addFollowUp', { ...one, serviceId: 'pickup' });
    expect(visit().parts).toHaveLength(MAX_PARTS);
    expect(office.refusal('addFollowUp', { ...one, serviceId: 'pickup' })).toBe('tooManyParts');
  });
});

describe('periods', () => {
  it('T1: follow each other without a gap even where the times of entries run backwards', () => {
    const { office, visit } = serving();
    office.wait(-8);
    office.must('park', { ...one, reason: 'other' });
    office.wait(20);
    office.must('resume', { ...one, visitId: visit().id });
    expect(visit().periods.slice(-3)).toMatchObject([
      { kind: 'serving', startedAt: at('09:05'), endedAt: at('09:05') },
      { kind: 'parked', startedAt: at('09:05'), endedAt: at('09:22') },
      { kind: 'serving', startedAt: at('09:22'), endedAt: null },
    ]);
  });
});
