import { describe, expect, it } from 'vitest';
import type { SeriesId, VisitId } from '../../lib/ids.ts';
import { createOffice } from '../day/test/office.ts';
import type { LocationConfig, Service } from '../location-config/schema.ts';
import { at, config, visitId } from '../views/test/fixtures.ts';
import { CHECK_IN_OPENS_BEFORE_MS } from './decide-ticket.ts';

const wish = { kioskId: 'kiosk-1', serviceIds: ['id-card'], language: 'de', partySize: 1 } as const;
const withService = (id: string, over: Partial<Service>): LocationConfig => ({
  ...config(),
  services: config().services.map((service) => (service.id === id ? { ...service, ...over } : service)),
});
const withMain = (last: number): LocationConfig => ({
  ...config(),
  series: config().series.map((one) => ({ ...one, main: { first: 1, last }, overflow: { first: 9, last: 9 } })),
});

describe('issueTicket', () => {
  it('makes a waiting visit with number, place and a running period; the visit bears the command’s id', () => {
    const office = createOffice();
    const command = office.command('issueTicket', { ...wish, partySize: 3, language: 'en' });
    const answer = office.execute(command);
    expect(answer).toEqual({ ok: true, value: { visitId: command.commandId, number: 'A001' } });
    expect(office.visit(command.commandId as string as VisitId)).toMatchObject({
      state: 'waiting',
      revision: 1,
      number: { seriesId: 'a', value: 1, text: 'A001' },
      access: 'walkIn',
      parts: [{ serviceId: 'id-card', state: 'open' }],
      partySize: 3,
      language: 'en',
      origin: { kind: 'kiosk', kioskId: 'kiosk-1' },
      arrivedAt: at('09:00'),
      queuedAt: at('09:00'),
      queuedRow: office.log.length,
      handedOver: false,
      periods: [{ kind: 'waiting', startedAt: at('09:00'), endedAt: null, serviceId: 'id-card', counterId: null }],
    });
  });

  it('Kiosk: one press, one ticket - the same command id again is answered and issues none', () => {
    const office = createOffice();
    const command = office.command('issueTicket', wish);
    const first = office.execute(command);
    expect(office.execute(command)).toEqual(first);
    expect(office.execute(command)).toEqual(first);
    expect(office.store.openVisits.size).toBe(1);
    expect(office.store.series.get('a' as SeriesId)?.issued).toBe(1);
  });

  it('takes priority from the first service', () => {
    const office = createOffice({ config: withService('pickup', { priority: 2 }) });
    expect(office.visit(office.ticket('pickup'))).toMatchObject({ priority: 2, priorityReason: null });
    const both = office.must('issueTicket', { ...wish, serviceIds: ['id-card', 'pickup'] });
    expect(office.visit(both)).toMatchObject({
      priority: 0,
      parts: [{ serviceId: 'id-card' }, { serviceId: 'pickup' }],
    });
  });

  it('refuses unknown kiosks and services, and services of areas the kiosk does not offer', () => {
    const office = createOffice();
    expect(office.refusal('issueTicket', { ...wish, kioskId: 'kiosk-9' })).toBe('unknownKiosk');
    expect(office.refusal('issueTicket', { ...wish, serviceIds: ['id-card', 'wedding'] })).toBe('unknownService');
    expect(office.refusal('issueTicket', { ...wish, kioskId: 'kiosk-2' })).toBe('unknownService');
  });

  it('refuses what only appointments may have, and everything outside hours', () => {
    const office = createOffice();
    expect(office.refusal('issueTicket', { ...wish, serviceIds: ['permit'] })).toBe('appointmentOnly');
    office.wait(10 * 60);
    expect(office.refusal('issueTicket', wish)).toBe('serviceClosed');
  });

  it('Kiosk: open within the contingent; a void ticket gives it back, a cancelled visit does not', () => {
    const office = createOffice({ config: withService('pickup', { contingentPerDay: 2 }) });
    const pickup = { ...wish, serviceIds: ['pickup'] };
    const first = office.must('issueTicket', pickup);
    const second = office.must('issueTicket', pickup);
    expect(office.refusal('issueTicket', pickup)).toBe('contingentUsedUp');
    office.must('cancelVisit', { counterId: 'counter-1', visitId: first, reason: 'left' });
    expect(office.refusal('issueTicket', pickup)).toBe('contingentUsedUp');
    office.must('voidTicket', { kioskId: 'kiosk-1', visitId: second });
    expect(office.refusal('issueTicket', pickup)).toBeNull();
  });

  it('counts a ticket once for each of its services, however often one is named', () => {
    const office = createOffice();
    office.must('issueTicket', { ...wish, serviceIds: ['id-card', 'id-card', 'pickup'] });
    expect(office.store.info.walkInsByService).toEqual({ 'id-card': 1, pickup: 1 });
  });

  it('X2: numbersExhausted when both spans are used up, voids included', () => {
    const office = createOffice({ config: withMain(1) });
    office.must('voidTicket', { kioskId: 'kiosk-1', visitId: office.ticket() });
    expect(office.visit(office.ticket()).number?.text).toBe('A009');
    expect(office.refusal('issueTicket', wish)).toBe('numbersExhausted');
  });

  it('X2: a second ticket with the same number is rejected, and its author told', () => {
    const office = createOffice();
    const first = office.visit(office.ticket());
    const id = office.nextId();
    const { number } = first;
    office.put('v1.TicketIssued', {
      ...{ commandId: id, visitId: id, number, serviceIds: ['pickup'], origin: first.origin, language: 'de' },
      ...{ partySize: 1, priority: 0, priorityReason: null },
    });
    expect(office.store.rejections).toEqual([
      { row: office.log.length, type: 'v1.TicketIssued', reason: 'takenByOther' },
    ]);
    expect(office.store.commands.get(id)).toEqual({ status: 'refused', refusal: { type: 'takenByOther' } });
    expect(office.store.openVisits.size).toBe(1);
  });
});

