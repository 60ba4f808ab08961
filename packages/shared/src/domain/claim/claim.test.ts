import { describe, expect, it } from 'vitest';
import type { CommandId, DeviceId } from '../../lib/ids.ts';
import type { Command, CommandName } from '../commands.ts';
import type { RawInput } from '../day/test/office.ts';
import { createOffice, type Office } from '../day/test/office.ts';
import { decide } from '../decide.ts';
import { at, config, sessionId, visitId as someVisit } from '../views/test/fixtures.ts';
import { MAX_FACTS_PER_DECISION } from './claim-events.ts';

const one = { counterId: 'counter-1' };
const ticket = { kioskId: 'kiosk-1', serviceIds: ['id-card'], language: 'de', partySize: 1 } as const;
const booking = { code: '4711', serviceIds: ['id-card'], startsAt: at('09:00'), partySize: 1, language: 'de' } as const;

const made = (office: Office, command: Command) => office.put('v1.ClaimMade', { command });
const withdraw = (office: Office, commandId: CommandId) => office.put('v1.ClaimWithdrawn', { commandId });
const statusOf = (office: Office, id: CommandId) => office.store.commands.get(id)?.status;

/** What the hub would decide now; put into the log at once or later. */
function prepare(office: Office, command: Command) {
  const decision = decide(command, office.store, office.now());
  const outcome = decision.ok
    ? { type: 'granted', facts: decision.value.facts, receipt: decision.value.receipt }
    : { type: 'refused', refusal: decision.refusal };
  return { commandId: command.commandId, outcome };
}
const decided = (office: Office, command: Command, decision = prepare(office, command)) =>
  office.put('v1.ClaimDecided', decision);

/** Makes a claim that is granted. */
function granted<N extends CommandName>(office: Office, name: N, input: RawInput<N>): CommandId {
  const command = office.command(name, input);
  made(office, command);
  decided(office, command);
  expect(statusOf(office, command.commandId)).toBe('granted');
  return command.commandId;
}

