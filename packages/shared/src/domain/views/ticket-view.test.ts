import { describe, expect, it } from 'vitest';
import { VISIT_STATES } from '../visit/visit.ts';
import {
  at,
  calledVisit,
  counterId,
  type DayFixture,
  dayState,
  openCounter,
  servedVisit,
  serviceId,
  visit,
  visitId,
} from './test/fixtures.ts';
import { ticketView } from './ticket-view.ts';
import { ticketViewSchema } from './view-schemas.ts';

const ticket = (n: number, fixture: DayFixture, now = '09:30') =>
  ticketViewSchema.parse(ticketView(dayState(fixture), visitId(n), at(now)));

describe('Ticket', () => {
  it('says number, service, area, what to bring, and how many people are ahead', () => {
    const visits = [visit(1), visit(2, { arrivedAt: at('09:10') })];
    expect(ticket(2, { visits, counters: [openCounter('counter-1')] })).toEqual({
      visitId: visitId(2),
      number: 'A002',
      state: 'waiting',
      serviceNames: [{ de: 'Identity card (deutsch)', en: 'Identity card' }],
      areaName: { de: 'North (deutsch)', en: 'North' },
      bring: [
        { de: 'Old card (deutsch)', en: 'Old card' },
        { de: 'Photo (deutsch)', en: 'Photo' },
      ],
      ahead: 1,
      counterLabel: null,
      counterWord: 'counter',
      appointmentAt: null,
      issuedAt: at('09:10'),
      language: 'de',
    });
  });

  it('people ahead: 0 = next; counted where the turn comes first, at counters with a clerk or on a break', () => {
    const pickups = [visit(1, { service: 'pickup' }), visit(2, { service: 'pickup', arrivedAt: at('09:10') })];
    const own = visit(3, { service: 'pickup', arrivedAt: at('09:20') });
    const visits = [...pickups, own, visit(4, { arrivedAt: at('09:25') })];
    expect(ticket(1, { visits, counters: [openCounter('counter-2')] }).ahead).toBe(0);
    expect(ticket(3, { visits, counters: [openCounter('counter-2')] }).ahead).toBe(2);
    // At counter 1 pickups are fallback: the identity card goes first.
    expect(ticket(3, { visits, counters: [openCounter('counter-1')] }).ahead).toBe(3);
    expect(
      ticket(3, { visits, counters: [openCounter('counter-1'), openCounter('counter-2', { presence: 'break' })] })
        .ahead,
    ).toBe(2);
  });

  it('people ahead: before any counter has opened, counted at all that could serve', () => {
    const visits = [visit(1), visit(2, { arrivedAt: at('09:10') })];
    expect(ticket(2, { visits }).ahead).toBe(1);
    expect(ticket(2, { visits, counters: [openCounter('counter-2')] }).ahead).toBe(1);
  });

  it('says where to go while called and in service, and has nobody ahead in any state but waiting', () => {
    expect(ticket(1, { visits: [calledVisit(1, 'counter-3', at('09:20'))] })).toMatchObject({
      counterLabel: '2.14',
      ahead: null,
    });
    expect(ticket(1, { visits: [servedVisit(1, 'counter-1', at('09:20'))] })).toMatchObject({
      counterLabel: '1',
      ahead: null,
    });
    for (const state of VISIT_STATES.filter((one) => one !== 'waiting')) {
      expect(ticket(1, { visits: [visit(1, { state })] })).toMatchObject({ state, ahead: null });
    }
  });

  it('follows the visit to the area of its next service, and names each hint once', () => {
    const part = (id: string, state: 'open' | 'delivered' | 'dropped') => ({ serviceId: serviceId(id), state });
    const parts = [part('id-card', 'delivered'), part('pickup', 'dropped'), part('extension', 'open')];
    const view = ticket(1, { visits: [visit(1, { parts })] });
    expect(view.areaName.en).toBe('South');
    expect(view.serviceNames.map(({ en }) => en)).toEqual(['Identity card', 'Extension']);
    const both = ticket(1, { visits: [visit(1, { parts: [part('id-card', 'open'), part('pickup', 'open')] })] });
    expect(both.bring.map(({ en }) => en)).toEqual(['Old card', 'Photo']);
  });

  it('can still be read when the visit has ended', () => {
    const parts = [{ serviceId: serviceId('permit'), state: 'delivered' as const }];
    const view = ticket(1, { visits: [visit(1, { state: 'finished', parts })] });
    expect(view).toMatchObject({ state: 'finished', counterLabel: null });
    expect(view.areaName.en).toBe('South');
  });

  it('an appointment shows its time; a number comes with the check-in', () => {
    const booked = visit(1, { state: 'booked', number: null, arrivedAt: null, appointmentAt: at('11:00') });
    expect(ticket(1, { visits: [booked] })).toMatchObject({ number: null, issuedAt: null, appointmentAt: at('11:00') });
  });

  it('is null for an unknown visit, without a configuration, and without any configured service', () => {
    expect(ticketView(dayState(), visitId(1), at('09:30'))).toBeNull();
    expect(ticketView(dayState({ config: null, visits: [visit(1)] }), visitId(1), at('09:30'))).toBeNull();
    const gone = visit(1, { parts: [{ serviceId: serviceId('gone'), state: 'open' }] });
    expect(ticketView(dayState({ visits: [gone] }), visitId(1), at('09:30'))).toBeNull();
    const leftCounter = calledVisit(2, 'counter-9', at('09:20'));
    expect(ticket(2, { visits: [leftCounter] }).counterLabel).toBe(counterId('counter-9'));
  });
});