describe('hand-over', () => {
  it('Kiosk: issue is not print - the ticket is handed over when shown or printed, once', () => {
    const office = createOffice();
    const visitId = office.ticket();
    expect(office.visit(visitId).handedOver).toBe(false);
    office.must('confirmHandOver', { kioskId: 'kiosk-1', visitId, means: 'screen' });
    const shown = office.visit(visitId);
    expect(shown.handedOver).toBe(true);
    office.must('confirmHandOver', { kioskId: 'kiosk-1', visitId, means: 'print' });
    expect(office.visit(visitId)).toBe(shown);
  });

  it('N3: a ticket neither printed nor shown is voided: number gone for the day, visit cancelled', () => {
    const office = createOffice();
    const visitId = office.ticket();
    office.must('voidTicket', { kioskId: 'kiosk-1', visitId });
    expect(office.visit(visitId)).toMatchObject({ state: 'cancelled', cancelReason: 'withdrawn' });
    expect(office.visit(office.ticket()).number?.text).toBe('A002');
  });

  it('N3: a ticket in somebody’s hand, or of somebody served, is not voided', () => {
    const office = createOffice();
    const printed = office.ticket();
    office.must('confirmHandOver', { kioskId: 'kiosk-1', visitId: printed, means: 'print' });
    expect(office.refusal('voidTicket', { kioskId: 'kiosk-1', visitId: printed })).toBe('alreadyHandedOver');
    const served = office.ticket();
    office.open('counter-1', 1);
    office.must('callSpecific', { counterId: 'counter-1', visitId: served });
    office.must('markArrived', { counterId: 'counter-1' });
    expect(office.refusal('voidTicket', { kioskId: 'kiosk-1', visitId: served })).toBe('alreadyHandedOver');
  });

  it('a voided ticket that was called meanwhile frees its counter', () => {
    const office = createOffice();
    office.open('counter-1', 1);
    const visitId = office.ticket();
    office.must('callNext', { counterId: 'counter-1' });
    office.must('voidTicket', { kioskId: 'kiosk-1', visitId });
    expect(office.counter('counter-1').visitId).toBeNull();
  });

  it('refuses visits that are not there or have no number', () => {
    const office = createOffice();
    const booked = office.must('bookAppointment', { ...booking, startsAt: at('10:00') });
    for (const id of [booked, visitId(99)]) {
      expect(office.refusal('confirmHandOver', { kioskId: 'kiosk-1', visitId: id, means: 'print' })).toBe(
        'unknownVisit',
      );
      expect(office.refusal('voidTicket', { kioskId: 'kiosk-1', visitId: id })).toBe('unknownVisit');
    }
  });
});

const booking = { code: '4711', serviceIds: ['permit'], partySize: 1, language: 'de' } as const;