describe('claims made and decided', () => {
  it('O6: a claim is pending until it is decided, and its outcome answers every retry', () => {
    const office = createOffice();
    const command = office.command('issueTicket', ticket);
    made(office, command);
    expect(office.store.commands.get(command.commandId)).toEqual({ status: 'pending', command });
    decided(office, command);
    expect(office.store.commands.get(command.commandId)).toMatchObject({
      status: 'granted',
      receipt: { number: 'A001' },
    });
    expect(decide(command, office.store, office.now())).toEqual({
      ok: true,
      value: { facts: [], receipt: { visitId: command.commandId, number: 'A001' } },
    });
  });

  it('O6: a refusal is an outcome too', () => {
    const office = createOffice();
    const command = office.command('callNext', one);
    made(office, command);
    decided(office, command);
    const refused = { status: 'refused', refusal: { type: 'counterNotOpen' } };
    expect(office.store.commands.get(command.commandId)).toEqual(refused);
    office.open('counter-1', 1);
    expect(decide(command, office.store, office.now())).toEqual({ ok: false, refusal: { type: 'counterNotOpen' } });
  });

  it('O6: the first decision counts; a second one is a rejection and changes nothing', () => {
    const office = createOffice();
    const command = office.command('issueTicket', ticket);
    made(office, command);
    const decision = prepare(office, command);
    decided(office, command);
    office.ticket();
    const before = office.store.commands.get(command.commandId);
    decided(office, command, decision);
    expect(office.store.rejections).toMatchObject([{ type: 'v1.ClaimDecided', reason: 'decidedBefore' }]);
    expect(office.store.commands.get(command.commandId)).toBe(before);
    expect(office.store.openVisits.size).toBe(2);
  });

  it('O6: a claim that arrives after its decision stays decided', () => {
    const office = createOffice();
    const command = office.command('issueTicket', ticket);
    decided(office, command);
    made(office, command);
    expect(statusOf(office, command.commandId)).toBe('granted');
    expect(office.store.rejections).toEqual([]);
  });

  it('O6: a decision is folded whole or not at all', () => {
    const office = createOffice();
    office.open('counter-1', 1);
    const command = office.command('walkDirect', { ...one, serviceIds: ['permit'], language: 'de', partySize: 1 });
    made(office, command);
    const decision = prepare(office, command);
    office.must('closeCounter', one);
    // The ticket of this decision would fit; its call does not, since the counter has closed.
    expect(decision.outcome).toMatchObject({ facts: [{ type: 'v1.TicketIssued' }, { type: 'v1.VisitCalled' }, {}] });
    decided(office, command, decision);
    expect(office.store.openVisits.size).toBe(0);
    expect(office.store.series.size).toBe(0);
    const refused = { status: 'refused', refusal: { type: 'counterNotOpen' } };
    expect(office.store.commands.get(command.commandId)).toEqual(refused);
  });

  it('O6: a decision grants facts of its own claim only', () => {
    const office = createOffice();
    const command = office.command('issueTicket', ticket);
    const other = office.command('issueTicket', ticket);
    made(office, command);
    const decision = decide(other, office.store, office.now());
    const outcome = { type: 'granted', ...(decision.ok && decision.value) };
    office.put('v1.ClaimDecided', { commandId: command.commandId, outcome });
    expect(office.store.rejections).toMatchObject([{ reason: 'foreignFact' }]);
    expect(statusOf(office, command.commandId)).toBe('pending');
  });

  it('O6: a decision grants at most MAX_FACTS_PER_DECISION facts; one more is malformed', () => {
    for (const [count, version] of [
      [MAX_FACTS_PER_DECISION, MAX_FACTS_PER_DECISION],
      [MAX_FACTS_PER_DECISION + 1, 1],
    ] as const) {
      const office = createOffice({ config: { ...config(), version: 1 } });
      const command = office.command('publishConfiguration', { config: { ...config(), version: 2 } });
      made(office, command);
      const facts = Array.from({ length: count }, (_, i) => ({
        type: 'v1.ConfigurationPublished',
        payload: { config: { ...config(), version: 2 + i } },
      }));
      const receipt = { visitId: null, number: null };
      office.put('v1.ClaimDecided', { commandId: command.commandId, outcome: { type: 'granted', facts, receipt } });
      const isGranted = count === MAX_FACTS_PER_DECISION;
      expect(office.store.info.config?.version).toBe(isGranted ? version + 1 : 1);
      expect(office.store.rejections).toMatchObject(isGranted ? [] : [{ reason: 'malformed' }]);
      expect(statusOf(office, command.commandId)).toBe(isGranted ? 'granted' : 'pending');
    }
  });

  it('O6: a device’s own fact does not decide a pending claim', () => {
    const office = createOffice();
    const command = office.command('issueTicket', ticket);
    made(office, command);
    const decision = decide(command, office.store, office.now());
    if (decision.ok) for (const fact of decision.value.facts) office.put(fact.type, fact.payload);
    expect(office.store.rejections).toMatchObject([{ reason: 'repeated' }]);
    expect(statusOf(office, command.commandId)).toBe('pending');
  });
});

