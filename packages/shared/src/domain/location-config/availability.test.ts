import { describe, expect, it } from 'vitest';
import type { LocalDate } from '../../lib/time.ts';
import { at, config, type DayFixture, dayState, openCounter, serviceId, visit } from '../views/test/fixtures.ts';
import { serviceClosedReason, waitingByService } from './availability.ts';
import type { LocationConfig, Service } from './schema.ts';

const reason = (time: string, id: string, fixture: DayFixture = {}) => {
  const state = dayState(fixture);
  const service = (state.info.config ?? config()).services.find((one) => one.id === serviceId(id)) as Service;
  return serviceClosedReason(state, service, at(time));
};
const withService = (id: string, over: Partial<Service>): LocationConfig => {
  const base = config();
  return { ...base, services: base.services.map((one) => (one.id === serviceId(id) ? { ...one, ...over } : one)) };
};
const waiting = (count: number, service = 'id-card') =>
  Array.from({ length: count }, (_, i) => visit(i + 1, { service }));

describe('Kiosk: a service is open inside opening hours, within the contingent, and on an open day', () => {
  it('is open in the middle of a working day', () => {
    expect(reason('10:00', 'id-card')).toBeNull();
  });

  it('is closed outside its hours', () => {
    expect(reason('06:59', 'id-card')).toBe('outsideHours');
    expect(reason('19:00', 'id-card')).toBe('outsideHours');
    const openingHours = { ...config().openingHours, weekly: { ...config().openingHours.weekly, mon: [] } };
    expect(reason('10:00', 'id-card', { config: withService('id-card', { openingHours }) })).toBe('outsideHours');
  });

  it('is closed by its contingent exactly when it is used up', () => {
    const limited = withService('id-card', { contingentPerDay: 20 });
    expect(reason('10:00', 'id-card', { config: limited, info: { walkInsByService: { 'id-card': 19 } } })).toBeNull();
    expect(reason('10:00', 'id-card', { config: limited, info: { walkInsByService: { 'id-card': 20 } } })).toBe(
      'contingentUsedUp',
    );
    expect(reason('10:00', 'id-card', { config: limited, info: { walkInsByService: { pickup: 99 } } })).toBeNull();
  });

  it('tells walk-ins when it takes appointments only, but at night says that it is night', () => {
    expect(reason('10:00', 'permit')).toBe('appointmentOnly');
    expect(reason('22:00', 'permit')).toBe('outsideHours');
  });

  it('D1: is closed before the day is opened, after it is closed, and on any other date', () => {
    expect(reason('10:00', 'id-card', { info: { status: 'notOpened' } })).toBe('dayClosed');
    expect(reason('10:00', 'id-card', { info: { status: 'closed' } })).toBe('dayClosed');
    expect(reason('10:00', 'id-card', { info: { day: '2026-11-20' as LocalDate } })).toBe('dayClosed');
    expect(reason('10:00', 'id-card', { config: null })).toBe('dayClosed');
  });
});

describe('Kiosk: cut-off looks ahead: a service stops when its estimated end lies after closing', () => {
  it('with nobody waiting, one service time before closing', () => {
    expect(reason('18:45', 'id-card')).toBeNull();
    expect(reason('18:46', 'id-card')).toBe('cutOff');
  });

  it('counts those who wait for the service and nobody else', () => {
    expect(reason('18:00', 'id-card', { visits: waiting(3) })).toBeNull();
    expect(reason('18:00', 'id-card', { visits: waiting(4) })).toBe('cutOff');
    expect(reason('18:00', 'id-card', { visits: waiting(40, 'pickup') })).toBeNull();
    expect(
      reason('18:00', 'id-card', { visits: waiting(40).map((one) => ({ ...one, state: 'parked' as const })) }),
    ).toBeNull();
  });

  it('shares them among the counters open for it, fallback counters included, those on a break not', () => {
    const both = [openCounter('counter-1'), openCounter('counter-3')];
    expect(reason('18:00', 'id-card', { visits: waiting(6), counters: both })).toBeNull();
    expect(reason('18:00', 'id-card', { visits: waiting(7), counters: both })).toBe('cutOff');
    const one = [openCounter('counter-1'), openCounter('counter-3', { presence: 'break' }), openCounter('counter-2')];
    expect(reason('18:00', 'id-card', { visits: waiting(4), counters: one })).toBe('cutOff');
  });
});

describe('waitingByService', () => {
  it('counts waiting visits by the part that is open', () => {
    const delivered = visit(9, {
      parts: [
        { serviceId: serviceId('id-card'), state: 'delivered' },
        { serviceId: serviceId('pickup'), state: 'open' },
      ],
    });
    const counts = waitingByService(dayState({ visits: [...waiting(2), delivered, visit(10, { state: 'missed' })] }));
    expect([...counts]).toEqual([
      [serviceId('id-card'), 2],
      [serviceId('pickup'), 1],
    ]);
  });
});
