import { describe, expect, it } from 'vitest';
import type { LocalDate } from '../../lib/time.ts';
import { createOffice } from '../day/test/office.ts';
import { at, DAY, dayState, visit } from '../views/test/fixtures.ts';
import { dayStatistics, dayStatisticsSchema } from './day-statistics.ts';
import { foldLateFacts } from './fold-late-facts.ts';
import { CSV_COLUMNS, statisticsCsv } from './statistics-csv.ts';

const close = { day: DAY, stateHash: '0'.repeat(64) };
const counter = { counterId: 'counter-1' };

/** One served after 10 minutes, one who never came, one void ticket, one appointment without a visitor, one who left. */
function livedThrough() {
  const office = createOffice();
  office.open('counter-1', 1);
  office.ticket();
  const missed = office.ticket();
  const voided = office.ticket();
  const left = office.ticket();
  const booking = {
    code: '4711',
    serviceIds: ['id-card'],
    partySize: 1,
    language: 'de',
    startsAt: at('11:00'),
  } as const;
  office.must('bookAppointment', booking);
  office.must('voidTicket', { kioskId: 'kiosk-1', visitId: voided });
  office.must('cancelVisit', { ...counter, visitId: left, reason: 'left' });
  office.wait(10);
  office.must('callNext', counter);
  office.wait(1);
  office.must('markArrived', counter);
  office.wait(12);
  office.must('finish', { ...counter, outcome: 'done', deliveredServiceIds: ['id-card'] });
  for (let call = 0; call < 3; call += 1) {
    office.wait(6);
    office.must('callSpecific', { ...counter, visitId: missed });
    office.must('markNoShow', counter);
  }
  return office;
}

function service(office: ReturnType<typeof createOffice>, access: string) {
  return dayStatistics(office.store, '1.0')?.services.find((figures) => figures.access === access);
}

describe('statistics of a day', () => {
  it('Statistics: every visit ends in one way, and times are sums over periods', () => {
    const office = livedThrough();
    office.put('v1.DayClosed', close);
    expect(service(office, 'walkIn')).toMatchObject({
      serviceId: 'id-card',
      issued: 4,
      finished: 1,
      missed: 1,
      cancelled: 1,
      voided: 1,
      expired: 0,
      // 10 minutes of the first; 29 of the second until its first call, and 6 and 6 before the next ones.
      waiting: { count: 4, sumSec: (10 + 29 + 6 + 6) * 60 },
      way: { count: 1, sumSec: 60 },
      serving: { count: 1, sumSec: 720 },
    });
    expect(service(office, 'appointment')).toMatchObject({ issued: 0, absent: 1 });
    expect(dayStatistics(office.store, '1.0')).toMatchObject({
      format: 1,
      day: DAY,
      locationId: 'test-office',
      countedBy: '1.0',
      counters: [{ counterId: 'counter-1', called: 4, serving: { count: 1, sumSec: 720 } }],
      hours: [{ hour: 9, arrived: 4, waiting: { count: 4 } }],
    });
  });

  it('Statistics: who is still here has been issued and has not ended', () => {
    const office = createOffice();
    office.ticket();
    expect(service(office, 'walkIn')).toMatchObject({ issued: 1, finished: 0, expired: 0, waiting: { count: 0 } });
    office.put('v1.DayClosed', close);
    expect(service(office, 'walkIn')).toMatchObject({ issued: 1, expired: 1, waiting: { count: 0 } });
  });

  it('Statistics: hold nothing of a single visit: no number, no id, no name, no time of day', () => {
    const office = livedThrough();
    office.put('v1.DayClosed', close);
    const statistics = dayStatistics(office.store, '1.0');
    expect(dayStatisticsSchema.parse(statistics)).toEqual(statistics);
    const text = JSON.stringify(statistics);
    for (const { id, number, arrivedAt } of office.store.closedVisits.values()) {
      for (const secret of [id, number?.text ?? 'B999', String(arrivedAt)]) expect(text).not.toContain(secret);
    }
    expect(text).not.toMatch(/session|4711/);
  });

  it('Statistics: a day without a configuration has none', () => {
    expect(dayStatistics(dayState({ config: null }), '1.0')).toBeNull();
  });

  it('D1: hours are the location’s; the hour that comes twice in autumn is one line', () => {
    const arrivals = [Date.UTC(2026, 9, 25, 0, 30), Date.UTC(2026, 9, 25, 1, 30)];
    const visits = arrivals.map((arrivedAt, n) => visit(n + 1, { arrivedAt, state: 'finished', periods: [] }));
    const info = { day: '2026-10-25' as LocalDate };
    expect(dayStatistics(dayState({ visits, info }), '1.0')?.hours).toMatchObject([{ hour: 2, arrived: 2 }]);
  });

  it('D2: facts that come after the close count in the figures, in whatever order they came, and change no state', () => {
    const office = createOffice();
    office.open('counter-1', 1);
    const visitId = office.ticket();
    office.must('callNext', counter);
    office.put('v1.VisitExpired', { visitId });
    office.put('v1.DayClosed', close);
    const command = (n: number) => ({ commandId: `late-command-${n}`.padEnd(20, 'x'), visitId, ...counter });
    office.put('v1.VisitArrived', command(1));
    office.wait(5);
    office.put('v1.VisitFinished', { ...command(2), outcome: 'done', deliveredServiceIds: ['id-card'] });
    expect(service(office, 'walkIn')).toMatchObject({ finished: 0, expired: 1, serving: { count: 0 } });
    const late = dayStatistics(foldLateFacts(DAY, office.log), '1.0');
    expect(late?.services[0]).toMatchObject({ finished: 1, expired: 0, serving: { count: 1, sumSec: 300 } });
    expect(late?.counters).toMatchObject([{ counterId: 'counter-1', called: 1 }]);
  });

  it('D2: without late facts the figures are those of the day as it was', () => {
    const office = livedThrough();
    office.put('v1.DayClosed', close);
    expect(dayStatistics(foldLateFacts(DAY, office.log), '1.0')).toEqual(dayStatistics(office.store, '1.0'));
  });
});

describe('statistics as a table', () => {
  const office = livedThrough();
  office.put('v1.DayClosed', close);
  const statistics = dayStatistics(office.store, '1.0');
  const table = (counters: boolean) =>
    statisticsCsv(statistics === null ? [] : [statistics], { counters })
      .trimEnd()
      .split('\r\n')
      .map((line) => line.split(','));

  it('Statistics: one line for each service and access and each hour, all with the columns of the header', () => {
    const [header, ...lines] = table(false);
    expect(header).toEqual([...CSV_COLUMNS]);
    expect(new Set(lines.map((line) => line.length))).toEqual(new Set([CSV_COLUMNS.length]));
    expect(lines.map((line) => line.slice(1, 5))).toEqual([
      [DAY, 'service', 'id-card', 'appointment'],
      [DAY, 'service', 'id-card', 'walkIn'],
      [DAY, 'hour', '9', ''],
    ]);
    const walkIn = Object.fromEntries(CSV_COLUMNS.map((column, i) => [column, lines[1]?.[i]]));
    expect(walkIn).toMatchObject({
      issued: '4',
      finished: '1',
      waitingSumSec: '3060',
      servingMeanMin: '12.0',
      arrived: '',
    });
  });

  it('Statistics: no figure per counter unless it is asked for', () => {
    expect(table(false).some(([, , of]) => of === 'counter')).toBe(false);
    expect(table(true).filter(([, , of]) => of === 'counter')).toHaveLength(1);
  });
});
