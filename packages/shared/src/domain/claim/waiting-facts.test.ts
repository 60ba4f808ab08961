import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CommandId, DeviceId, VisitId } from '../../lib/ids.ts';
import { MINUTE_MS } from '../../lib/time.ts';
import type { Command, CommandName } from '../commands.ts';
import type { LogEntry } from '../day/day-state.ts';
import { createDayStore } from '../day/day-store.ts';
import { createStateHasher } from '../day/state-hash.ts';
import { dayToJson } from '../day/test/day-to-json.ts';
import { createOffice, type Office, type RawInput } from '../day/test/office.ts';
import { decide } from '../decide.ts';
import { evolve } from '../evolve.ts';
import { DAY, sessionId } from '../views/test/fixtures.ts';
import { MAX_WAITING_FACTS } from './waiting-facts.ts';

const kiosk = 'kiosk-1' as DeviceId;
const counter = 'counter-1' as DeviceId;
const relay = 'counter-2' as DeviceId;
const one = { counterId: 'counter-1' };
const ticket = { kioskId: 'kiosk-1', serviceIds: ['id-card'], language: 'de', partySize: 1 } as const;

interface Written {
  readonly author: DeviceId;
  readonly type: string;
  readonly payload: unknown;
}

/** What an island did behind a relay: what its members wrote, and apart from it what the relay decided. */
function island() {
  const office = createOffice({ check: false });
  const written: Written[] = [];
  const decisions: Written[] = [];

  /** Through the relay; returns the command's id. */
  function claim<N extends CommandName>(author: DeviceId, name: N, input: RawInput<N>): CommandId {
    const command = office.command(name, input);
    const decision = decide(command, office.store, office.now());
    if (!decision.ok) throw new Error(`${name} is refused: ${decision.refusal.type}`);
    const { facts, receipt } = decision.value;
    const made = { author, type: 'v1.ClaimMade', payload: { command, to: relay } };
    const outcome = { type: 'granted', facts, receipt };
    const decided = { author: relay, type: 'v1.ClaimDecided', payload: { commandId: command.commandId, outcome } };
    for (const { type, payload } of [made, decided]) office.put(type, payload, author);
    written.push(made);
    decisions.push(decided);
    return command.commandId;
  }

  /** What its author decides by itself. */
  function fact<N extends CommandName>(author: DeviceId, name: N, input: RawInput<N>): CommandId {
    const command = office.command(name, input);
    const decision = decide(command, office.store, office.now());
    if (!decision.ok) throw new Error(`${name} is refused: ${decision.refusal.type}`);
    for (const { type, payload } of decision.value.facts) {
      office.put(type, payload, author);
      written.push({ author, type, payload });
    }
    return command.commandId;
  }

  return { office, written, decisions, claim, fact };
}

const tell = (hub: Office, events: readonly Written[]) => {
  for (const { type, payload, author } of events) hub.put(type, payload, author);
};
const status = (hub: Office, id: CommandId) => hub.store.commands.get(id)?.status;

function servedVisit() {
  const { claim, fact, ...rest } = island();
  const visitId = claim(kiosk, 'issueTicket', ticket) as string as VisitId;
  const handedOver = fact(kiosk, 'confirmHandOver', { kioskId: 'kiosk-1', visitId, means: 'print' });
  claim(counter, 'openCounter', { ...one, sessionId: sessionId(1), takeOver: false });
  claim(counter, 'callNext', one);
  const arrived = fact(counter, 'markArrived', one);
  const finished = fact(counter, 'finish', { ...one, outcome: 'done', deliveredServiceIds: ['id-card'] });
  return { ...rest, visitId, facts: [handedOver, arrived, finished] };
}

