import { describe, expect, it } from 'vitest';
import type { LocalDate } from '../../lib/time.ts';
import type { LocationConfig } from '../location-config/schema.ts';
import { kioskMenu } from './kiosk-menu.ts';
import { at, config, type DayFixture, dayState, kioskId, openCounter, serviceId, visit } from './test/fixtures.ts';
import { kioskMenuSchema } from './view-schemas.ts';

const menu = (fixture: DayFixture = {}, time = '10:00', kiosk = 'kiosk-1', day?: LocalDate) =>
  kioskMenuSchema.parse(kioskMenu(dayState(fixture), kioskId(kiosk), at(time, day)));
const closedByService = (view: ReturnType<typeof menu>) =>
  Object.fromEntries(view.groups.flatMap((group) => group.services.map(({ id, closed }) => [id, closed])));
const only = (...ids: string[]): LocationConfig => {
  const base = config();
  return { ...base, services: base.services.filter(({ id }) => ids.includes(id)) };
};

describe('Kiosk', () => {
  it('offers the services of its areas in their groups, each with what to bring, its length and who waits', () => {
    const view = menu({ visits: [visit(1), visit(2), visit(3, { state: 'parked' })] });
    expect(view.groups.map(({ id, services }) => [id, services.map((one) => one.id)])).toEqual([
      ['papers', ['id-card', 'pickup']],
      ['residence', ['permit', 'extension']],
    ]);
    expect(view.groups[0]?.services[0]).toMatchObject({ durationMin: 15, waiting: 2, closed: null });
    expect(view.groups[0]?.services[0]?.bring.map(({ en }) => en)).toEqual(['Old card', 'Photo']);
  });

  it('leaves out groups of which it offers nothing', () => {
    expect(menu({}, '10:00', 'kiosk-2').groups.map(({ id }) => id)).toEqual(['residence']);
  });

  it('says closed for the whole only if all services are', () => {
    const used = { 'id-card': 1, pickup: 1, extension: 1 };
    const limited = (...ids: string[]) => {
      const base = config();
      return {
        ...base,
        services: base.services
          .filter(({ id }) => id !== serviceId('permit'))
          .map((one) => ({
            ...one,
            access: ['walkIn' as const],
            ...(ids.includes(one.id) ? { contingentPerDay: 1 } : {}),
          })),
      };
    };
    const info = { walkInsByService: used };
    expect(menu({ config: limited('id-card', 'pickup'), info }).open).toBe(true);
    const all = menu({ config: limited('id-card', 'pickup', 'extension'), info });
    expect(all.open).toBe(false);
    expect(closedByService(all)).toEqual({
      'id-card': 'contingentUsedUp',
      pickup: 'contingentUsedUp',
      extension: 'contingentUsedUp',
    });
  });

  it('stays open for visitors with an appointment when no more tickets can be drawn', () => {
    const appointments = menu({ config: only('permit') });
    expect(appointments).toMatchObject({ open: true, appointments: true, opensNext: null });
    const cutOff = menu({ config: only('id-card') }, '18:50');
    expect(closedByService(cutOff)).toEqual({ 'id-card': 'cutOff' });
    expect(cutOff).toMatchObject({ open: true, appointments: true });
    expect(menu({ config: only('pickup') }, '18:56')).toMatchObject({ open: false, appointments: false });
    expect(menu({ config: only('permit') }, '19:00')).toMatchObject({ open: false, appointments: false });
  });

  it('a service stops at the cut-off while shorter ones go on', () => {
    expect(closedByService(menu({}, '18:50'))).toEqual({
      'id-card': 'cutOff',
      pickup: null,
      permit: 'appointmentOnly',
      extension: 'cutOff',
    });
    const counters = [openCounter('counter-1'), openCounter('counter-3')];
    const visits = [1, 2, 3, 4].map((n) => visit(n));
    expect(closedByService(menu({ visits }, '18:05'))['id-card']).toBe('cutOff');
    expect(closedByService(menu({ visits, counters }, '18:05'))['id-card']).toBeNull();
  });

  it('says when it opens next while it is closed, and names the holiday', () => {
    expect(menu({}, '05:00')).toMatchObject({ open: false, opensNext: { date: '2026-11-23', time: '07:00' } });
    expect(menu({}, '10:00').opensNext).toBeNull();
    const christmas = '2026-12-25' as LocalDate;
    const holiday = menu({ info: { day: christmas } }, '10:00', 'kiosk-1', christmas);
    expect(holiday).toMatchObject({ open: false, opensNext: { date: '2026-12-28', time: '07:00' } });
    expect(holiday.exceptionName?.en).toBe('Christmas');
    expect(menu().exceptionName).toBeNull();
  });

  it('is closed before the hub has opened the day', () => {
    const view = menu({ info: { status: 'notOpened' } });
    expect(view.open).toBe(false);
    expect(new Set(Object.values(closedByService(view)))).toEqual(new Set(['dayClosed']));
  });

  it('is null without a configuration and for an unknown kiosk', () => {
    expect(kioskMenu(dayState({ config: null }), kioskId('kiosk-1'), at('10:00'))).toBeNull();
    expect(kioskMenu(dayState(), kioskId('kiosk-9'), at('10:00'))).toBeNull();
  });

  it('passes on the address of the ticket page', () => {
    expect(menu().publicUrl).toBeNull();
    expect(menu({ config: config({ publicUrl: 'https://example.org' }) }).publicUrl).toBe('https://example.org');
  });
});
