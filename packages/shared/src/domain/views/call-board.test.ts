import { describe, expect, it } from 'vitest';
import { addDays } from '../../lib/local-time.ts';
import { VISIT_STATES } from '../visit/visit.ts';
import { callBoard, MAX_EARLIER, MAX_NEXT } from './call-board.ts';
import {
  at,
  calledVisit,
  commandId,
  config,
  DAY,
  type DayFixture,
  dayState,
  displayId,
  openCounter,
  servedVisit,
  serviceId,
  visit,
  visitId,
} from './test/fixtures.ts';
import { callBoardSchema } from './view-schemas.ts';

const board = (fixture: DayFixture, display = 'display-1', now = '10:00') =>
  callBoardSchema.parse(callBoard(dayState(fixture), displayId(display), at(now)));
const numbers = (list: readonly { number: string }[]) => list.map(({ number }) => number);

describe('Display', () => {
  it('a call stays until the citizen arrived or the clerk withdrew it', () => {
    const called = calledVisit(1, 'counter-1', at('09:30'));
    expect(numbers(board({ visits: [called] }).calls)).toEqual(['A001']);
    // Hours later, after closing, and with the counter gone: still called.
    expect(numbers(board({ visits: [called] }, 'display-1', '18:59').calls)).toEqual(['A001']);
    expect(numbers(board({ visits: [called], info: { status: 'closed' } }, 'display-1', '23:00').calls)).toEqual([
      'A001',
    ]);
    for (const state of VISIT_STATES.filter((one) => one !== 'called')) {
      expect(board({ visits: [visit(1, { state })] }).calls).toEqual([]);
    }
  });

  it('is derived from state: the same state gives the same board, and a reconnect announces nothing new', () => {
    const fixture = { visits: [calledVisit(1, 'counter-1', at('09:30')), calledVisit(2, 'counter-2', at('09:31'))] };
    expect(board(fixture)).toEqual(board(fixture));
    expect(board(fixture).calls.map(({ announcement, announcedAt }) => [announcement, announcedAt])).toEqual([
      [1, at('09:31')],
      [1, at('09:30')],
    ]);
  });

  it('shows where to go, and puts the newest announcement first: a recall moves a number to the top', () => {
    const first = calledVisit(1, 'counter-1', at('09:30'));
    const recalled = { ...first, call: { ...first.call!, announcement: 2, announcedAt: at('09:40') } };
    const second = calledVisit(2, 'counter-2', at('09:35'));
    expect(numbers(board({ visits: [first, second] }).calls)).toEqual(['A002', 'A001']);
    const [top] = board({ visits: [recalled, second] }).calls;
    expect(top).toEqual({
      visitId: visitId(1),
      callId: commandId(1),
      number: 'A001',
      counterLabel: '1',
      areaId: 'north',
      calledAt: at('09:30'),
      announcement: 2,
      announcedAt: at('09:40'),
      language: 'de',
    });
  });

  it('filters by area: of the service, not of the counter that calls', () => {
    // Counter 3 stands in the south and helps out with identity cards of the north.
    const called = calledVisit(1, 'counter-3', at('09:30'));
    expect(numbers(board({ visits: [called] }, 'display-1').calls)).toEqual(['A001']);
    expect(board({ visits: [called] }, 'display-1').calls[0]?.counterLabel).toBe('2.14');
    expect(board({ visits: [called] }, 'display-2').calls).toEqual([]);
    expect(numbers(board({ visits: [called] }, 'display-3').calls)).toEqual(['A001']);
    const south = [calledVisit(2, 'counter-3', at('09:31'), { service: 'permit' }), visit(3, { service: 'extension' })];
    expect(numbers(board({ visits: [called, ...south] }, 'display-3').calls)).toEqual(['B002', 'A001']);
    expect(board({ visits: [called, ...south] }, 'display-1').waiting).toBe(0);
    expect(board({ visits: [called, ...south] }, 'display-2').waiting).toBe(1);
  });

  it('names the numbers in service, last called first, and no more than fit', () => {
    const visits = Array.from({ length: MAX_EARLIER + 1 }, (_, i) => servedVisit(i + 1, 'counter-1', at('09:00') + i));
    expect(numbers(board({ visits }).earlier)).toEqual([
      'A009',
      'A008',
      'A007',
      'A006',
      'A005',
      'A004',
      'A003',
      'A002',
    ]);
    expect(numbers(board({ visits: visits.slice(0, MAX_EARLIER) }).earlier)).toHaveLength(MAX_EARLIER);
  });

  it('names who is likely next at the counters with a clerk, and nobody while there is none', () => {
    const visits = Array.from({ length: MAX_NEXT + 1 }, (_, i) => visit(i + 1, { arrivedAt: at('09:30') + i }));
    const closed = [openCounter('counter-1', { presence: 'closed' }), openCounter('counter-3', { presence: 'break' })];
    expect(board({ visits, counters: closed }).next).toEqual([]);
    const next = board({ visits, counters: [openCounter('counter-1')] }).next;
    expect(next).toEqual(['A001', 'A002', 'A003', 'A004', 'A005', 'A006']);
    expect(board({ visits, counters: [openCounter('counter-2')] }).next).toEqual([]);
  });

  it('is open with the location: inside its hours, on an open day, on this day', () => {
    expect(board({}).open).toBe(true);
    expect(board({}, 'display-1', '19:00').open).toBe(false);
    expect(board({ info: { status: 'notOpened' } }).open).toBe(false);
    expect(board({ info: { day: addDays(DAY, -1) } }).open).toBe(false);
  });

  it('leaves out a visit whose service the configuration no longer has', () => {
    const orphan = calledVisit(1, 'counter-1', at('09:30'), {
      parts: [{ serviceId: serviceId('gone'), state: 'open' }],
    });
    expect(board({ visits: [orphan] }).calls).toEqual([]);
  });

  it('is null without a configuration and for an unknown display', () => {
    expect(callBoard(dayState({ config: null }), displayId('display-1'), at('10:00'))).toBeNull();
    expect(callBoard(dayState(), displayId('display-9'), at('10:00'))).toBeNull();
  });

  it('says what the screen needs of the location', () => {
    const both = board({}, 'display-3');
    expect(both.areaNames.map(({ en }) => en)).toEqual(['North', 'South']);
    expect([both.timeZone, both.counterWord, both.languages]).toEqual(['Europe/Berlin', 'counter', ['de', 'en']]);
    expect(board({ config: config({ counterWord: 'room' }) }).counterWord).toBe('room');
  });
});