describe('facts that come before the relay’s decision they rest on', () => {
  it('M2, N3: a hand-over stands once the decision is there, and the ticket is not taken for one that nobody got', () => {
    const { claim, fact, written, decisions } = island();
    const visitId = claim(kiosk, 'issueTicket', ticket) as string as VisitId;
    const id = fact(kiosk, 'confirmHandOver', { kioskId: 'kiosk-1', visitId, means: 'print' });

    const hub = createOffice();
    tell(hub, written);
    expect(status(hub, id)).toBe('refused');
    expect(hub.store.rejections).toMatchObject([{ type: 'v1.TicketHandedOver', reason: 'unknownVisit' }]);
    tell(hub, decisions);
    expect(hub.visit(visitId).handedOver).toBe(true);
    expect(hub.store.commands.get(id)).toMatchObject({ status: 'granted', receipt: { visitId, number: 'A001' } });
  });

  it('M2, X4: a visitor served behind a relay stays served, each fact at the time it happened', () => {
    const { office, written, decisions, visitId, facts } = servedVisit();
    const hub = createOffice();
    const start = hub.now();
    // T1: each counts from when it happened, whenever the hub hears of it.
    const tellOf = (events: readonly Written[], effectiveAt: number): void => {
      for (const { type, payload, author } of events)
        hub.store.apply(evolve(hub.store, { row: hub.store.info.rows + 1, effectiveAt, author, type, payload }));
    };
    tellOf(written, start + 5 * MINUTE_MS);
    tellOf(decisions, start + MINUTE_MS);
    expect(hub.visit(visitId)).toMatchObject({ state: 'finished', handedOver: true });
    expect(facts.map((id) => status(hub, id))).toEqual(['granted', 'granted', 'granted']);
    expect(hub.visit(visitId).parts).toEqual(office.visit(visitId).parts);
    expect(hub.visit(visitId).periods.at(-1)?.endedAt).toBe(start + 5 * MINUTE_MS);
  });

  it('M2, X5: whichever of the island’s journals comes first, the same has happened, and every fold agrees', () => {
    const { written, decisions, visitId, facts } = servedVisit();
    const authors = [kiosk, counter, relay];
    const journals = authors.map((author) => [...written, ...decisions].filter((event) => event.author === author));
    fc.assert(
      fc.property(fc.infiniteStream(fc.nat(2)), (picks) => {
        const hub = createOffice();
        const left = journals.map((journal) => [...journal]);
        // What another device than the visit's own writes of it waits only if the visit is heard of.
        tell(hub, left[0]?.splice(0, 1) ?? []);
        while (left.some((journal) => journal.length > 0)) {
          const next = left[picks.next().value ?? 0]?.shift();
          if (next !== undefined) tell(hub, [next]);
        }
        expect(hub.visit(visitId)).toMatchObject({ state: 'finished', handedOver: true });
        for (const id of facts) expect(status(hub, id)).toBe('granted');
        expect(hub.store.counters.get('counter-1' as never)).toMatchObject({ presence: 'open', visitId: null });
        expect(foldAgain(hub.log)).toBe(dayToJson(hub.store));
        expect(hashOf(hub.log, 1)).toBe(hashOf(hub.log, 1_000));
      }),
      { seed: 20_261_122, numRuns: 200 },
    );
  });

  it('M2: a fact that still does not fit stays rejected, and takes nothing with it', () => {
    const { written, decisions, visitId } = servedVisit();
    const hub = createOffice();
    const isArrival = ({ type }: Written) => type === 'v1.VisitArrived';
    tell(
      hub,
      written.filter((event) => !isArrival(event)),
    );
    tell(hub, decisions);
    // Nobody finishes who has not arrived.
    expect(hub.visit(visitId)).toMatchObject({ state: 'called', handedOver: true });
    expect(hub.store.rejections).toMatchObject([{ type: 'v1.TicketHandedOver' }, { type: 'v1.VisitFinished' }]);
  });

  it('M2: nothing waits for a claim made to the hub, nor for one that has ended', () => {
    const hub = createOffice();
    const command = hub.command('issueTicket', ticket) as Command;
    const visitId = command.commandId as string as VisitId;
    const handOver = (id: CommandId) => ({ commandId: id, kioskId: 'kiosk-1', visitId, means: 'print' });
    hub.put('v1.ClaimMade', { command }, kiosk);
    hub.put('v1.TicketHandedOver', handOver(hub.nextId()), kiosk);
    expect(hub.store.commands.get(command.commandId)).not.toHaveProperty('waiting');

    const second = hub.command('issueTicket', ticket) as Command;
    hub.put('v1.ClaimMade', { command: second, to: relay }, kiosk);
    hub.put('v1.TicketHandedOver', { ...handOver(hub.nextId()), visitId: second.commandId }, kiosk);
    expect(hub.store.commands.get(second.commandId)).toMatchObject({ waiting: [{ author: kiosk }] });
    hub.put('v1.ClaimWithdrawn', { commandId: second.commandId }, kiosk);
    expect(hub.store.commands.get(second.commandId)).toEqual({ status: 'withdrawn' });

    const third = hub.command('issueTicket', ticket) as Command;
    hub.put('v1.ClaimMade', { command: third, to: relay }, kiosk);
    expect(hub.store.info.atRelays).toEqual([third.commandId]);
  });

  it('M2: MAX_WAITING_FACTS wait for one decision; one more stays rejected', () => {
    const { claim, written, decisions } = island();
    const visitId = claim(kiosk, 'issueTicket', ticket) as string as VisitId;
    const hub = createOffice({ firstCommand: 1_000 });
    tell(hub, written);
    const ids = Array.from({ length: MAX_WAITING_FACTS + 1 }, () => hub.nextId());
    for (const commandId of ids) {
      hub.put('v1.TicketHandedOver', { commandId, kioskId: 'kiosk-1', visitId, means: 'screen' }, kiosk);
    }
    tell(hub, decisions);
    expect(ids.filter((id) => status(hub, id) === 'granted')).toEqual(ids.slice(0, MAX_WAITING_FACTS));
    expect(status(hub, ids.at(-1) as CommandId)).toBe('refused');
  });
});

function foldAgain(log: readonly LogEntry[]): string {
  const store = createDayStore(DAY);
  for (const entry of log) store.apply(evolve(store, entry));
  return dayToJson(store);
}

function hashOf(log: readonly LogEntry[], every: number): string {
  const store = createDayStore(DAY);
  const hasher = createStateHasher((text) => createHash('sha256').update(text).digest('hex'));
  for (const entry of log) {
    const changes = evolve(store, entry);
    hasher.note(changes, store);
    store.apply(changes);
    if (entry.row % every === 0) hasher.hash();
  }
  return hasher.hash();
}
