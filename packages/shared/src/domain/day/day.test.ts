import { describe, expect, it } from 'vitest';
import { addDays } from '../../lib/local-time.ts';
import type { LocalDate } from '../../lib/time.ts';
import { COMMAND_NAMES, type Command, commandSchemas } from '../commands.ts';
import { decide } from '../decide.ts';
import { evolve } from '../evolve.ts';
import { at, config, DAY, visitId } from '../views/test/fixtures.ts';
import { createDayStore } from './day-store.ts';
import { expireOpenVisits } from './decide-day.ts';
import { createOffice } from './test/office.ts';
import { drawToInput } from './test/random-command.ts';

const closeDay = { day: DAY, stateHash: '0'.repeat(64) };
const one = { counterId: 'counter-1' };

describe('the business day', () => {
  it('D1: every command is refused outside an open day', () => {
    const office = createOffice();
    office.open('counter-1', 1);
    office.ticket();
    const commands = COMMAND_NAMES.map((name): Command => {
      const draw = { name, counter: 0, visit: 0, services: [0], n: 1, flag: true };
      const input = commandSchemas[name].input.parse(drawToInput(draw, office.store, office.now()));
      return { name, commandId: office.nextId(), input } as Command;
    });
    office.put('v1.DayClosed', closeDay);
    for (const state of [office.store, createDayStore(DAY)]) {
      for (const command of commands) {
        expect(decide(command, state, office.now())).toEqual({ ok: false, refusal: { type: 'dayClosed' } });
      }
    }
  });

  it('D1: opens once; said again it changes nothing, and never reopens a closed day', () => {
    const office = createOffice();
    office.put('v1.DayOpened', { day: DAY });
    expect(office.store.rejections).toEqual([]);
    office.put('v1.DayClosed', closeDay);
    office.put('v1.DayOpened', { day: DAY });
    office.put('v1.DayClosed', closeDay);
    expect(office.store.info.status).toBe('closed');
    expect(office.store.rejections.map(({ reason }) => reason)).toEqual(['dayClosed', 'dayClosed']);
  });

  it('X9: another day’s opening or close does not concern this one', () => {
    const office = createOffice();
    const other = '2026-11-24' as LocalDate;
    office.put('v1.DayOpened', { day: other });
    office.put('v1.DayClosed', { ...closeDay, day: other });
    expect(office.store.info.status).toBe('open');
    expect(office.store.rejections).toHaveLength(2);
  });

  it('at day close every open visit expires, in service or not, and counters are free', () => {
    const office = createOffice();
    office.open('counter-1', 1);
    const ids = [office.ticket(), office.ticket()];
    office.must('bookAppointment', {
      ...{ code: '4711', serviceIds: ['permit'], startsAt: at('17:00'), partySize: 1, language: 'de' as const },
    });
    office.must('callNext', one);
    office.must('markArrived', one);
    office.wait(60);
    const facts = expireOpenVisits(office.store);
    expect(facts).toHaveLength(3);
    for (const { type, payload } of facts) office.put(type, payload);
    expect(office.visit(ids[0]!)).toMatchObject({ state: 'expired', counterId: null, parts: [{ state: 'dropped' }] });
    expect(office.visit(ids[0]!).periods.at(-1)).toMatchObject({ kind: 'serving', endedAt: at('10:00') });
    expect(office.counter('counter-1').visitId).toBeNull();
    expect(office.store.openVisits.size).toBe(0);
    office.put('v1.VisitExpired', { visitId: ids[0] });
    office.put('v1.VisitExpired', { visitId: visitId(9) });
    expect(office.store.rejections.map(({ reason }) => reason)).toEqual(['visitClosed', 'unknownVisit']);
  });

  it('day close leaves nothing open, even what came in after the expiry was decided', () => {
    const office = createOffice();
    office.open('counter-1', 1);
    const id = office.ticket();
    office.must('callNext', one);
    office.put('v1.DayClosed', closeDay);
    expect(office.visit(id)).toMatchObject({ state: 'expired', call: null });
    expect(office.counter('counter-1')).toMatchObject({ presence: 'closed', sessionId: null, visitId: null });
  });

  it('X9, D2: late facts of a closed day change nothing, and their author is told', () => {
    const office = createOffice();
    const id = office.ticket();
    office.put('v1.DayClosed', closeDay);
    const before = office.visit(id);
    const late = office.nextId();
    office.put('v1.TicketHandedOver', { commandId: late, visitId: id, kioskId: 'kiosk-1', means: 'print' });
    office.put('v1.ConfigurationPublished', { config: { ...config(), version: 2 } });
    expect(office.visit(id)).toBe(before);
    expect(office.store.info.config?.version).toBe(1);
    expect(office.store.commands.get(late)).toEqual({ status: 'refused', refusal: { type: 'dayClosed' } });
  });

  it('nothing but a configuration comes before the opening', () => {
    const store = createDayStore(DAY);
    store.apply(
      evolve(store, { row: 1, effectiveAt: 1, type: 'v1.ConfigurationPublished', payload: { config: config() } }),
    );
    expect(store.info.config?.version).toBe(1);
    store.apply(evolve(store, { row: 2, effectiveAt: 1, type: 'v1.VisitExpired', payload: { visitId: visitId(1) } }));
    expect(store.rejections).toEqual([{ row: 2, type: 'v1.VisitExpired', reason: 'dayClosed' }]);
  });
});

