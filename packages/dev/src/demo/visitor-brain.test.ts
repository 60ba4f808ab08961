import type { KioskMenu } from '@aufruf/shared/domain/views/view-schemas';
import type { ServiceId } from '@aufruf/shared/lib/ids';
import { describe, expect, it } from 'vitest';
import { appointmentsFrom, gapBefore, ticketFor, waitingIn } from './visitor-brain.ts';

const service = (id: string, durationMin: number, closed: string | null = null, waiting = 0) => ({
  id,
  durationMin,
  closed,
  waiting,
});
const menu = (...services: ReturnType<typeof service>[]) =>
  ({ languages: ['de', 'en'], groups: [{ services }] }) as unknown as KioskMenu;
const meanGap = (waiting: number, clerks: number) =>
  Array.from({ length: 500 }, (_, index) => gapBefore(index, waiting, clerks, 1)).reduce((sum, gap) => sum + gap, 0) /
  500;

describe('gapBefore', () => {
  it('fits the clerks, and grows with the queue', () => {
    expect(meanGap(0, 6)).toBeGreaterThan(9_000);
    expect(meanGap(0, 6)).toBeLessThan(16_000);
    expect(meanGap(18, 6)).toBeGreaterThan(1.5 * meanGap(0, 6));
    expect(gapBefore(3, 0, 0, 1)).toBeLessThanOrEqual(60_000);
  });
});

describe('ticketFor', () => {
  it('wants open services only, short ones more often, sometimes in English or in company', () => {
    const offered = menu(service('pickup', 5), service('permit', 30), service('closed', 5, 'cutOff'));
    const tickets = Array.from({ length: 400 }, (_, index) => ticketFor(index, offered, 1));
    const chose = (id: string) => tickets.filter((ticket) => ticket?.serviceIds[0] === id).length;
    expect(chose('closed')).toBe(0);
    expect(chose('pickup')).toBeGreaterThan(chose('permit'));
    expect(chose('permit')).toBeGreaterThan(50);
    expect(tickets.some((ticket) => ticket?.language === 'en')).toBe(true);
    expect(Math.max(...tickets.map((ticket) => ticket?.partySize ?? 0))).toBeGreaterThan(1);
  });
  it('is nobody when nothing is open', () => {
    expect(ticketFor(1, menu(service('a', 5, 'outsideHours')), 1)).toBeNull();
    expect(waitingIn(menu(service('a', 5, null, 3), service('b', 5, 'cutOff', 4)))).toBe(7);
  });
});

describe('appointmentsFrom', () => {
  it('has different codes, full minutes, and visitors who come in time', () => {
    const now = 1_577_692_800_123;
    const planned = appointmentsFrom(now, ['passport', 'id-card'] as ServiceId[], 1);
    expect(new Set(planned.map(({ booking }) => booking.code)).size).toBe(planned.length);
    for (const { booking, comesAt } of planned) {
      expect(booking.code).toMatch(/^[1-9]\d{5}$/);
      expect(booking.startsAt % 60_000).toBe(0);
      expect(comesAt).toBeGreaterThanOrEqual(now);
      expect(comesAt).toBeLessThanOrEqual(booking.startsAt);
    }
    expect(appointmentsFrom(now, [], 1)).toEqual([]);
  });
});