describe('claims withdrawn', () => {
  it('O6: only its author withdraws a claim, decided or not, whatever came first; a new disk of the same device may', () => {
    const [author, other] = ['kiosk-1', 'kiosk-2'] as unknown as readonly [DeviceId, DeviceId];
    for (const order of ['made', 'madeAndDecided', 'decidedFirst'] as const) {
      const office = createOffice();
      const command = office.command('issueTicket', ticket);
      const { commandId } = command;
      const decision = prepare(office, command);
      if (order === 'decidedFirst') office.put('v1.ClaimDecided', decision, other);
      office.put('v1.ClaimMade', { command }, author);
      if (order === 'madeAndDecided') office.put('v1.ClaimDecided', decision, 'hub' as DeviceId);
      const before = statusOf(office, commandId);
      office.put('v1.ClaimWithdrawn', { commandId }, other);
      expect(statusOf(office, commandId)).toBe(before);
      expect(office.store.rejections).toMatchObject([{ type: 'v1.ClaimWithdrawn', reason: 'notAuthor' }]);
      office.put('v1.ClaimWithdrawn', { commandId }, author);
      expect(statusOf(office, commandId)).toBe('withdrawn');
    }
  });

  it('O6: a pending claim is withdrawn; a decision that comes later gives back what it got at once', () => {
    const office = createOffice();
    const command = office.command('issueTicket', ticket);
    made(office, command);
    const decision = prepare(office, command);
    withdraw(office, command.commandId);
    expect(statusOf(office, command.commandId)).toBe('withdrawn');
    expect(decide(command, office.store, office.now())).toMatchObject({ ok: true, value: { facts: [] } });
    decided(office, command, decision);
    expect(statusOf(office, command.commandId)).toBe('withdrawn');
    expect([...office.store.closedVisits.values()]).toMatchObject([
      { state: 'cancelled', cancelReason: 'withdrawn', number: { text: 'A001' } },
    ]);
    expect(office.visit(office.ticket()).number?.text).toBe('A002');
  });

  it('O6: a refusal of a withdrawn claim leaves it withdrawn', () => {
    const office = createOffice();
    const command = office.command('callNext', one);
    withdraw(office, command.commandId);
    const outcome = { type: 'refused', refusal: { type: 'nobodyWaiting' } };
    office.put('v1.ClaimDecided', { commandId: command.commandId, outcome });
    made(office, command);
    withdraw(office, command.commandId);
    expect(statusOf(office, command.commandId)).toBe('withdrawn');
    expect(office.store.rejections).toEqual([]);
  });

  it('O6: what was refused has nothing to give back', () => {
    const office = createOffice();
    const command = office.command('callNext', one);
    made(office, command);
    decided(office, command);
    withdraw(office, command.commandId);
    expect(statusOf(office, command.commandId)).toBe('refused');
  });

  it('O6: a number becomes void and is never used again that day', () => {
    const office = createOffice();
    const id = granted(office, 'issueTicket', ticket);
    withdraw(office, id);
    expect([...office.store.closedVisits.values()]).toMatchObject([{ id, cancelReason: 'withdrawn' }]);
    expect(office.store.info.walkInsByService['id-card']).toBe(0);
    expect(office.visit(office.ticket()).number?.text).toBe('A002');
  });

  it('O8: a ticket whose visitor is in service is not taken back', () => {
    const office = createOffice();
    const id = granted(office, 'issueTicket', ticket);
    office.open('counter-1', 1);
    office.must('callNext', one);
    office.must('markArrived', one);
    withdraw(office, id);
    expect(office.store.rejections).toMatchObject([{ type: 'v1.ClaimWithdrawn', reason: 'alreadyHandedOver' }]);
    expect(statusOf(office, id)).toBe('granted');
  });

  it('O6: a called ticket returns to its old place, as if it had not been called', () => {
    const office = createOffice();
    const visitId = office.ticket();
    office.open('counter-1', 1);
    const before = office.visit(visitId);
    office.wait(3);
    const id = granted(office, 'callNext', one);
    office.must('recall', one);
    office.must('changePriority', { counterId: 'counter-2', visitId, priority: 2, reason: 'staffDecision' });
    withdraw(office, id);
    const priority = { priority: 2, priorityReason: 'staffDecision' };
    expect(office.visit(visitId)).toEqual({ ...before, ...priority, revision: before.revision + 4 });
    expect(office.counter('counter-1')).toMatchObject({ visitId: null, undoable: [{ type: 'v1.CounterOpened' }] });
    expect(office.must('callNext', one)).toBe(visitId);
  });

  it('O6: a withdrawn call of a missed visit leaves it missed, with its earlier calls', () => {
    const office = createOffice();
    office.open('counter-1', 1);
    const visitId = office.ticket();
    office.must('callNext', one);
    office.must('recall', one);
    office.must('recall', one);
    office.must('markNoShow', one);
    const before = office.visit(visitId);
    office.wait(1);
    const id = granted(office, 'callSpecific', { ...one, visitId });
    withdraw(office, id);
    expect(office.visit(visitId)).toEqual({ ...before, revision: before.revision + 2 });
  });

  it('O6: a call withdrawn after its services were edited waits for the right service', () => {
    const office = createOffice();
    office.open('counter-1', 1);
    const visitId = office.ticket();
    const id = granted(office, 'callNext', one);
    office.must('editServices', { ...one, visitId, serviceIds: ['pickup'] });
    withdraw(office, id);
    expect(office.visit(visitId).periods).toMatchObject([{ kind: 'waiting', serviceId: 'pickup', endedAt: null }]);
  });

  it('O8: a call whose visitor has arrived is not taken back; one that ended otherwise has nothing to give back', () => {
    const office = createOffice();
    office.open('counter-1', 1);
    const visitId = office.ticket();
    const answered = granted(office, 'callNext', one);
    office.must('markArrived', one);
    withdraw(office, answered);
    expect(statusOf(office, answered)).toBe('granted');
    expect(office.visit(visitId).state).toBe('serving');
    office.must('finish', { ...one, outcome: 'done', deliveredServiceIds: [] });
    const finished = office.visit(visitId);
    withdraw(office, answered);
    expect(statusOf(office, answered)).toBe('withdrawn');
    expect(office.visit(visitId)).toBe(finished);
  });

  it('O6: a check-in is taken back: booked again, its number void', () => {
    const office = createOffice();
    const visitId = office.must('bookAppointment', booking);
    const before = office.visit(visitId);
    const id = granted(office, 'checkInAppointment', { kioskId: 'kiosk-1', code: '4711' });
    withdraw(office, id);
    expect(office.visit(visitId)).toEqual({ ...before, revision: 3 });
    office.must('checkInAppointment', { kioskId: 'kiosk-1', code: '4711' });
    expect(office.visit(visitId).number?.text).toBe('A002');
    // The second check-in is none of the first claim's.
    withdraw(office, id);
    expect(office.visit(visitId).state).toBe('waiting');
  });

  it('O6: a booking is taken back, unless its visitor is here', () => {
    const office = createOffice();
    const first = granted(office, 'bookAppointment', booking);
    withdraw(office, first);
    expect([...office.store.closedVisits.values()]).toMatchObject([
      { id: first, cancelReason: 'withdrawn', number: null },
    ]);
    const second = granted(office, 'bookAppointment', booking);
    office.must('checkInAppointment', { kioskId: 'kiosk-1', code: '4711' });
    withdraw(office, second);
    expect(office.store.rejections).toMatchObject([{ reason: 'alreadyCheckedIn' }]);
  });

  it('O6: a visitor served without a ticket is gone again while nothing else has happened', () => {
    const office = createOffice();
    office.open('counter-1', 1);
    const input = { ...one, serviceIds: ['id-card'], language: 'de', partySize: 1 } as const;
    withdraw(office, granted(office, 'walkDirect', input));
    expect([...office.store.closedVisits.values()]).toMatchObject([{ state: 'cancelled', cancelReason: 'withdrawn' }]);
    expect(office.counter('counter-1').visitId).toBeNull();
    const second = granted(office, 'walkDirect', input);
    office.must('changePartySize', { ...one, visitId: second, partySize: 2 });
    withdraw(office, second);
    expect(office.store.rejections).toMatchObject([{ reason: 'changedSince' }]);
  });

  it('O6: a transfer is taken back while the visit is unchanged and the counter free', () => {
    for (const [interfere, status] of [
      [() => {}, 'withdrawn'],
      [(office: Office) => office.must('callNext', { counterId: 'counter-2' }), 'granted'],
      [(office: Office) => office.must('callNext', one), 'granted'],
    ] as const) {
      const office = createOffice();
      office.open('counter-1', 1);
      office.open('counter-2', 2);
      const visitId = office.ticket();
      office.must('callNext', one);
      office.must('markArrived', one);
      office.ticket();
      const before = office.visit(visitId);
      office.wait(10);
      const id = granted(office, 'transfer', { ...one, serviceId: 'pickup', reservedFor: null });
      interfere(office);
      const transferred = office.visit(visitId);
      withdraw(office, id);
      expect(statusOf(office, id)).toBe(status);
      const restored = { ...before, revision: transferred.revision + 1 };
      expect(office.visit(visitId)).toEqual(status === 'withdrawn' ? restored : transferred);
    }
  });

  it('O6: an opened counter is taken back if it was the last thing done there', () => {
    const office = createOffice();
    const id = granted(office, 'openCounter', { ...one, sessionId: sessionId(1), takeOver: false });
    withdraw(office, id);
    expect(office.counter('counter-1')).toMatchObject({ presence: 'closed', sessionId: null });
    const again = granted(office, 'openCounter', { ...one, sessionId: sessionId(1), takeOver: false });
    office.must('beginBreak', { ...one, reason: 'pause' });
    withdraw(office, again);
    expect(office.store.rejections).toMatchObject([{ reason: 'changedSince' }]);
  });

  it('O6: a published configuration is not taken back', () => {
    const office = createOffice();
    const id = granted(office, 'publishConfiguration', { config: { ...config(), version: 2 } });
    withdraw(office, id);
    expect(statusOf(office, id)).toBe('granted');
    expect(office.store.info.config?.version).toBe(2);
  });

  it('O6: a device’s own fact is no claim and cannot be withdrawn; an action pushed off the stack neither', () => {
    const office = createOffice();
    office.open('counter-1', 1);
    const visitId = office.ticket();
    office.must('callNext', one);
    office.must('markArrived', one);
    office.must('park', { ...one, reason: 'pays' });
    const parked = office.counter('counter-1').undoable.at(-1)!.commandId;
    const resumed = granted(office, 'resume', { ...one, visitId });
    withdraw(office, parked);
    for (let size = 1; size < 10; size++) office.must('changePartySize', { ...one, visitId, partySize: size });
    withdraw(office, resumed);
    expect(office.store.rejections.map(({ reason }) => reason)).toEqual(['changedSince', 'changedSince']);
    expect(office.visit(visitId).state).toBe('serving');
  });

  it('X9: nothing is given back on a closed day', () => {
    const office = createOffice();
    office.open('counter-1', 1);
    office.ticket();
    const id = granted(office, 'callNext', one);
    office.put('v1.DayClosed', { day: office.store.info.day, stateHash: '0'.repeat(64) });
    withdraw(office, id);
    expect(office.store.rejections).toMatchObject([{ reason: 'dayClosed' }]);
    withdraw(office, someVisit(1) as string as CommandId);
    expect(office.store.rejections).toHaveLength(1);
  });
});