describe('appointments', () => {
  it('are booked, check in, and wait with a number of their service’s series', () => {
    const office = createOffice();
    const visitId = office.must('bookAppointment', { ...booking, startsAt: at('09:30') });
    expect(office.visit(visitId)).toMatchObject({ state: 'booked', number: null, arrivedAt: null, periods: [] });
    office.wait(10);
    expect(office.run('checkInAppointment', { kioskId: 'kiosk-1', code: '4711' })).toEqual({
      ok: true,
      value: { visitId, number: 'B001' },
    });
    expect(office.visit(visitId)).toMatchObject({
      state: 'waiting',
      access: 'appointment',
      appointmentAt: at('09:30'),
      arrivedAt: at('09:10'),
      queuedAt: at('09:10'),
      origin: { kind: 'kiosk', kioskId: 'kiosk-1' },
    });
    expect(office.store.info.walkInsByService).toEqual({});
  });

  it('check in from CHECK_IN_OPENS_BEFORE_MS before their time on, not a minute earlier', () => {
    const office = createOffice();
    office.must('bookAppointment', { ...booking, startsAt: at('09:01') + CHECK_IN_OPENS_BEFORE_MS });
    const checkIn = { kioskId: 'kiosk-1', code: '4711' };
    expect(office.refusal('checkInAppointment', checkIn)).toBe('appointmentTooEarly');
    office.wait(1);
    expect(office.refusal('checkInAppointment', checkIn)).toBeNull();
  });

  it('check in once, by a known code, at a known kiosk, while there are numbers', () => {
    const office = createOffice({ config: withMain(1) });
    office.must('bookAppointment', { ...booking, startsAt: at('09:00') });
    expect(office.refusal('checkInAppointment', { kioskId: 'kiosk-9', code: '4711' })).toBe('unknownKiosk');
    expect(office.refusal('checkInAppointment', { kioskId: 'kiosk-1', code: '4712' })).toBe('unknownAppointment');
    expect(office.refusal('checkInAppointment', { kioskId: 'kiosk-1', code: '4711' })).toBeNull();
    expect(office.refusal('checkInAppointment', { kioskId: 'kiosk-1', code: '4711' })).toBe('alreadyCheckedIn');
    for (const code of ['4712', '4713']) office.must('bookAppointment', { ...booking, code, startsAt: at('09:00') });
    expect(office.refusal('checkInAppointment', { kioskId: 'kiosk-1', code: '4712' })).toBeNull();
    expect(office.refusal('checkInAppointment', { kioskId: 'kiosk-1', code: '4713' })).toBe('numbersExhausted');
  });

  it('bear a code of their own, free again once cancelled', () => {
    const office = createOffice();
    const first = office.must('bookAppointment', { ...booking, startsAt: at('09:00') });
    expect(office.refusal('bookAppointment', { ...booking, startsAt: at('10:00') })).toBe('codeTaken');
    office.must('cancelVisit', { counterId: 'counter-1', visitId: first, reason: 'left' });
    expect(office.refusal('checkInAppointment', { kioskId: 'kiosk-1', code: '4711' })).toBe('unknownAppointment');
    const second = office.must('bookAppointment', { ...booking, startsAt: at('10:00') });
    office.must('changePartySize', { counterId: 'counter-1', visitId: second, partySize: 2 });
    expect(office.refusal('undo', { counterId: 'counter-1' })).toBeNull();
    // The code belongs to somebody else now, so the first booking cannot come back.
    expect(office.refusal('undo', { counterId: 'counter-1' })).toBe('changedSince');
    expect(office.must('checkInAppointment', { kioskId: 'kiosk-1', code: '4711' })).toBe(second);
  });

  it('refuses unknown services', () => {
    const office = createOffice();
    expect(office.refusal('bookAppointment', { ...booking, serviceIds: ['wedding'], startsAt: 0 })).toBe(
      'unknownService',
    );
  });

  it('an appointment is for services that take appointments', () => {
    const office = createOffice();
    const startsAt = at('10:00');
    expect(office.refusal('bookAppointment', { ...booking, serviceIds: ['pickup'], startsAt })).toBe(
      'notByAppointment',
    );
    const mixed = { ...booking, serviceIds: ['id-card', 'pickup'], startsAt };
    expect(office.refusal('bookAppointment', mixed)).toBe('notByAppointment');
  });

  it('D1: an appointment is of the open day, from its first minute to its last, in the location’s time zone', () => {
    const office = createOffice();
    const last = at('24:00') - 1;
    for (const startsAt of [at('00:00') - 1, last + 1, 0]) {
      expect(office.refusal('bookAppointment', { ...booking, startsAt })).toBe('notToday');
    }
    office.must('bookAppointment', { ...booking, startsAt: at('00:00') });
    office.must('bookAppointment', { ...booking, code: '4712', startsAt: last });
  });

  it('N3: a voided check-in is booked again, and can check in under another number', () => {
    const office = createOffice();
    const visitId = office.must('bookAppointment', { ...booking, startsAt: at('09:30') });
    const booked = office.visit(visitId);
    office.must('checkInAppointment', { kioskId: 'kiosk-1', code: '4711' });
    office.must('voidTicket', { kioskId: 'kiosk-1', visitId });
    expect(office.visit(visitId)).toEqual({ ...booked, revision: 3 });
    office.must('checkInAppointment', { kioskId: 'kiosk-1', code: '4711' });
    expect(office.visit(visitId).number?.text).toBe('B002');
  });
});