describe('release of old days', () => {
  const released = (office: ReturnType<typeof createOffice>) => office.store.info.releasedThrough;

  it('D2: says through which day days may be deleted; it never goes back and never reaches the open day', () => {
    const office = createOffice();
    expect(released(office)).toBeNull();
    office.put('v1.DaysReleased', { through: addDays(DAY, -31) });
    office.put('v1.DaysReleased', { through: addDays(DAY, -30) });
    expect(released(office)).toBe(addDays(DAY, -30));
    for (const wrong of [addDays(DAY, -31), DAY, addDays(DAY, 1)]) office.put('v1.DaysReleased', { through: wrong });
    expect(released(office)).toBe(addDays(DAY, -30));
    expect(office.store.rejections).toHaveLength(3);
    office.put('v1.DaysReleased', { through: addDays(DAY, -1) });
    expect(released(office)).toBe(addDays(DAY, -1));
  });
});

describe('publishConfiguration', () => {
  it('Supervisor: a higher version takes effect at once', () => {
    const office = createOffice();
    office.must('publishConfiguration', { config: { ...config(), version: 2, kiosks: [] } });
    const wish = { kioskId: 'kiosk-1', serviceIds: ['id-card'], language: 'de', partySize: 1 } as const;
    expect(office.refusal('issueTicket', wish)).toBe('unknownKiosk');
  });

  it('Supervisor: refuses what a file would be refused for, so that a location never goes on with half a configuration', () => {
    const office = createOffice();
    const { services, counters, areas } = config();
    for (const broken of [
      { services: services.filter(({ id }) => id !== 'id-card') },
      { counters: counters.slice(1).map((counter) => ({ ...counter, id: 'kiosk-1' as typeof counter.id })) },
      { areas: areas.slice(1) },
      { timeZone: 'Europe/Nowhere' },
    ]) {
      const next = { ...config(), version: 2, ...broken };
      expect(office.refusal('publishConfiguration', { config: next }), Object.keys(broken)[0]).toBe('badConfiguration');
    }
    expect(office.store.info.config?.version).toBe(1);
  });

  it('refuses the same or a lower version, and another location', () => {
    const office = createOffice();
    expect(office.refusal('publishConfiguration', { config: config() })).toBe('versionNotHigher');
    expect(office.refusal('publishConfiguration', { config: { ...config(), version: 2, id: 'elsewhere' } })).toBe(
      'otherLocation',
    );
    expect(office.store.info.config?.id).toBe('test-office');
  });
});

describe('evolve', () => {
  it('rule 3: unknown types of newer versions are skipped without a rejection', () => {
    const office = createOffice();
    const { info, ...rest } = office.put('v2.TicketIssued', { anything: true });
    expect(rest).toEqual({});
    expect(info?.rows).toBe(office.log.length);
    expect(office.store.rejections).toEqual([]);
  });

  it('O6: a fact of a command that has happened is not folded twice', () => {
    const office = createOffice();
    office.open('counter-1', 1);
    office.ticket();
    office.must('callNext', one);
    const id = office.nextId();
    const recalled = { commandId: id, visitId: office.counter('counter-1').visitId, ...one };
    office.put('v1.VisitRecalled', recalled);
    const visit = office.visit(recalled.visitId!);
    office.put('v1.VisitRecalled', recalled);
    expect(office.visit(recalled.visitId!)).toBe(visit);
    expect(office.store.commands.get(id)).toMatchObject({
      status: 'granted',
      receipt: { visitId: visit.id, number: 'A001' },
    });
    expect(office.store.rejections).toMatchObject([{ reason: 'repeated' }]);
  });

  it('is pure: the same entry on the same state gives equal changes and leaves the state alone', () => {
    const office = createOffice();
    office.open('counter-1', 1);
    office.ticket();
    const entry = { row: 99, effectiveAt: office.now(), type: 'v1.DayClosed', payload: closeDay };
    const first = evolve(office.store, entry);
    expect(evolve(office.store, entry)).toEqual(first);
    expect(office.store.info.status).toBe('open');
    expect(office.store.openVisits.size).toBe(1);
  });

  it('the changes of one entry do not grow with the day', () => {
    // A minute each, so that 400 of them are served before the cut-off.
    const services = config().services.map((service) => ({ ...service, durationMin: 1 }));
    const office = createOffice({ check: false, config: { ...config(), services } });
    office.open('counter-1', 1);
    const changesOf = () => {
      const visit = office.ticket();
      const fact = { commandId: office.nextId(), visitId: visit, ...one, partySize: 2 };
      return JSON.stringify({ ...office.put('v1.PartySizeChanged', fact), counters: [] }).length;
    };
    changesOf();
    const early = changesOf();
    for (let i = 0; i < 400; i++) office.ticket();
    expect(changesOf()).toBeLessThan(early * 1.02);
  });
});