describe('calls that another one came before', () => {
  const setUp = () => {
    const office = createOffice();
    office.open('counter-1', 1);
    office.open('counter-3', 3);
    const visitId = office.ticket();
    const call = (counterId: string) => office.command('callSpecific', { counterId, visitId });
    const [first, second] = [call('counter-1'), call('counter-3')];
    // Each decided by its own device, which had not heard of the other.
    const decisions = [prepare(office, first), prepare(office, second)];
    return { office, visitId, first, second, decisions };
  };

  it('O8: the first in order has the ticket; the other counter is told which number it lost', () => {
    const { office, first, second, decisions } = setUp();
    decided(office, first, decisions[0]);
    decided(office, second, decisions[1]);
    expect(office.counter('counter-1')).toMatchObject({ superseded: null });
    expect(office.counter('counter-3')).toMatchObject({
      visitId: null,
      superseded: { callId: second.commandId, number: 'A001' },
    });
    expect(office.store.rejections).toMatchObject([{ type: 'v1.ClaimDecided', reason: 'takenByOther' }]);
  });

  it('O8: told to nobody who signs in after, and not brought back by an undo', () => {
    const { office, first, second, decisions } = setUp();
    decided(office, first, decisions[0]);
    decided(office, second, decisions[1]);
    office.must('beginBreak', { counterId: 'counter-3', reason: 'pause' });
    office.must('undo', { counterId: 'counter-3' });
    expect(office.counter('counter-3').superseded).toMatchObject({ number: 'A001' });
    office.must('openCounter', { counterId: 'counter-3', sessionId: sessionId(4), takeOver: true });
    expect(office.counter('counter-3').superseded).toBeNull();
  });

  it('O8: the visitor stands at the other counter: that one keeps the visit, and the first is told', () => {
    const { office, visitId, first, second, decisions } = setUp();
    decided(office, first, decisions[0]);
    decided(office, second, decisions[1]);
    office.put('v1.VisitArrived', { commandId: office.nextId(), visitId, counterId: 'counter-3' });
    expect(office.counter('counter-3')).toMatchObject({ visitId, superseded: null });
    expect(office.counter('counter-1')).toMatchObject({
      visitId: null,
      superseded: { callId: first.commandId, number: 'A001' },
    });
  });
});
